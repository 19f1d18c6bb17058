// Comments by those whom the reader has muted are folded. Whose they are, the account says; a guest's browser remembers by itself.
const own = new Set(stored("muted", []));

fold();
me.then((reader) => {
  reader?.muted.forEach((key) => own.add(key));
  fold();
});
document.addEventListener("broadsheet:comments", fold);

function fold() {
  if (own.size === 0) return;
  for (const body of document.querySelectorAll("#comments .comment-body[data-by]")) {
    if (!own.has(body.dataset.by) || body.closest("details.muted")) continue;
    const number = body.querySelector(".comment-number")?.textContent ?? "A comment";
    const folded = element("details", { class: "muted" }, element("summary", { text: `${number}: from someone you have muted` }));
    body.before(folded);
    folded.append(body);
  }
}

// The form beside a report: a guest's choice stays in this browser.
const form = document.querySelector("form.mute");
if (form) {
  const { by, back } = form.dataset;
  const button = form.querySelector("button");
  const isGuest = fetch("/wp-json/broadsheet/v1/me", { credentials: "same-origin" }).then((a) => a.json()).then((reader) => !reader.person).catch(() => true);
  if (own.has(by)) button.textContent = `Show ${form.dataset.author} again`;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await isGuest)) {
      form.append(element("input", { type: "hidden", name: button.name, value: button.value }));
      form.submit();
      return;
    }
    const muted = new Set(stored("muted", []));
    if (!muted.delete(by)) muted.add(by);
    store("muted", [...muted].slice(-500));
    location.href = back;
  });
}
