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
