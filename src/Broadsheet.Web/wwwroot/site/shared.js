// What the parts of the public site's script share. The server joins them into one file, each in a scope of its own, this one first.

// With script, pages come from the shared cache and this asks for what is the reader's own.
document.cookie = "js=1; path=/; max-age=31536000; samesite=lax";

const byId = (id) => document.getElementById(id);
const discussion = byId("comments");
const article = discussion?.dataset.article;

// Not every browser lets a page keep something.
const storage = (() => { try { return window.localStorage; } catch { return null; } })();
const stored = (key, otherwise) => { try { return JSON.parse(storage?.getItem(key)) ?? otherwise; } catch { return otherwise; } };
const store = (key, value) => { try { storage?.setItem(key, JSON.stringify(value)); } catch { /* full */ } };

// Says something to those who hear the page; it stands nowhere.
const say = (() => {
  let room;
  return (words) => {
    if (!room) {
      room = document.createElement("p");
      room.className = "hidden-words";
      room.setAttribute("role", "status");
      document.body.append(room);
    }
    room.textContent = words;
  };
})();

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
};

// What is this reader's own on this page: asked for once.
const me = article
  ? fetch(`/wp-json/broadsheet/v1/me?post=${article}`, { credentials: "same-origin" }).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null)
  : Promise.resolve(null);

const commentOf = (node) => node.closest("li.comment");
const idOf = (item) => Number(item.id.slice("comment-".length));

// Said of what came in since.
function markNew(item, words) {
  item.classList.add("is-new");
  item.querySelector(".comment-head")?.append(element("span", { class: "hidden-words", text: ` (${words})` }));
}

// Comments of another copy of the discussion that are not here yet, each at its place.
function bringIn(page, root) {
  const brought = [];
  for (const item of page.querySelectorAll(".comment-list li.comment")) {
    if (byId(item.id)) continue;
    const parent = item.parentElement.closest("li.comment");
    const here = answered(item) ?? (parent && byId(parent.id)) ?? (parent ? root : null);
    const single = document.importNode(item, true);
    // Its own replies come by themselves.
    single.querySelector(":scope > details.branch")?.remove();
    single.querySelector(":scope > .more")?.remove();
    if (here ?? root) list(here ?? root).append(single);
    else place(single, item);
    brought.push(single);
  }
  countReplies(page);
  return brought;
}

// As the other copy says; where that has no such list, what stands here.
function countReplies(page) {
  for (const branch of document.querySelectorAll("details.branch")) {
    const there = page.querySelector(`#${branch.parentElement.id} > details.branch > summary`);
    const count = branch.querySelectorAll("li.comment").length;
    if (there || !branch.firstChild.textContent) branch.firstChild.textContent = there?.textContent ?? (count === 1 ? "1 reply" : `${count} replies`);
  }
}

// A top-level comment goes behind the one before it; a page that was empty had no list.
function place(single, item) {
  let all = document.querySelector(".comment-list");
  if (!all) {
    all = element("ol", { class: "comment-list" });
    byId("respond").before(all);
  }
  const before = item.previousElementSibling && byId(item.previousElementSibling.id);
  if (before) before.after(single);
  else if (item.previousElementSibling) all.append(single);
  else all.prepend(single);
}

function answered(item) {
  const link = item.querySelector(":scope > .comment-body a.in-reply-to");
  return link && byId(new URL(link.href, location.href).hash.slice(1))?.closest("li.comment");
}

function list(item) {
  const there = item.querySelector(":scope > details.branch > ol.children");
  if (there) return there;
  const made = element("ol", { class: "children" });
  const branch = element("details", { class: "branch", open: "" }, element("summary"), made);
  const more = item.querySelector(":scope > .more");
  if (more) more.before(branch);
  else item.append(branch);
  return made;
}
