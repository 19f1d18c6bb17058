// Name and address as remembered, the reader's own waiting or refused comments, and when the form was first touched.
const form = byId("commentform");
let offset = 0;

me.then((reader) => {
  if (!reader) return;
  offset = reader.now - Date.now();
  fill("author", reader.author);
  fill("email", reader.email);
  fill("url", reader.url);
  const consent = byId("wp-comment-cookies-consent");
  if (consent && reader.author) consent.checked = true;
  if (reader.person && form && !form.querySelector(".signed-in")) sayWho(reader.person);
  reader.held.forEach(showOwn);
  reader.editable.forEach(offerEdit);
});

form?.addEventListener("focusin", () => {
  byId("started_at").value = String(Math.round(Date.now() + offset));
}, { once: true });

function fill(id, value) {
  const field = byId(id);
  if (field && value && !field.value) field.value = value;
}

// Who is signed in is not asked for a name: the page that all share cannot know.
function sayWho(name) {
  form.querySelector(".who")?.remove();
  form.querySelector(".consent")?.remove();
  const who = element("bdi", { text: name });
  form.prepend(element("p", { class: "signed-in" }, "You are commenting as ", who, "."));
}

// body is HTML that the server's sanitiser made.
function showOwn(comment) {
  if (byId(`comment-${comment.id}`)) return;
  const head = element("p", { class: "comment-head" }, element("span", { class: "comment-author", text: comment.author }), " ", element("time", { datetime: comment.date, text: comment.when }));
  const text = element("div", { class: "comment-text" });
  text.innerHTML = comment.body;
  const item = element("div", { id: `comment-${comment.id}`, class: "comment held" }, head, element("p", { class: "note", text: comment.note }), text);
  (byId("respond") ?? discussion).before(item);
  if (location.hash === `#${item.id}`) item.scrollIntoView();
}

function offerEdit(id) {
  const actions = document.querySelector(`#div-comment-${id} > .comment-actions`);
  if (!actions || actions.querySelector("[href*='/discussion/edit/']")) return;
  actions.append(" ", element("a", { rel: "nofollow", href: `/discussion/edit/?c=${id}`, text: "Edit" }), " ", element("a", { rel: "nofollow", href: `/discussion/delete/?c=${id}`, text: "Delete" }));
}
