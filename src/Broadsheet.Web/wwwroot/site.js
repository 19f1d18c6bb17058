// Improves the discussion where there is script; everything works without it.
"use strict";

// With script, pages come from the shared cache and this asks for what is the reader's own.
document.cookie = "js=1; path=/; max-age=31536000; samesite=lax";

const form = document.getElementById("commentform");
const respond = document.getElementById("respond");

if (form && respond) {
  replyInPlace();
  growWithWords();
  keepDraft();
  rememberReader();
  goToProblem();
}

// What has to be mended is seen, heard and under the hand.
function goToProblem() {
  if (!document.getElementById("form-problem")) return;
  document.title = `Not sent: ${document.title}`;
  // After the browser went to the address's fragment, which takes the focus away.
  window.addEventListener("load", () => setTimeout(() => (form.querySelector("[aria-invalid=true]") ?? document.getElementById("comment")).focus()));
}

// The reply form moves below the comment that it answers, and back.
function replyInPlace() {
  const home = document.createComment("reply form");
  respond.before(home);
  const title = document.getElementById("reply-title");
  const parent = document.getElementById("comment_parent");
  const plainTitle = "Leave a reply";
  let cancel = document.getElementById("cancel-comment-reply-link");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.comment-reply-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const below = document.getElementById(link.dataset.belowelement);
    if (!below) return;
    event.preventDefault();
    parent.value = link.dataset.commentid;
    title.textContent = `Reply to ${link.dataset.replyto} `;
    cancel = document.createElement("a");
    cancel.id = "cancel-comment-reply-link";
    cancel.href = "#respond";
    cancel.textContent = "Cancel";
    cancel.addEventListener("click", (e) => {
      e.preventDefault();
      parent.value = "0";
      title.textContent = plainTitle;
      home.after(respond);
      link.focus();
    });
    title.append(cancel);
    below.after(respond);
    document.getElementById("comment").focus();
  });
}

function growWithWords() {
  const field = document.getElementById("comment");
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  field.addEventListener("input", grow);
  if (field.value) grow();
}

// Words survive a reload, until they were sent.
function keepDraft() {
  const field = document.getElementById("comment");
  const key = `draft:${document.getElementById("comment_post_ID").value}`;
  const storage = (() => { try { return window.localStorage; } catch { return null; } })();
  if (!storage) return;
  if (!field.value && storage.getItem(key)) field.value = storage.getItem(key);
  field.addEventListener("input", () => storage.setItem(key, field.value));
  form.addEventListener("submit", () => storage.removeItem(key));
}

// Name and address as remembered, the reader's own waiting comments, and when the form was first touched.
function rememberReader() {
  let offset = 0;
  const article = document.getElementById("comment_post_ID").value;
  fetch(`/wp-json/broadsheet/v1/me?post=${article}`, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((me) => {
      if (!me) return;
      offset = me.now - Date.now();
      fill("author", me.author);
      fill("email", me.email);
      fill("url", me.url);
      const consent = document.getElementById("wp-comment-cookies-consent");
      if (consent && me.author) consent.checked = true;
      me.held.forEach(showHeld);
    })
    .catch(() => {});

  form.addEventListener("focusin", () => {
    document.getElementById("started_at").value = String(Math.round(Date.now() + offset));
  }, { once: true });
}

function fill(id, value) {
  const field = document.getElementById(id);
  if (field && value && !field.value) field.value = value;
}

// body is HTML that the server's sanitiser made.
function showHeld(comment) {
  if (document.getElementById(`comment-${comment.id}`)) return;
  const item = document.createElement("div");
  item.id = `comment-${comment.id}`;
  item.className = "comment held";
  const head = document.createElement("p");
  head.className = "comment-head";
  const author = document.createElement("span");
  author.className = "comment-author";
  author.textContent = comment.author;
  const time = document.createElement("time");
  time.dateTime = comment.date;
  time.textContent = comment.when;
  head.append(author, " ", time);
  const note = document.createElement("p");
  note.className = "note";
  note.textContent = "Awaiting review: only you can see this.";
  const text = document.createElement("div");
  text.className = "comment-text";
  text.innerHTML = comment.body;
  item.append(head, note, text);
  respond.before(item);
}
