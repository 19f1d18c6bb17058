// Share: the device's own sheet where it has one, else the comment's address into the clipboard. Without script, the number is the link.
labelled();
document.addEventListener("broadsheet:comments", labelled);

// What all comments have alike is told apart here, so that not every page carries it: by what the comment is called.
function labelled() {
  for (const actions of document.querySelectorAll(".comment-list .comment-actions:not([data-labelled])")) {
    const body = actions.closest(".comment-body");
    const link = body.querySelector(".comment-number");
    if (!link) continue;
    const name = body.getAttribute("aria-label").replace(/, level \d+$/, "");
    actions.dataset.labelled = "";
    const report = actions.querySelector(".report");
    report.before(element("a", { class: "share", href: link.href, "aria-label": `Share ${name}`, text: "Share" }), " ");
    report.setAttribute("aria-label", `Report ${name}`);
    const like = actions.querySelector("button[form=likes]");
    like.setAttribute("aria-label", like.name === "like" ? `Like ${name}` : `Unlike ${name}`);
  }
}

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
