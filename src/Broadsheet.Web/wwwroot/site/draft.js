// Words survive a reload, a lost session and a sign-in, until they were taken.
const form = byId("commentform");
const field = byId("comment");

if (form && field && storage) {
  const key = `draft:${article}`;
  const sent = `sent:${article}`;
  // Sent, and the page that came back is no form to mend: they were taken.
  if (sessionStorage.getItem(sent) && !byId("form-problem") && !byId("preview")) storage.removeItem(key);
  sessionStorage.removeItem(sent);
  const draft = stored(key, null);
  if (!field.value && draft?.words) {
    field.value = draft.words;
    if (draft.parent && byId("comment_parent").value === "0") document.querySelector(`#div-comment-${CSS.escape(draft.parent)} a.comment-reply-link`)?.click();
    field.dispatchEvent(new Event("input"));
    if (location.hash !== "#respond") field.blur();
  }
  field.addEventListener("input", () => (field.value ? store(key, { words: field.value, parent: byId("comment_parent").value }) : storage.removeItem(key)));
  // Kept until the answer says that they arrived: a page that never came back loses nothing.
  form.addEventListener("submit", () => sessionStorage.setItem(sent, "1"));
}
