// What others will show of it, while headline and excerpt are typed.
export function social(form) {
  const [title, words] = [form.querySelector("[data-social-title]"), form.querySelector("[data-social-words]")];
  if (!title) return;
  const stored = words.textContent;
  form.addEventListener("input", (event) => {
    if (event.target.name === "title") title.textContent = event.target.value || "Untitled";
    if (event.target.name === "excerpt") words.textContent = event.target.value || stored;
  });
}
