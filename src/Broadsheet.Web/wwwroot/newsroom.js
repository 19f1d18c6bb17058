// Improves the newsroom where there is script; everything works without it. One file, since each page uses some of it and the browser keeps it.
"use strict";

forgetWhatWasSaved();
const editor = document.querySelector("form[data-editor]");
if (editor) {
  previewWhileTyping(editor);
  keepWords(editor);
  insertMedia(editor);
}
walkRows();
tickAll();
guessZone();
watchRun();
tryAppearance();
copyFields();
showPlace();

// Ctrl+S saves; Enter in a date or a box stays where it is.
document.addEventListener("keydown", (event) => {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
  const save = document.querySelector("button[data-save]");
  if (!save) return;
  event.preventDefault();
  save.click();
});

// Half a second after the last key, the words as readers would see them. Rich text shows the page already: there, only where it is asked for.
function previewWhileTyping(form) {
  const pane = form.querySelector("[data-preview]");
  const button = form.querySelector("[data-look]");
  let timer;
  let latest = 0;
  const isRich = () => form.dataset.mode === "rich";
  // Beside the source, it stands where the field stands: at what is in sight there, or, where all of it is, at the caret.
  const area = form.elements.body;
  const follow = () => {
    const [far, farther] = [area.scrollHeight - area.clientHeight, pane.scrollHeight - pane.clientHeight];
    if (pane.hidden || isRich() || farther < 2) return;
    pane.scrollTop = farther * (far > 1 ? area.scrollTop / far : area.selectionEnd / Math.max(1, area.value.length));
  };
  area.addEventListener("scroll", follow, { passive: true });
  for (const name of ["keyup", "click"]) area.addEventListener(name, follow);
  const show = (isShown) => {
    pane.hidden = !isShown;
    if (isRich()) button.setAttribute("aria-expanded", String(isShown));
    else button.removeAttribute("aria-expanded");
  };
  const close = () => {
    latest++;
    show(false);
  };
  const look = async () => {
    const mine = ++latest;
    const words = new FormData();
    for (const name of ["__RequestVerificationToken", "title", "body", "format", "language"]) words.set(name, new FormData(form).get(name) ?? "");
    try {
      const answer = await fetch("/newsroom/preview/", { method: "POST", body: words, redirect: "error" });
      const html = await answer.text();
      if (!answer.ok || mine !== latest) return;
      pane.innerHTML = html;
      show(true);
      follow();
    } catch {
      // Offline or signed out: the pane stays as it is, and so do the words.
    }
  };
  form.addEventListener("input", (event) => {
    if (!["title", "body", "format", "language"].includes(event.target.name) || (isRich() && pane.hidden)) return;
    clearTimeout(timer);
    timer = setTimeout(look, 500);
  });
  // What the server shows, asked for by Enter in a field, stays.
  let isFirst = true;
  form.addEventListener("newsroom:mode", () => {
    clearTimeout(timer);
    const isAsked = isFirst && !pane.hidden;
    isFirst = false;
    if (isAsked) show(true);
    else if (isRich()) close();
    else if (form.elements.body.value.trim()) look();
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (isRich() && !pane.hidden) close();
    else look().then(() => pane.scrollIntoView({ block: "nearest" }));
  });
}

// What is typed stays in this browser until it is saved, so that a crash or a lost session costs nothing.
function keepWords(form) {
  // Each window of a new article has a number of its own; what another left here, perhaps with a crash, is offered too.
  const draft = form.elements.draft?.value;
  const every = `newsroom:${form.getAttribute("action")}:`;
  const key = `${every}${draft ?? ""}`;
  const fields = () => [...form.elements].filter((e) => e.name && ["text", "textarea", "url", "date", "datetime-local"].includes(e.type) && !e.readOnly);
  const read = (at) => {
    try { return JSON.parse(localStorage.getItem(at) ?? "null"); } catch { return null; }
  };
  const others = () => {
    try { return draft ? Object.keys(localStorage).filter((k) => k.startsWith(every)) : []; } catch { return []; }
  };
  const forget = (at = key) => { try { localStorage.removeItem(at); } catch { /* private mode */ } };
  const modified = form.elements.modified.value;
  const left = [key, ...others()].find((at) => {
    const kept = read(at);
    return kept && kept.modified === modified && fields().some((f) => f.name in kept.words && kept.words[f.name].trim() !== f.value.trim());
  });
  // What the server has kept is offered there already.
  if (!document.querySelector("[data-kept]") && left) offer(left);

  let timer;
  const keep = () => {
    timer = clearTimeout(timer);
    try { localStorage.setItem(key, JSON.stringify({ modified, words: Object.fromEntries(fields().map((f) => [f.name, f.value])) })); } catch { /* full or private */ }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  window.addEventListener("pagehide", () => { if (timer) keep(); });

  form.addEventListener("newsroom:kept", () => forget());
  form.addEventListener("submit", () => {
    timer = clearTimeout(timer);
    sessionStorage.setItem("sent", key);
  });

  function offer(at) {
    const { words } = read(at);
    const notice = document.createElement("div");
    notice.className = "notice";
    notice.setAttribute("role", "status");
    notice.innerHTML = "<p>This browser has words of yours that were not saved.</p><button type=\"button\">Take them</button><button type=\"button\" class=\"quiet\">Forget them</button>";
    const [take, drop] = notice.querySelectorAll("button");
    take.addEventListener("click", () => {
      for (const field of fields()) if (field.name in words) field.value = words[field.name];
      if (at !== key) forget(at);
      form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
      notice.remove();
    });
    drop.addEventListener("click", () => { forget(at); notice.remove(); });
    form.before(notice);
  }
}

// A notice after sending says that it was saved; a new article has another address then.
function forgetWhatWasSaved() {
  const sent = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  if (!sent || !document.querySelector(".notice")) return;
  try { localStorage.removeItem(sent); } catch { /* private mode */ }
}

function insertMedia(form) {
  for (const snippet of form.querySelectorAll("[data-insert]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Put in";
    button.addEventListener("click", () => {
      // The rich-text side puts it in itself, where it is open.
      if (!form.dispatchEvent(new CustomEvent("newsroom:insert", { detail: snippet.textContent, cancelable: true }))) return;
      const body = form.elements.body;
      body.setRangeText(`\n\n${snippet.textContent}\n\n`, body.selectionStart, body.selectionEnd, "end");
      body.dispatchEvent(new Event("input", { bubbles: true }));
      body.focus();
    });
    snippet.after(button);
  }
}

// j and k walk; the other keys press the button of the row that says so; x ticks; z takes back.
function walkRows() {
  // The moderators' queues have more keys, and a script of their own.
  if (document.querySelector("[data-queue]")) return;
  const rows = [...document.querySelectorAll("[data-row]")];
  const keys = document.querySelector(".keys");
  if (keys) keys.hidden = false;
  const help = document.querySelector("dialog[data-help]");
  let at = -1;
  const go = (to) => {
    if (rows.length === 0) return;
    rows[at]?.classList.remove("here");
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].classList.add("here");
    (rows[at].matches("[tabindex]") ? rows[at] : rows[at].querySelector("a")).focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.isContentEditable || event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "z") document.querySelector(".notice [data-key=z]")?.click();
    else if (event.key === "?" && help) help.showModal();
    else if (event.key === "x") rows[at]?.querySelector("input[type=checkbox]")?.click();
    else if (/^[ashdbt]$/.test(event.key)) press((rows.length === 1 ? rows[0] : rows[at])?.querySelector(`[data-key=${event.key}]`));
    else return;
    event.preventDefault();
  });
}

// What opens to a choice leads to it.
function press(button) {
  button?.click();
  if (button?.parentElement.open) button.parentElement.querySelector("select").focus();
}

// A field to copy from selects itself; where the browser lets a script copy, a button does it.
function copyFields() {
  for (const field of document.querySelectorAll("[data-copy]")) {
    field.addEventListener("focus", () => field.select());
    if (!navigator.clipboard) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${field.labels[0]?.textContent ?? ""}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
      button.setAttribute("aria-label", `Copied: ${field.labels[0]?.textContent ?? ""}`);
    });
    field.after(button);
  }
}

function tickAll() {
  const all = document.querySelector("[data-all]");
  if (!all) return;
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll("input[name=id]")) box.checked = all.checked;
  });
}

// What is done to many goes on by itself: how far it is, each second.
function watchRun() {
  const run = document.querySelector("[data-run=on]");
  if (!run) return;
  setInterval(async () => {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) return;
      const state = await answer.json();
      run.querySelector("progress").value = state.done;
      const says = run.querySelector("[data-says]");
      if (!says) {
        run.querySelector("[data-done]").textContent = state.done.toLocaleString("en");
        run.querySelector("[data-changed]").textContent = state.changed.toLocaleString("en");
      } else if (says.textContent !== state.says) says.textContent = state.says;
      if (state.ended) location.reload();
    } catch {
      // The next look may get through.
    }
  }, 1000);
}

// A theme's looks are tried as they are chosen.
function tryAppearance() {
  const form = document.querySelector("[data-appearance]");
  if (!form) return;
  const frame = document.querySelector("[data-preview]");
  const alone = document.querySelector("[data-alone]");
  const said = document.querySelector("[data-tried]");
  const show = () => {
    const theme = form.querySelector("[name=theme]:checked").value;
    for (const looks of form.querySelectorAll("[data-looks]")) looks.hidden = looks.dataset.looks !== theme;
    const classes = [...form.querySelectorAll(`[data-looks="${theme}"] fieldset`)].map((set) => {
      const chosen = set.querySelector("input:checked");
      return chosen && chosen !== set.querySelector("input") ? chosen.dataset.class : "";
    });
    return `/?preview=1&appearance=${encodeURIComponent([theme, ...classes.filter(Boolean)].join(" "))}`;
  };
  show();
  form.querySelector("[value=preview]").hidden = true;
  form.addEventListener("change", () => {
    const address = show();
    frame.src = alone.href = address;
    said.firstChild.textContent = "This is not saved: readers do not see it yet. ";
  });
}

// Where the rows of links move sideways, the one that is open is in sight.
function showPlace() {
  for (const row of document.querySelectorAll(".masthead nav ul, .within ul")) {
    const here = row.querySelector("[aria-current]");
    if (here && row.scrollWidth > row.clientWidth) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
  }
}

// The first guess at a new publication's time zone is this browser's.
function guessZone() {
  const field = document.querySelector("[data-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field && field.value === "" && [...field.options].some((option) => option.value === zone)) field.value = zone;
}
