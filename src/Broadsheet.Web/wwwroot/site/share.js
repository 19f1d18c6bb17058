// Share: the device's own sheet where it has one, else the comment's address into the clipboard.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.share");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const touch = matchMedia("(pointer: coarse)").matches;
  try {
    if (touch && navigator.share) await navigator.share({ url: link.href });
    else {
      await navigator.clipboard.writeText(link.href);
      const before = link.textContent;
      link.textContent = "Link copied";
      say("Link copied");
      setTimeout(() => { link.textContent = before; }, 2000);
    }
  } catch (problem) {
    // The reader closed the sheet: nothing to do. No clipboard: the address bar has it then.
    if (problem.name !== "AbortError") location.href = link.href;
  }
});
