// What is pasted or dropped: pictures, addresses; all else is the library's.
import { cardTitle } from "./cards.js";
import { insertBlock } from "./commands.js";
import { marks, nodes, schema } from "./schema.js";

export const isPicture = (file) => /^image\/(jpeg|png|gif|webp|avif)$/.test(file.type);

/** The pictures among the files; of all others their writer is told.
 * @param {(words: string) => void} tell */
export function picturesOf(data, tell) {
  const files = [...(data?.files ?? [])];
  const others = files.filter((file) => !isPicture(file)).map((file) => `“${file.name}”`);
  if (others.length) tell(`${new Intl.ListFormat("en").format(others)} ${others.length === 1 ? "is" : "are"} not in the text: only pictures (JPEG, PNG, GIF, WebP, AVIF) can be dropped or pasted here. Bring in other files at Media, then choose them under “Put in a picture or file”.`);
  return files.filter(isPicture);
}

/** @param {(files: File[], at: number) => void} upload
 * @returns {boolean} whether it was dealt with */
export function paste(view, event, upload, tell) {
  const html = event.clipboardData?.getData("text/html") ?? "";
  const text = event.clipboardData?.getData("text/plain").trim() ?? "";
  const hasWords = /<(p|table|li|h\d)\b/i.test(html);
  if (event.clipboardData?.files.length && !hasWords) {
    // Words that come along are put in.
    const files = picturesOf(event.clipboardData, html || text ? () => {} : tell);
    if (files.length) upload(files, view.state.selection.from);
    if (files.length || !(html || text)) return true;
  }
  if (!/^https?:\/\/\S+$/.test(text)) return false;
  const { empty, $from } = view.state.selection;
  const title = cardTitle(text);
  if (title && empty && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0) insertBlock(view, nodes.embed.create({ href: text, title }));
  else if (empty) view.dispatch(view.state.tr.replaceSelectionWith(schema.text(text, [marks.link.create({ href: text, auto: true })]), false).removeStoredMark(marks.link));
  else view.dispatch(view.state.tr.addMark(view.state.selection.from, view.state.selection.to, marks.link.create({ href: text })));
  return true;
}

export function drop(view, event, upload, tell) {
  if (!event.dataTransfer?.files.length) return false;
  // Else the browser leaves the editor for the file.
  event.preventDefault();
  const files = picturesOf(event.dataTransfer, tell);
  if (!files.length) return true;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.doc.content.size;
  upload(files, at);
  return true;
}
