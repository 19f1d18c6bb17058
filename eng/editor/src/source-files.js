// Files that are dropped or pasted into the source come into the text as they do in rich text; dropped beside it, they do not make the
// browser leave the editor.
import { picturesOf } from "./clipboard.js";
import { nodes } from "./schema.js";
import { convert } from "./text.js";
import { arrived, progressOf, send } from "./uploads.js";

/** @param {HTMLTextAreaElement} area
 * @param {import("./rich-editor.js").RichEditor} editor */
export function takeFiles(area, editor) {
  area.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length || event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    bring(event.clipboardData, area.selectionEnd);
  });
  area.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    bring(event.dataTransfer, caret?.offsetNode === area ? caret.offset : area.selectionEnd);
  });
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files") || event.target.closest?.("input[type=file]")) return;
    // Over the text, the caret shows where it would go.
    if (name === "dragover" && event.target.closest?.(".ProseMirror, textarea[name=body]")) return;
    event.preventDefault();
    if (name === "dragover") return;
    const tell = editor.tidings.begin();
    for (const file of picturesOf(event.dataTransfer, tell)) tell(`“${file.name}” is not in the text: it was dropped beside it. Drop it onto the words.`);
    editor.status.scrollIntoView({ block: "nearest" });
  });

  function bring(data, at) {
    for (const file of picturesOf(data, editor.tidings.begin())) {
      const place = keepPlace(area, at);
      const progress = progressOf(file);
      area.after(progress);
      editor.tidings.during(send(file, "", editor.token(), (part) => { progress.value = part; })).then((answer) => {
        progress.remove();
        if (answer.problem) editor.tidings.tell(answer.problem);
        else {
          insert(area, place(), markupOf(answer, editor.format), editor.format);
          editor.tidings.tell(arrived(file));
        }
      });
    }
  }
}

const markupOf = ({ path, alt }, format) => convert(nodes.doc.create(null, nodes.figure.create({ src: path, alt: alt ?? "" })), format).text.trim();

/** A place in the text that stays where it is while words are written before it.
 * @returns {() => number} the place as it is now; then it is followed no more */
function keepPlace(area, at) {
  let before = area.value;
  const follow = () => {
    const now = area.value;
    let same = 0;
    while (same < at && now[same] === before[same]) same++;
    if (same < at) at = Math.max(same, at + now.length - before.length);
    before = now;
  };
  area.addEventListener("input", follow);
  return () => {
    follow();
    area.removeEventListener("input", follow);
    return at;
  };
}

/** Puts a block after the paragraph at this place (in markup, after the line), as a paragraph of its own. */
function insert(area, at, markup, format) {
  const text = area.value;
  const rest = text.slice(at).search(format === "markdown" ? /\n[ \t]*(\n|$)/ : /\n/);
  const isBlank = /(^|\n)[ \t]*$/.test(text.slice(0, at)) && /^[ \t]*(\n|$)/.test(text.slice(at));
  const place = isBlank ? at : rest < 0 ? text.length : at + rest;
  const [head, tail] = [text.slice(0, place), text.slice(place)];
  const lead = head.trim() === "" ? "" : "\n".repeat(2 - /\n{0,2}$/.exec(head)[0].length);
  const words = `${lead}${markup}${tail.trim() === "" ? "" : "\n".repeat(2 - /^\n{0,2}/.exec(tail)[0].length)}`;
  const { selectionStart: start, selectionEnd: end } = area;
  const moved = (caret) => caret > place ? caret + words.length : caret;
  if (document.activeElement === area) {
    area.setSelectionRange(place, place);
    // As if it were typed, so that the browser's own undo takes it back.
    if (document.execCommand("insertText", false, words)) {
      if (start !== end || start !== place) area.setSelectionRange(moved(start), moved(end));
      return;
    }
  }
  area.setRangeText(words, place, place, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
