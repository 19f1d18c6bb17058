// The moderators' queues where there is script: decisions by keyboard without a new page, undo of each, and a screen that knows what others do.
"use strict";

const desk = "/newsroom/comments/";
const form = document.querySelector("form[data-queue]");
const said = document.querySelector("[data-news]");
const help = document.querySelector("[data-help]");
const done = [];
let at = -1;
const queue = document.querySelector(".find input[name=show]").value;
let known = countOf(queue);
let loading = false;
let pending = 0;

const rows = () => [...document.querySelectorAll("[data-row]:not([hidden])")];
const token = () => document.querySelector("main input[name=__RequestVerificationToken]").value;

document.querySelector(".keys")?.removeAttribute("hidden");
document.addEventListener("keydown", press);
form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "one") return;
  event.preventDefault();
  decide(button.closest("[data-row]"), button);
});
form?.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) mark(rows().indexOf(row));
});
form?.addEventListener("submit", (event) => {
  if (event.submitter?.name === "one") return;
  // Of the cards that are not ticked nothing need be sent.
  for (const row of rows()) if (!row.querySelector("input[type=checkbox]").checked) row.querySelector("input[name^=seen-]").disabled = true;
});
remember();
watch();

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || help?.open || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const row = rows()[at];
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else if (event.key === "z") undo();
  else if (event.key === "/") document.getElementById("q").focus();
  else if (event.key === "?") help?.showModal();
  else if (event.key === "x") row?.querySelector("input[type=checkbox]")?.click();
  else if (/^[ashdob]$/.test(event.key)) row?.querySelector(`[data-key=${event.key}]`)?.click();
  else return;
  event.preventDefault();
}

function mark(to) {
  for (const row of document.querySelectorAll("[data-row].here")) row.classList.remove("here");
  at = to;
  rows()[at]?.classList.add("here");
}

function go(to) {
  const all = rows();
  if (all.length === 0) return;
  const row = all[Math.max(0, Math.min(all.length - 1, to))];
  row.focus({ preventScroll: true });
  mark(all.indexOf(row));
  row.scrollIntoView({ block: "center" });
  if (all.length - at < 8) more();
}

// The card goes at once; where the server says otherwise, it comes back with the reason.
function decide(row, button) {
  const place = rows().indexOf(row);
  const words = new FormData();
  words.set("__RequestVerificationToken", token());
  words.set("one", button.value);
  words.set(`seen-${row.dataset.id}`, row.dataset.seen);
  const entry = { row, answer: send(desk, words) };
  done.push(entry);
  pending++;
  row.hidden = true;
  count(-1);
  go(place);
  if (rows().length === 0) more();
  entry.answer.then((answer) => {
    if (answer.comments.length > 0) return say(answer.said, true);
    done.splice(done.indexOf(entry), 1);
    bringBack(row, answer.said);
  }, (problem) => {
    done.splice(done.indexOf(entry), 1);
    bringBack(row, problem.message);
  }).then(() => {
    pending--;
    finish();
  });
}

// Nothing is left on this page and nothing is under way: the server says what comes now.
function finish() {
  if (pending > 0 || loading || rows().length > 0 || nextPage()) return;
  // What was decided here can be taken back there, too.
  Promise.all(done.slice(-20).map((entry) => entry.answer)).then((answers) => {
    sessionStorage.setItem("decided", JSON.stringify(answers.map((answer) => ({ decisions: answer.decisions }))));
    location.reload();
  });
}

function remember() {
  const kept = sessionStorage.getItem("decided");
  sessionStorage.removeItem("decided");
  for (const answer of kept ? JSON.parse(kept) : []) done.push({ row: null, answer: Promise.resolve(answer) });
}

async function undo() {
  const entry = done.pop();
  if (!entry) return document.querySelector(".notice [data-key=z]")?.click();
  try {
    const answer = await entry.answer;
    const words = new FormData();
    words.set("__RequestVerificationToken", token());
    for (const id of answer.decisions) words.append("decision", id);
    const back = await send(`${desk}undo/`, words);
    say(back.said, done.length > 0);
    if (Object.keys(back.seen).length === 0) return;
    if (!entry.row) return location.reload();
    const [, ...rest] = entry.row.dataset.seen.split(".");
    entry.row.dataset.seen = [back.seen[entry.row.dataset.id], ...rest].join(".");
    entry.row.querySelector("input[name^=seen-]").value = entry.row.dataset.seen;
    bringBack(entry.row);
  } catch (problem) {
    done.push(entry);
    say(problem.message, true);
  }
}

function bringBack(row, why) {
  row.hidden = false;
  count(1);
  if (why) {
    note(row, why);
    say(why, done.length > 0);
  }
  go(rows().indexOf(row));
}

async function send(address, words) {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body: words, headers: { Accept: "application/json" }, redirect: "error", keepalive: true });
  } catch {
    throw new Error("Nothing was done: the server could not be reached. Try it again.");
  }
  if (answer.ok) return answer.json();
  throw new Error(answer.status === 401 ? "Nothing was done: you are signed out. Sign in in another tab, then try it again." : answer.status === 400 ? "Nothing was done: this page has been open for very long. Load it anew." : `Nothing was done: the server answered ${answer.status}. Try it again.`);
}

function say(words, mayUndo) {
  said.textContent = words;
  if (!mayUndo || done.length === 0) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Undo";
  button.addEventListener("click", undo);
  said.append(" ", button);
}

function note(row, words) {
  const line = row.querySelector(".overtaken") ?? row.querySelector(".buttons").insertAdjacentElement("beforebegin", document.createElement("p"));
  line.className = "overtaken";
  line.textContent = words;
}

const nextPage = () => document.querySelector(".pager a[rel=next]");

// The next page's cards come below before the last one is reached.
async function more() {
  const link = nextPage();
  if (!link || loading) return;
  loading = true;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const list = document.querySelector("[data-rows]");
    for (const row of page.querySelectorAll("[data-row]")) if (!document.getElementById(row.id)) list.append(document.adoptNode(row));
    const next = page.querySelector(".pager a[rel=next]");
    if (next) link.href = next.getAttribute("href");
    else link.remove();
    if (at < 0 || !rows()[at]) go(0);
  } catch {
    // The link is there still.
  } finally {
    loading = false;
    finish();
  }
}

function countOf(queue) {
  const count = document.querySelector(`[data-count="${queue}"]`);
  return count ? Number(count.textContent.replaceAll(",", "")) : null;
}

function count(by) {
  if (known !== null) known += by;
}

// What others do, and what comes in, shows here without a new page.
function watch() {
  const stream = new EventSource(`${desk}live/`);
  stream.addEventListener("message", look);
  addEventListener("pagehide", () => stream.close());
}

async function look() {
  const open = rows();
  const cards = open.slice(0, 200).map((r) => `${r.dataset.id}.${r.dataset.seen}`).join(",");
  let state;
  try {
    const answer = await fetch(`${desk}state/?show=${queue}&cards=${cards}`, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) return;
    state = await answer.json();
  } catch {
    return;
  }
  for (const count of document.querySelectorAll("[data-count]")) count.textContent = (state.queues[count.dataset.count] ?? 0).toLocaleString("en");
  for (const card of state.overtaken) {
    const row = document.getElementById(`card-${card.id}`);
    if (!row || row.hidden || row.dataset.overtaken) continue;
    row.dataset.overtaken = "true";
    count(-1);
    note(row, card.said);
    row.querySelector(".buttons").hidden = true;
  }
  const fresh = known === null || document.getElementById("q").value ? 0 : (state.queues[queue] ?? 0) - known;
  arrive(fresh);
}

function arrive(fresh) {
  let link = document.querySelector("[data-fresh]");
  if (fresh <= 0) return link?.remove();
  if (!link) {
    link = document.createElement("a");
    link.dataset.fresh = "";
    link.className = "fresh";
    link.href = `${desk}?show=${queue}`;
    said.after(link);
  }
  link.textContent = fresh === 1 ? "1 new comment: show it" : `${fresh} new comments: show them`;
}
