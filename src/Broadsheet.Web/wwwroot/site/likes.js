// A like shows at once and is taken back where the server does not take it.
const form = byId("likes");

const liked = new Set();

me.then((reader) => {
  if (!reader) return;
  reader.liked.forEach((id) => liked.add(String(id)));
  markAll();
  const whole = form?.querySelector("button");
  if (whole && reader.likes_post) mark(whole, true);
});
// What comes in later is from a page that all share.
document.addEventListener("broadsheet:comments", markAll);

function markAll() {
  for (const button of document.querySelectorAll("button[form=likes][name=like]")) if (liked.has(button.value)) mark(button, true);
}

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (event.target !== form || !button || button.hasAttribute("formaction")) return;
  event.preventDefault();
  if (button.getAttribute("aria-busy")) return;
  const wish = button.name === "like";
  button.setAttribute("aria-busy", "true");
  mark(button, wish);
  try {
    const path = button.value === "post" ? `posts/${article}` : `comments/${button.value}`;
    const answer = await fetch(`/wp-json/broadsheet/v1/${path}/likes`, { method: wish ? "POST" : "DELETE", credentials: "same-origin" });
    const result = await answer.json();
    if (!answer.ok) throw new Error(result.message);
    if (wish) liked.add(button.value);
    else liked.delete(button.value);
    words(button, result.text);
    say(result.text || "Nobody likes this any more");
  } catch (problem) {
    mark(button, !wish);
    say(`Not stored. ${problem.message}`);
    tell(button, problem.message);
  }
  button.removeAttribute("aria-busy");
});

function mark(button, liked) {
  const isPost = button.value === "post";
  button.name = liked ? "unlike" : "like";
  button.textContent = isPost ? (liked ? "You like this: undo" : "Like this article") : liked ? "Unlike" : "Like";
  const label = button.getAttribute("aria-label");
  if (label) button.setAttribute("aria-label", label.replace(/^(Like|Unlike)/, liked ? "Unlike" : "Like"));
}

// The sentence beside the button, or none.
function words(button, text) {
  const isPost = button.value === "post";
  const room = isPost ? form : button.closest(".comment-actions");
  let link = room.querySelector("a.likes");
  if (!link && text) room.append(" ", link = element("a", { class: "likes", rel: "nofollow", href: `/discussion/likes/?comment=${button.value}` }));
  if (!link) return;
  link.textContent = text;
  link.hidden = !text;
}

function tell(button, message) {
  const note = element("span", { class: "problem", text: message || "This could not be stored." });
  button.after(note);
  setTimeout(() => note.remove(), 6000);
}
