// Words survive a reload, a lost session and a sign-in, until they were taken.
const form = byId("commentform");
const field = byId("comment");

if (form && field && storage) {
  const key = `draft:${article}`;
  const sent = `sent:${article}`;
  // Sent, and the answer led to the comment: they were taken. Whoever comes here otherwise, after an answer that never came, has them still.
  const isAnswer = performance.getEntriesByType("navigation")[0]?.redirectCount > 0 && /^#comment-\d+$/.test(location.hash);
  if (sessionStorage.getItem(sent) && isAnswer) storage.removeItem(key);
  sessionStorage.removeItem(sent);
  const draft = stored(key, null);
  if (!field.value && draft?.words) {
    field.value = draft.words;
    // Once the part that moves the form listens, too: before, the click would follow the link, away from what the reader came for.
    if (draft.parent && byId("comment_parent").value === "0") queueMicrotask(() => document.querySelector(`#div-comment-${CSS.escape(draft.parent)} a.comment-reply-link`)?.click());
    field.dispatchEvent(new Event("input"));
  }
  field.addEventListener("input", () => (field.value ? store(key, { words: field.value, parent: byId("comment_parent").value }) : storage.removeItem(key)));
  // Kept until the answer says that they arrived: a page that never came back loses nothing.
  form.addEventListener("submit", () => sessionStorage.setItem(sent, "1"));
}
