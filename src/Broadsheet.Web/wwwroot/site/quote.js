// Words that were selected in a comment or in the article come into the reply as a quotation.
const field = byId("comment");
let button;

if (field) {
  document.addEventListener("selectionchange", () => {
    clearTimeout(offer.timer);
    offer.timer = setTimeout(offer, 250);
  });
  // Replying with words selected quotes them.
  document.addEventListener("broadsheet:reply", (event) => {
    const words = selected(event.detail);
    if (words) insert(words);
  });
}

function selected(within) {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return "";
  const range = selection.getRangeAt(0);
  const room = (range.commonAncestorContainer.closest ? range.commonAncestorContainer : range.commonAncestorContainer.parentElement)?.closest(".comment-text, .article-body");
  return room && (!within || within.contains(room)) ? selection.toString().trim() : "";
}

function offer() {
  const words = selected();
  if (!words || words.length > 2000) {
    button?.remove();
    button = null;
    return;
  }
  const range = window.getSelection().getRangeAt(0);
  const comment = range.startContainer.parentElement?.closest("li.comment");
  button?.remove();
  button = element("button", { class: "quote-it", type: "button", text: "Quote in a reply" });
  // The press must not take the selection away before it is read.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const link = comment?.querySelector(":scope > .comment-body a.comment-reply-link");
    if (link) link.click();
    else insert(words);
    button?.remove();
  });
  const place = range.getBoundingClientRect();
  button.style.setProperty("inset-block-start", `${place.bottom + scrollY + 6}px`);
  button.style.setProperty("left", `${Math.max(8, Math.min(place.left, innerWidth - 170))}px`);
  document.body.append(button);
}

function insert(words) {
  const quotation = `${words.split(/\n+/).map((line) => `> ${line}`).join("\n>\n")}\n\n`;
  field.setRangeText(quotation, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input"));
  field.focus();
}
