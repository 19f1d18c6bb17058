// What is pasted or dropped: pictures, addresses; all else is the library's.
import { cardTitle } from "./blocks.js";
import { insertBlock } from "./commands.js";
import { marks, nodes, schema } from "./schema.js";

const picturesOf = (data) => [...(data?.files ?? [])].filter((file) => /^image\/(jpeg|png|gif|webp|avif)$/.test(file.type));

/** @param {(files: File[], at: number) => void} upload
 * @returns {boolean} whether it was dealt with */
export function paste(view, event, upload) {
  const files = picturesOf(event.clipboardData);
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (files.length && !/<(p|table|li|h\d)\b/i.test(html)) {
    upload(files, view.state.selection.from);
    return true;
  }
  const text = event.clipboardData?.getData("text/plain").trim() ?? "";
  if (!/^https?:\/\/\S+$/.test(text)) return false;
  const { empty, $from } = view.state.selection;
  const title = cardTitle(text);
  if (title && empty && $from.parent.type === nodes.paragraph && $from.parent.content.size === 0) insertBlock(view, nodes.embed.create({ href: text, title }));
  else if (empty) view.dispatch(view.state.tr.replaceSelectionWith(schema.text(text, [marks.link.create({ href: text, auto: true })]), false).removeStoredMark(marks.link));
  else view.dispatch(view.state.tr.addMark(view.state.selection.from, view.state.selection.to, marks.link.create({ href: text })));
  return true;
}

export function drop(view, event, upload) {
  const files = picturesOf(event.dataTransfer);
  if (!files.length) return false;
  event.preventDefault();
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.doc.content.size;
  upload(files, at);
  return true;
}
