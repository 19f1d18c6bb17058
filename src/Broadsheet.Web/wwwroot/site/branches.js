// A branch that was closed stays closed on this page until it is opened; a link into it opens it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#comment-']");
  if (link) open(link.hash);
});
open(location.hash);

// Whoever is led to a comment, after writing it too, goes on from there with the keyboard.
if (/^#comment-\d+$/.test(location.hash)) window.addEventListener("load", () => setTimeout(() => byId(location.hash.slice(1))?.querySelector(".comment-body")?.focus({ preventScroll: true })));

function open(hash) {
  for (let at = byId(hash.slice(1))?.parentElement?.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
}
