// Files come into the library from anywhere on its page, several at once; large ones piece by piece (tus 1.0.0), gone on with after a
// lost connection or a new start of the page. Without script the form does, up to its limit.
"use strict";

const pieces = "/newsroom/media/pieces/";
const large = 8 << 20;
const pieceSize = 4 << 20;
const form = document.querySelector("form[data-uploads]");
if (form) takeFiles(form);

function takeFiles(form) {
  const token = form.elements.__RequestVerificationToken.value;
  const list = document.createElement("ul");
  list.className = "incoming";
  list.setAttribute("aria-label", "Files on their way");
  form.after(list);
  let queue = Promise.resolve();

  const take = (files, alt) => {
    for (const file of files) {
      const row = rowOf(list, file.name);
      queue = queue.then(() => bringIn(file, alt, token, row)).catch((problem) => row.fail(problem.message));
    }
    queue = queue.then(showShelf);
  };

  form.addEventListener("submit", (event) => {
    if (form.elements.file.files.length === 0) return;
    event.preventDefault();
    take([...form.elements.file.files], form.elements.alt.value.trim());
    form.reset();
  });
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!hasFiles(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files], "");
  });
  for (const [key, begun] of unfinished()) offer(list, key, begun, token);
}

// What came in stands in the list, too, as the page would have it now.
async function showShelf() {
  const shelf = document.querySelector("[data-shelf]");
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!shelf || !answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-shelf]");
  const months = document.querySelector("select[name=month]");
  const known = page.querySelector("select[name=month]");
  if (months && known && months !== document.activeElement) {
    const chosen = months.value;
    months.replaceChildren(...known.children);
    months.value = chosen;
  }
  if (fresh && !shelf.contains(document.activeElement) && !shelf.querySelector(":checked")) shelf.replaceWith(fresh);
}

// A line for one file: how far it is, then where it is, or what was wrong with it.
function rowOf(list, name) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  label.textContent = name;
  const state = document.createElement("span");
  state.setAttribute("role", "status");
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", name);
  item.append(label, state, progress);
  list.append(item);
  return {
    item,
    at: (part) => { progress.value = part; },
    say: (words) => { state.textContent = words; },
    done: (url) => {
      progress.remove();
      const link = document.createElement("a");
      link.href = url;
      link.textContent = name;
      label.replaceChildren(link);
      state.textContent = "is here";
    },
    fail: (problem) => {
      progress.remove();
      state.remove();
      label.className = "problem";
      label.textContent = problem;
    },
  };
}

async function bringIn(file, alt, token, row) {
  for (const other of document.querySelectorAll(`[data-upload="${CSS.escape(keyOf(file))}"]`)) other.remove();
  row.done(file.size > large ? await inPieces(file, alt, token, row) : await atOnce(file, alt, token, row));
}

async function atOnce(file, alt, token, row) {
  const words = new FormData();
  words.set("__RequestVerificationToken", token);
  words.set("alt", alt);
  words.set("file", file);
  const answer = await send("POST", "/newsroom/media/", { Accept: "application/json" }, words, row.at);
  if (answer.status === 0) throw new Error(`“${file.name}”: the connection was lost. Send it again.`);
  if (answer.status !== 200) throw new Error(problemOf(answer, file));
  return `/newsroom/media/${JSON.parse(answer.responseText).id}/`;
}

async function inPieces(file, alt, token, row) {
  const key = keyOf(file);
  const common = { "Tus-Resumable": "1.0.0", RequestVerificationToken: token, Accept: "application/json" };
  let url = read(key);
  let at = null;
  let pause = 1000;
  for (;;) {
    if (url === null) {
      const begun = await send("POST", pieces, { ...common, "Upload-Length": file.size, "Upload-Metadata": `filename ${base64(file.name)},alt ${base64(alt)}` });
      if (begun.status === 0) { await wait(); continue; }
      if (begun.status !== 201) throw new Error(problemOf(begun, file));
      url = begun.getResponseHeader("Location");
      at = 0;
      keep(key, url);
    }
    if (at === null) {
      const stand = await send("HEAD", url, common);
      if (stand.status === 404 || stand.status === 410) { url = null; forget(key); continue; }
      if (stand.status !== 200) {
        if (stand.status !== 0 && stand.status < 500) throw new Error(problemOf(stand, file));
        await wait();
        continue;
      }
      at = Number(stand.getResponseHeader("Upload-Offset"));
    }
    const begin = at;
    const answer = await send("PATCH", url, { ...common, "Content-Type": "application/offset+octet-stream", "Upload-Offset": at }, file.slice(at, at + pieceSize), (part) => row.at((begin + part * Math.min(pieceSize, file.size - begin)) / file.size));
    if (answer.status === 204) {
      at = Number(answer.getResponseHeader("Upload-Offset"));
      row.at(at / file.size);
      row.say("");
      pause = 1000;
      const medium = answer.getResponseHeader("Upload-Medium");
      if (medium) { forget(key); return medium; }
    } else if (answer.status === 0 || answer.status === 409 || answer.status === 404 || (answer.status > 500 && answer.status !== 507)) {
      // Whatever came through of the piece: the server says where to go on.
      at = null;
      await wait();
    } else {
      if (answer.status === 422) forget(key);
      throw new Error(problemOf(answer, file));
    }
  }

  // Longer each time, up to half a minute; shorter where the browser notices that it is back.
  async function wait() {
    row.say("waiting for the connection");
    await new Promise((go) => {
      const timer = setTimeout(go, pause);
      window.addEventListener("online", () => { clearTimeout(timer); go(); }, { once: true });
    });
    pause = Math.min(pause * 2, 30000);
  }
}

// Never fails: an answer of status 0 is a connection that was lost.
function send(method, url, headers, body, onProgress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (onProgress) request.upload.addEventListener("progress", (event) => { if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total); });
    request.addEventListener("loadend", () => done(request));
    request.send(body);
  });
}

function problemOf(answer, file) {
  try {
    const { problem } = JSON.parse(answer.responseText);
    if (problem) return problem;
  } catch {
    // A page, not for a script.
  }
  return answer.status === 401 ? `“${file.name}”: you are signed out. Sign in in another tab, then send it again.` : `“${file.name}” was not taken (${answer.status}). Load this page anew, then send it again.`;
}

// What is unfinished stands in this browser, under the file's name, size and date: the same file goes on where it stopped.
function keyOf(file) { return `upload:${file.size}:${file.lastModified}:${file.name}`; }

function keep(key, url) { try { localStorage.setItem(key, JSON.stringify({ url, at: Date.now() })); } catch { /* private mode */ } }

function forget(key) { try { localStorage.removeItem(key); } catch { /* private mode */ } }

function read(key) { try { return JSON.parse(localStorage.getItem(key) ?? "null")?.url ?? null; } catch { return null; } }

function unfinished() {
  const found = [];
  try {
    for (const key of Object.keys(localStorage).filter((k) => k.startsWith("upload:"))) {
      const begun = JSON.parse(localStorage.getItem(key));
      // The server forgets them after a day.
      if (Date.now() - begun.at > 86400000) localStorage.removeItem(key);
      else found.push([key, begun]);
    }
  } catch {
    // Private mode, or not ours.
  }
  return found;
}

function offer(list, key, begun, token) {
  const item = document.createElement("li");
  item.dataset.upload = key;
  const name = key.split(":").slice(3).join(":");
  const words = document.createElement("span");
  words.textContent = `“${name}” is not whole: choose or drop it again, and it goes on where it stopped.`;
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "quiet";
  drop.textContent = "Forget it";
  drop.setAttribute("aria-label", `Forget it: ${name}`);
  drop.addEventListener("click", async () => {
    await send("DELETE", begun.url, { "Tus-Resumable": "1.0.0", RequestVerificationToken: token });
    forget(key);
    item.remove();
  });
  item.append(words, drop);
  list.append(item);
}

function base64(text) { return btoa(String.fromCodePoint(...new TextEncoder().encode(text))); }
