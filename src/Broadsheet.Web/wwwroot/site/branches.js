// A branch that was closed stays closed on this page until it is opened; a link into it opens it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#comment-']");
  if (link) open(link.hash);
});
open(location.hash);

function open(hash) {
  for (let at = byId(hash.slice(1))?.parentElement?.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
}
