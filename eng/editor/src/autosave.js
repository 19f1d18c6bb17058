// Tells the server that somebody is here, and what they have written, so that neither a crash nor a colleague costs a word. Nothing
// that is kept so is published by itself.

const everyWords = 10_000;
const everyBeat = 20_000;

export function autosave(form, flush) {
  const address = `${form.getAttribute("action")}autosave/`;
  const status = document.createElement("p");
  status.className = "kept";
  status.setAttribute("role", "status");
  form.querySelector(".publish").append(status);
  const presence = document.querySelector("[data-presence]");
  // What came back with a problem, or beside another version, is stored nowhere yet.
  let written = document.querySelector(".problem.summary, .conflict") ? "" : fingerprint(form);
  let last = Date.now();
  let timer;
  let isSent = false;
  let wasTold = "";

  form.addEventListener("input", () => {
    isSent = false;
    if (!timer && fingerprint(form) !== written) timer = setTimeout(keep, Math.max(1_000, last + everyWords - Date.now()));
  });
  form.addEventListener("focusout", () => {
    flush();
    if (timer) keep();
  });
  form.addEventListener("submit", (event) => { isSent = event.submitter?.value !== "preview"; clearTimeout(timer); });
  // The last chance, also on a phone that puts the page away.
  for (const name of ["pagehide", "visibilitychange"])
    document.addEventListener(name, () => { if (document.visibilityState === "hidden") leave(); });
  window.addEventListener("pagehide", leave);
  // Whatever is done beside the text leads back to this page: with the words that are not saved.
  const draft = form.elements.draft;
  for (const other of document.querySelectorAll(`form[action^="${form.getAttribute("action")}"]`)) {
    if (other === form || other.closest("[data-kept]")) continue;
    other.addEventListener("submit", async (event) => {
      if (!other.elements.draft) other.append(draft.cloneNode());
      flush();
      if (fingerprint(form) === written) return;
      event.preventDefault();
      await keep();
      other.submit();
    });
  }
  if ("unsaved" in form.dataset) status.textContent = "These words are not saved yet";
  if (written === "") keep();
  else beat();
  setInterval(() => { if (document.visibilityState === "visible") beat(); }, everyBeat);

  function leave() {
    flush();
    const now = fingerprint(form);
    if (isSent || now === written) return;
    const words = fields(form, true);
    // A beacon may carry 64 KB; what is longer was kept within the last ten seconds, and in this browser.
    if (navigator.sendBeacon(address, words)) written = now;
  }

  async function keep() {
    clearTimeout(timer);
    timer = null;
    flush();
    const now = fingerprint(form);
    if (now === written) return;
    last = Date.now();
    const answer = await send(true);
    if (!answer) return;
    written = now;
    form.dispatchEvent(new CustomEvent("newsroom:kept"));
    if (answer.at) status.textContent = `Kept at ${answer.at}, not saved yet`;
  }

  async function beat() {
    await send(false);
  }

  async function send(withWords) {
    let answer;
    try {
      const response = await fetch(address, { method: "POST", body: fields(form, withWords), headers: { Accept: "application/json" }, redirect: "error" });
      if (response.status === 401 || response.status === 400) {
        status.textContent = "You are signed out. Your words stay here: sign in in another tab, then go on.";
        retry();
        return null;
      }
      if (!response.ok) throw new Error(String(response.status));
      answer = await response.json();
    } catch {
      if (withWords) { status.textContent = "There is no connection. Your words stay in this browser."; retry(); }
      return null;
    }
    if (status.textContent.startsWith("You are signed out") || status.textContent.startsWith("There is no")) status.textContent = "";
    tell(answer);
    return answer;
  }

  function retry() {
    clearTimeout(timer);
    timer = setTimeout(keep, everyWords);
  }

  function tell(answer) {
    if (!presence) return;
    const words = [
      ...answer.others.filter((other) => !answer.takenBy || !other.startsWith(`${answer.takenBy} `)).map((other) => `${other}.`),
      answer.takenBy ? `${answer.takenBy} has taken over. Your words stay here: what you save now is laid beside theirs.` : "",
      answer.isChanged ? "Somebody has saved this meanwhile. Your words stay here: what you save now is laid beside theirs." : "",
    ].filter(Boolean).join(" ");
    if (words === wasTold) return;
    wasTold = words;
    presence.hidden = words === "";
    presence.querySelector("[data-others]").textContent = words;
    presence.querySelector("form").hidden = answer.others.length === 0 && !answer.takenBy;
  }
}

function fields(form, withWords) {
  const all = new FormData(form);
  const sent = new FormData();
  if (!withWords) {
    for (const name of ["__RequestVerificationToken", "modified", "draft"]) sent.set(name, all.get(name) ?? "");
    return sent;
  }
  for (const [name, value] of all) if (typeof value === "string") sent.append(name, value);
  sent.set("words", "1");
  return sent;
}

function fingerprint(form) {
  return JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !name.startsWith("__")));
}
