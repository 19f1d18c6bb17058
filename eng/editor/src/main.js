// The newsroom's editor: rich text, autosave, chips. Without it the page's own fields work by themselves.
import { autosave } from "./autosave.js";
import { categoryChips, tagChips } from "./filing.js";
import { focalPoint } from "./focal-point.js";
import { cleanPaste } from "./paste.js";
import { RichEditor } from "./rich-editor.js";
import { nodes, schema } from "./schema.js";
import { social } from "./social.js";
import { completeSource } from "./source-completion.js";
import { takeFiles } from "./source-files.js";
import { convert, readText, writeText } from "./text.js";

// What tests look at.
export { cleanPaste, convert, nodes, readText, schema, writeText };

const form = document.querySelector("form[data-editor]");
if (form) {
  const editor = new RichEditor(form);
  social(form);
  for (const area of form.querySelectorAll("textarea[data-chips]")) tagChips(area);
  for (const tree of form.querySelectorAll("[data-chips-tree]")) categoryChips(tree);
  focalPoint(form);
  takeFiles(form.elements.body, editor);
  completeSource(form.elements.body, () => editor.format);
  autosave(form, () => editor.flush());
}
