// The rest of a thread's replies comes in place: each below the comment that it answers.
document.addEventListener("click", async (event) => {
  const link = event.target.closest(".more > a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [first] = bringIn(page, link.closest("li.comment"));
    const next = page.querySelector(".comment-pages a[rel=next]");
    if (next) {
      link.href = next.href;
      link.removeAttribute("aria-busy");
    } else link.parentElement.remove();
    document.dispatchEvent(new CustomEvent("broadsheet:comments"));
    first?.querySelector(".comment-body")?.focus();
  } catch {
    location.href = link.href;
  }
});

// An old or foreign link to a comment that stands on another page, or among the rest of the replies.
const wanted = /^#comment-(\d+)$/.exec(location.hash)?.[1];
if (discussion && wanted && !byId(`comment-${wanted}`)) {
  me.then(() => {
    if (!byId(`comment-${wanted}`)) fetch(`/wp-json/wp/v2/comments/${wanted}`).then((answer) => (answer.ok ? answer.json() : null)).then((comment) => {
      if (comment && new URL(comment.link, location.href).pathname + new URL(comment.link, location.href).search !== location.pathname + location.search) location.replace(new URL(comment.link, location.href).href.replace(new URL(comment.link).origin, location.origin));
    }).catch(() => {});
  });
}
