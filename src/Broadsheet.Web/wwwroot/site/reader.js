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
  if (reader.person && form && !form.querySelector(".signed-in")) sayWho(reader);
  if (reader.address) sayWhere(reader.address);
  reader.held.forEach(showOwn);
  offer(reader);
  document.addEventListener("broadsheet:comments", () => offer(reader));
});

form?.addEventListener("focusin", () => {
  byId("started_at").value = String(Math.round(Date.now() + offset));
}, { once: true });

function fill(id, value) {
  const field = byId(id);
  if (field && value && !field.value) field.value = value;
}

// Who is signed in is not asked for a name: the page that all share cannot know.
function sayWho({ person, via, picture }) {
  form.querySelector(".who")?.remove();
  form.querySelector(".consent")?.remove();
  const who = element("a", { href: "/account/" }, element("bdi", { text: person }));
  const out = element("button", { class: "quiet", formaction: "/account/sign-out/from/", formnovalidate: "", text: "Log out" });
  const line = element("p", { class: "signed-in" }, ...(picture ? [element("img", { class: "avatar", src: picture, alt: "", width: 28, height: 28 }), " "] : []), `You are commenting ${via ? `using your ${via} account, ` : ""}as `, who, ". ", out);
  const change = element("details", { class: "change" }, element("summary", { text: "Change" }), ...form.querySelectorAll(".ways"));
  // Behind the button that Enter presses.
  form.firstElementChild.after(line, change);
}

// Nor for an address.
function sayWhere(address) {
  const email = byId("follow-email");
  if (!email) return;
  email.form.querySelector("button").replaceChildren("Follow as ", element("bdi", { text: address }));
  email.parentElement.remove();
}

function offer(reader) {
  reader.editable.forEach(offerEdit);
  if (reader.moderates) offerFeature();
}

// body is HTML that the server's sanitiser made.
function showOwn(comment) {
  if (byId(`comment-${comment.id}`)) return;
  const head = element("p", { class: "comment-head" }, element("span", { class: "comment-author", text: comment.author }), " ", element("time", { datetime: comment.date, text: comment.when }));
  const note = element("p", { class: "note", text: comment.note });
  if (comment.appeal) note.append(" ", element("a", { rel: "nofollow", href: comment.appeal, text: "Ask for another look" }));
  const text = element("div", { class: "comment-text" });
  text.innerHTML = comment.body;
  const body = element("div", { id: `div-comment-${comment.id}`, class: "comment-body" }, head, note, text, element("p", { class: "comment-actions" }));
  const item = element("div", { id: `comment-${comment.id}`, class: "comment held" }, body);
  (byId("respond") ?? discussion).before(item);
  if (location.hash === `#${item.id}`) item.scrollIntoView();
}

// For those who choose what stands on top.
function offerFeature() {
  for (const actions of document.querySelectorAll(".comment-list .comment-actions")) {
    const item = commentOf(actions);
    if (actions.querySelector("[formaction]") || item.classList.contains("held")) continue;
    const name = actions.parentElement.querySelector(".is-featured") ? "unfeature" : "feature";
    const number = item.querySelector(".comment-number").textContent;
    actions.append(" ", element("button", { form: "likes", formaction: "/discussion/feature/", name, value: idOf(item), "aria-label": name === "feature" ? `Put ${number} on top` : `Take ${number} from the top`, text: name === "feature" ? "Feature" : "Unfeature" }));
  }
}

function offerEdit(id) {
  const actions = document.querySelector(`#div-comment-${id} > .comment-actions`);
  if (!actions || actions.querySelector("[href*='/discussion/edit/']")) return;
  actions.append(" ", element("a", { rel: "nofollow", href: `/discussion/edit/?c=${id}`, text: "Edit" }), " ", element("a", { rel: "nofollow", href: `/discussion/delete/?c=${id}`, text: "Delete" }));
}
