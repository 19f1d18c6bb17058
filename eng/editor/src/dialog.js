// A few fields in the browser's own dialog: Escape closes it, focus stays in it and goes back afterwards.

/** @param {{name: string, label: string, value?: string, rows?: number, choices?: [string, string][], hint?: string, type?: string, check?: (value: string) => string | null}[]} fields check: what is wrong with it
 * @returns {Promise<Record<string, string> | null>} null when it was closed */
export function ask(heading, fields, done = "Use it") {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  const form = dialog.appendChild(document.createElement("form"));
  form.method = "dialog";
  const title = form.appendChild(document.createElement("h2"));
  title.id = "ask-title";
  title.textContent = heading;
  dialog.setAttribute("aria-labelledby", title.id);
  for (const field of fields) form.append(line(field));
  const row = form.appendChild(document.createElement("p"));
  row.className = "buttons";
  const use = row.appendChild(document.createElement("button"));
  use.className = "main";
  use.value = "use";
  use.textContent = done;
  const leave = row.appendChild(document.createElement("button"));
  leave.type = "button";
  leave.textContent = "Cancel";
  leave.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    const wrong = fields.filter((field) => !told(form, field));
    if (wrong.length === 0) return;
    event.preventDefault();
    form.elements[wrong[0].name].focus();
  });
  document.body.append(dialog);
  const before = document.activeElement;
  dialog.showModal();
  return new Promise((answer) => dialog.addEventListener("close", () => {
    const values = dialog.returnValue === "use" ? Object.fromEntries(new FormData(form)) : null;
    dialog.remove();
    if (before?.isConnected) before.focus();
    answer(values);
  }));
}

/** Says what is wrong with a field, beside it.
 * @returns {boolean} whether nothing is */
function told(form, field) {
  const input = form.elements[field.name];
  const problem = field.check?.(input.value) ?? null;
  const place = form.querySelector(`#${input.id}-problem`);
  if (place) place.textContent = problem ?? "";
  if (problem) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  return problem === null;
}

function line(field) {
  const holder = document.createElement("div");
  holder.className = "field";
  const label = holder.appendChild(document.createElement("label"));
  label.textContent = field.label;
  label.htmlFor = `ask-${field.name}`;
  const input = document.createElement(field.choices ? "select" : field.rows ? "textarea" : "input");
  input.id = label.htmlFor;
  input.name = field.name;
  if (field.choices) for (const [value, words] of field.choices) input.add(new Option(words, value, false, value === (field.value ?? "")));
  else {
    if (field.rows) input.rows = field.rows;
    else input.type = field.type ?? "text";
    if (field.type === "file") input.accept = field.accept;
    else {
      input.value = field.value ?? "";
      input.dir = "auto";
    }
  }
  holder.append(input);
  if (field.hint) {
    const hint = holder.appendChild(document.createElement("p"));
    hint.className = "hint";
    hint.id = `${input.id}-hint`;
    hint.textContent = field.hint;
    input.setAttribute("aria-describedby", hint.id);
  }
  if (field.check) {
    const problem = holder.appendChild(document.createElement("p"));
    problem.className = "problem";
    problem.id = `${input.id}-problem`;
    problem.setAttribute("role", "alert");
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), problem.id].filter(Boolean).join(" "));
  }
  return holder;
}
