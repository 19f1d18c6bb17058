// All keys, in a dialog.
import { buttons, kinds } from "./commands.js";
import { keyWords } from "./toolbar.js";

export function showKeys(done) {
  const dialog = document.createElement("dialog");
  const heading = dialog.appendChild(document.createElement("h2"));
  heading.textContent = "Keys of the editor";
  heading.id = "keys-heading";
  // Else it opens at its end, where the first button is.
  heading.tabIndex = -1;
  dialog.setAttribute("aria-labelledby", heading.id);
  const list = dialog.appendChild(document.createElement("dl"));
  list.className = "keylist";
  const known = [...kinds.map(([name, , , key]) => [name, key]), ...buttons.filter(Boolean).map(([, name, , , key]) => [name, key]), ["Save", "Mod-s"], ["To the toolbar", "Alt-F10"], ["Back to the text", "Escape"], ["In and out of a list; to the next cell", "Tab"], ["Own articles", "[["], ["These keys", "Mod-/"]];
  for (const [name, key] of known) {
    list.appendChild(document.createElement("dt")).append(Object.assign(document.createElement("kbd"), { textContent: keyWords(key) }));
    list.appendChild(document.createElement("dd")).textContent = name;
  }
  const close = dialog.appendChild(document.createElement("form"));
  close.method = "dialog";
  close.appendChild(document.createElement("button")).textContent = "Close";
  dialog.addEventListener("close", () => { dialog.remove(); done(); });
  document.body.append(dialog);
  dialog.showModal();
  heading.focus();
}
