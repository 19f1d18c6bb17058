// Words survive a reload, a lost session and a sign-in, until they were taken.
const form = byId("commentform");
const field = byId("comment");

const putBack = ({ words, parent }) => {
  if (field.value || !words) return;
  field.value = words;
  // Once the part that moves the form listens, too: before, the click would follow the link, away from what the reader came for.
  if (Number(parent) && byId("comment_parent").value === "0") queueMicrotask(() => document.querySelector(`#div-comment-${CSS.escape(parent)} a.comment-reply-link`)?.click());
  field.dispatchEvent(new Event("input"));
};

// What the server kept while they were away to sign in, where this browser keeps nothing itself.
if (form && field) me.then((reader) => {
  const kept = reader?.kept;
  if (!kept) return;
  for (const [id, on] of [["subscribe_replies", kept.replies], ["subscribe_comments", kept.thread], ["subscribe_blog", kept.articles]]) if (on) byId(id).checked = true;
  putBack(kept);
});

if (form && field && storage) {
  const key = `draft:${article}`;
  const sent = `sent:${article}`;
  // Sent, and the answer led to the comment: they were taken. Whoever comes here otherwise, after an answer that never came, has them still.
  const isAnswer = performance.getEntriesByType("navigation")[0]?.redirectCount > 0 && /^#comment-\d+$/.test(location.hash);
  if (sessionStorage.getItem(sent) && isAnswer) storage.removeItem(key);
  sessionStorage.removeItem(sent);
  const draft = stored(key, null);
  if (draft) putBack(draft);
  field.addEventListener("input", () => (field.value ? store(key, { words: field.value, parent: byId("comment_parent").value }) : storage.removeItem(key)));
  // Kept until the answer says that they arrived: a page that never came back loses nothing.
  form.addEventListener("submit", () => sessionStorage.setItem(sent, "1"));
}
