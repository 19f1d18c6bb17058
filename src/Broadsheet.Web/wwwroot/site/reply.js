// The reply form moves below the comment that it answers, and back.
const form = byId("commentform");
const respond = byId("respond");

if (form && respond) {
  replyInPlace();
  growWithWords();
  goToProblem();
}

// What has to be mended is seen, heard and under the hand; so is a preview.
function goToProblem() {
  const preview = byId("preview");
  if (!byId("form-problem") && !preview) return;
  if (!preview) document.title = `Not sent: ${document.title}`;
  // After the browser went to the address's fragment, which takes the focus away.
  window.addEventListener("load", () => setTimeout(() => (preview ?? form.querySelector("[aria-invalid=true]") ?? byId("comment")).focus()));
}

function replyInPlace() {
  const home = document.createComment("reply form");
  respond.before(home);
  const title = byId("reply-title");
  const parent = byId("comment_parent");
  const plainTitle = "Leave a reply";
  let cancel = byId("cancel-comment-reply-link");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.comment-reply-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const below = link.closest(".comment-body");
    if (!below) return;
    event.preventDefault();
    parent.value = idOf(commentOf(link));
    title.textContent = `${link.getAttribute("aria-label")} `;
    cancel = element("a", { id: "cancel-comment-reply-link", href: "#respond", text: "Cancel" });
    cancel.addEventListener("click", (e) => {
      e.preventDefault();
      parent.value = "0";
      title.textContent = plainTitle;
      home.after(respond);
      link.focus();
    });
    title.append(cancel);
    below.after(respond);
    document.dispatchEvent(new CustomEvent("broadsheet:reply", { detail: below }));
    // A draft that is put back by script takes nobody away from what they came to read.
    if (event.isTrusted) byId("comment").focus();
  });
}

function growWithWords() {
  const field = byId("comment");
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  field.addEventListener("input", grow);
  if (field.value) grow();
}
