// What the toolbar and the keys do.
import { chainCommands, createParagraphNear, exitCode, lift, liftEmptyBlock, newlineInCode, setBlockType, splitBlock, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, toggleHeaderRow } from "prosemirror-tables";
import { linkProblem } from "./addresses.js";
import { askCard, askGallery, askPicture, changeChosen } from "./blocks.js";
import { cardTitle } from "./cards.js";
import { ask } from "./dialog.js";
import { marks, nodes, schema } from "./schema.js";

const within = (state, type, attrs) => {
  for (let depth = state.selection.$from.depth; depth > 0; depth--) {
    const node = state.selection.$from.node(depth);
    if (node.type === type && Object.entries(attrs ?? {}).every(([name, value]) => node.attrs[name] === value)) return true;
  }
  return false;
};

export const hasMark = (type) => (state) => {
  const { from, to, empty, $from } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type);
};

/** Puts a block after the words at hand, in place of an empty paragraph. */
export function insertBlock(view, node) {
  const { state } = view;
  const { $from } = state.selection;
  const top = $from.depth > 0 ? $from.node(1) : null;
  const tr = state.tr;
  if (top && top.type === nodes.paragraph && top.content.size === 0) tr.replaceWith($from.before(1), $from.after(1), node);
  else tr.insert($from.depth > 0 ? $from.after(1) : state.selection.to, node);
  const at = tr.mapping.map($from.depth > 0 ? $from.before(1) : state.selection.from) + (tr.steps.length && top?.content.size === 0 && top.type === nodes.paragraph ? 0 : top?.nodeSize ?? 0);
  const end = Math.min(at + node.nodeSize, tr.doc.content.size);
  if (end >= tr.doc.content.size) tr.insert(tr.doc.content.size, nodes.paragraph.create());
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(node.isTextblock || !node.isAtom ? at + 1 : end, tr.doc.content.size)), 1));
  view.dispatch(tr.scrollIntoView());
  view.focus();
}

const asking = (work) => (state, dispatch, view) => {
  if (dispatch) work(view, state);
  return true;
};

export const setLink = asking(async (view, state) => {
  const type = marks.link;
  let { from, to, $from } = state.selection;
  const at = type.isInSet($from.marks()) ?? type.isInSet($from.nodeAfter?.marks ?? []);
  if (state.selection.empty && at) {
    // The whole link that the cursor is in.
    $from.parent.forEach((child, offset) => {
      const start = $from.start() + offset;
      if (at.isInSet(child.marks) && start <= $from.pos && start + child.nodeSize >= $from.pos) { from = Math.min(from, start); to = Math.max(to, start + child.nodeSize); }
    });
  }
  const given = await ask("Link", [{ name: "href", label: "Address", value: at?.attrs.href ?? "", hint: "Empty: no link.", check: linkProblem }, ...(from === to ? [{ name: "words", label: "Words", value: "" }] : [])]);
  if (given) {
    const href = given.href.trim();
    const tr = view.state.tr;
    const address = /^[\w.-]+\.[a-z]{2,}(\/\S*)?$/i.test(href) ? `https://${href}` : href;
    if (from === to && address) tr.insert(from, schema.text(given.words || address, [type.create({ href: address })]));
    else {
      tr.removeMark(from, to, type);
      if (address) tr.addMark(from, to, type.create({ href: address, title: at?.attrs.title ?? null, more: at?.attrs.more ?? null }));
    }
    view.dispatch(tr);
  }
  view.focus();
});

const insertTable = asking((view) => {
  const cell = (type) => type.create(null, nodes.paragraph.create());
  const row = (type) => nodes.table_row.create(null, [cell(type), cell(type), cell(type)]);
  insertBlock(view, nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]));
});

const insertFootnote = asking((view, state) => {
  const taken = new Set();
  state.doc.descendants((node) => { if (node.type === nodes.footnoteRef || node.type === nodes.footnote) taken.add(node.attrs.label); });
  let label = 1;
  while (taken.has(String(label))) label++;
  const tr = state.tr.replaceSelectionWith(nodes.footnoteRef.create({ label: String(label) }), false);
  const at = tr.doc.content.size;
  tr.insert(at, nodes.footnote.create({ label: String(label) }));
  tr.setSelection(TextSelection.create(tr.doc, at + 1));
  view.dispatch(tr.scrollIntoView());
  view.focus();
});

const insertPicture = asking(async (view) => {
  const given = await askPicture();
  if (given?.file?.size) view.dom.dispatchEvent(new CustomEvent("bring", { detail: { file: given.file, alt: given.alt, focus: given.focus } }));
  else if (given?.src) insertBlock(view, nodes.figure.create({ src: given.src, alt: given.alt, focus: given.focus }));
});

const insertGallery = asking(async (view) => {
  const given = await askGallery();
  if (given?.items.length) insertBlock(view, nodes.gallery.create(given));
});

const insertCard = asking(async (view) => {
  const given = await askCard();
  if (/^https?:\/\//.test(given?.href ?? "")) insertBlock(view, nodes.embed.create({ href: given.href, title: given.title || cardTitle(given.href) || given.href }));
});

const toggleList = (type) => (state, dispatch) => within(state, type) ? liftListItem(nodes.listItem)(state, dispatch) : wrapInList(type)(state, dispatch);
const toggleWrap = (type) => (state, dispatch) => within(state, type) ? lift(state, dispatch) : wrapIn(type)(state, dispatch);
const setHeading = (level) => setBlockType(nodes.heading, { level });
const hardBreak = (state, dispatch) => {
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hardBreak.create()).scrollIntoView());
  return true;
};

/** Kinds of paragraph, as the toolbar offers them. */
export const kinds = [
  ["Paragraph", setBlockType(nodes.paragraph), (state) => state.selection.$from.parent.type === nodes.paragraph, "Mod-Alt-0"],
  ["Heading", setHeading(2), (state) => within(state, nodes.heading, { level: 2 }), "Mod-Alt-2"],
  ["Smaller heading", setHeading(3), (state) => within(state, nodes.heading, { level: 3 }), "Mod-Alt-3"],
  ["Smallest heading", setHeading(4), (state) => within(state, nodes.heading, { level: 4 }), "Mod-Alt-4"],
  ["Code", setBlockType(nodes.codeBlock), (state) => within(state, nodes.codeBlock), "Mod-Alt-c"],
];

/** Buttons: what stands on them, what they are called (beginning with it), what they do, whether it holds now, and the key. */
export const buttons = [
  ["B", "Bold", toggleMark(marks.strong), hasMark(marks.strong), "Mod-b"],
  ["I", "Italic", toggleMark(marks.em), hasMark(marks.em), "Mod-i"],
  ["S", "Struck out", toggleMark(marks.strike), hasMark(marks.strike), "Mod-Shift-x"],
  ["Code", "Code", toggleMark(marks.code), hasMark(marks.code), "Mod-e"],
  ["Link", "Link", setLink, hasMark(marks.link), "Mod-k"],
  null,
  ["• List", "• List", toggleList(nodes.bulletList), (s) => within(s, nodes.bulletList), "Mod-Shift-8"],
  ["1. List", "1. List", toggleList(nodes.orderedList), (s) => within(s, nodes.orderedList), "Mod-Shift-7"],
  ["Quote", "Quote", toggleWrap(nodes.blockquote), (s) => within(s, nodes.blockquote), "Mod-Shift-9"],
  ["Pull quote", "Pull quote", toggleWrap(nodes.pullquote), (s) => within(s, nodes.pullquote), "Mod-Shift-0"],
  null,
  ["Picture", "Picture", insertPicture, null, "Mod-Alt-p"],
  ["Gallery", "Gallery", insertGallery, null, "Mod-Alt-g"],
  ["Card", "Card for a page elsewhere", insertCard, null, "Mod-Alt-e"],
  ["Table", "Table", insertTable, null, "Mod-Alt-t"],
  ["Footnote", "Footnote", insertFootnote, null, "Mod-Alt-f"],
  ["Rule", "Rule", asking((view) => insertBlock(view, nodes.rule.create())), null, "Mod-Alt-r"],
  ["Read more", "Read more", asking((view) => insertBlock(view, nodes.marker.create())), null, "Mod-Alt-m"],
  null,
  ["Undo", "Undo", undo, null, "Mod-z"],
  ["Redo", "Redo", redo, null, "Mod-y"],
];

/** Shown within a table only. */
export const tableButtons = [
  ["+ Row", "+ Row below", addRowAfter], ["+ Column", "+ Column after", addColumnAfter], ["− Row", "− Row", deleteRow], ["− Column", "− Column", deleteColumn],
  ["Head", "Head row", toggleHeaderRow], ["− Table", "− Table", deleteTable],
];

export const inTable = (state) => isInTable(state);

export const keys = {
  ...Object.fromEntries([...kinds, ...buttons].filter(Boolean).map((b) => b.length === 4 ? [b[3], b[1]] : [b[4], b[2]])),
  "Mod-Shift-z": redo,
  "Shift-Enter": chainCommands(exitCode, hardBreak),
  Enter: chainCommands(changeChosen, splitListItem(nodes.listItem), newlineInCode, createParagraphNear, liftEmptyBlock, splitBlock),
  Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.listItem)),
  "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.listItem)),
};
