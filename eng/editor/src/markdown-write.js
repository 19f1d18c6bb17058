// From the editor's nodes to Markdown; what it has no words for, as markup within it.
import { MarkdownSerializer } from "prosemirror-markdown";
import { cardTitle, isBareWhole } from "./cards.js";
import { writeBlock } from "./html-write.js";
import { marks, nodes } from "./schema.js";

const asMarkup = (state, node) => { state.write(writeBlock(node)); state.closeBlock(node); };
const pair = (text) => ({ open: text, close: text, mixable: true, expelEnclosingWhitespace: true });
const title = (words) => words ? ` "${words.replace(/"/g, "\\\"")}"` : "";
const address = (href) => /[\s()<>]/.test(href) || href === "" ? `<${href.replace(/[<>]/g, encodeURIComponent)}>` : href;

const serializer = new MarkdownSerializer({
  paragraph: (state, node) => { state.renderInline(node); state.closeBlock(node); },
  heading: (state, node) => { state.write(`${"#".repeat(node.attrs.level)} `); state.renderInline(node, false); state.closeBlock(node); },
  blockquote: (state, node) => state.wrapBlock("> ", null, node, () => state.renderContent(node)),
  pullquote: asMarkup, gallery: asMarkup, marker: asMarkup,
  // A bare address is a card only where it is a paragraph of the text itself.
  embed: (state, node, parent) => {
    if (parent.type !== nodes.doc || node.attrs.title !== cardTitle(node.attrs.href) || /[<>]/.test(node.attrs.href)) return asMarkup(state, node);
    state.write(isBareWhole(node.attrs.href) ? node.attrs.href : `<${node.attrs.href}>`);
    state.closeBlock(node);
  },
  codeBlock: (state, node) => {
    const fence = "`".repeat(Math.max(3, ...[...node.textContent.matchAll(/`{3,}/g)].map((m) => m[0].length + 1)));
    state.write(`${fence}${node.attrs.language}\n`);
    state.text(node.textContent, false);
    if (node.textContent) state.write("\n");
    state.write(fence);
    state.closeBlock(node);
  },
  rule: (state, node) => { state.write("---"); state.closeBlock(node); },
  bulletList: (state, node) => state.renderList(node, "  ", () => `${node.attrs.bullet} `),
  orderedList: (state, node) => {
    const width = String(node.attrs.order + node.childCount - 1).length;
    state.renderList(node, " ".repeat(width + 2), (i) => `${node.attrs.order + i}. `.padEnd(width + 2));
  },
  listItem: (state, node) => state.renderContent(node),
  figure: (state, node) => {
    const a = node.attrs;
    if (node.content.size > 0 || a.focus || a.href !== null || a.image || a.more || a.width !== null) asMarkup(state, node);
    else { state.write(picture(state, a)); state.closeBlock(node); }
  },
  footnote: (state, node) => { state.write(`[^${node.attrs.label}]: `); state.renderInline(node, false); state.closeBlock(node); },
  table: (state, node) => isPipeTable(node) ? pipeTable(state, node) : asMarkup(state, node),
  raw: (state, node) => { state.write(node.attrs.text); state.closeBlock(node); },
  text: (state, node) => {
    // A bare address is linked as it stands; a backslash in it would break it.
    const link = node.marks.find((m) => m.type === marks.link);
    state.text(node.text, !(link?.attrs.auto && link.attrs.href === node.text));
  },
  hardBreak: (state, node, parent, index) => {
    for (let i = index + 1; i < parent.childCount; i++) if (parent.child(i).type !== node.type) { state.write("\\\n"); return; }
  },
  image: (state, node) => state.write(picture(state, node.attrs)),
  footnoteRef: (state, node) => state.write(`[^${node.attrs.label}]`),
  rawInline: (state, node) => state.write(node.attrs.text),
}, {
  em: pair("*"), strong: pair("**"), strike: pair("~~"), ins: pair("++"), highlight: pair("=="), sub: pair("~"), sup: pair("^"),
  link: {
    open: (state, mark, parent, index) => isBare(mark, parent, index) ? "" : "[",
    close: (state, mark, parent, index) => isBare(mark, parent, index - 1) ? "" : `](${address(mark.attrs.href)}${title(mark.attrs.title)})`,
    mixable: true,
  },
  phrase: { open: (state, mark) => `<${mark.attrs.tag}${Object.entries(mark.attrs.more ?? {}).map(([n, v]) => ` ${n}="${String(v).replace(/&/g, "&amp;").replace(/"/g, "&quot;")}"`).join("")}>`, close: (state, mark) => `</${mark.attrs.tag}>` },
  code: {
    open: (state, mark, parent, index) => ticks(parent.child(index), -1),
    close: (state, mark, parent, index) => ticks(parent.child(index - 1), 1),
    escape: false,
  },
}, { hardBreakNodeName: "hardBreak", escapeExtraCharacters: /<(?=[a-zA-Z/!?])|&(?=#?\w+;)|\^|\||(?<==)=|(?<=\+)\+/g });

const isBare = (mark, parent, index) => mark.attrs.auto && parent.child(index).isText && parent.child(index).text === mark.attrs.href && parent.child(index).marks.length === 1;

function ticks(node, side) {
  let longest = 0;
  for (const run of node.text?.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || /^ .* $/.test(node.text ?? "") ? " " : "";
  return side < 0 ? fence + space : space + fence;
}

const picture = (state, a) => `![${state.esc(a.alt)}](${address(a.src)}${title(a.title)})`;

function isPipeTable(table) {
  if (table.attrs.more) return false;
  let isPlain = true;
  table.forEach((row, _, at) => row.forEach((cell) => {
    const words = cell.firstChild;
    if ((at === 0) !== (cell.type === nodes.table_header) || cell.childCount !== 1 || cell.attrs.colspan > 1 || cell.attrs.rowspan > 1) isPlain = false;
    words.forEach((n) => { if (n.type === nodes.hardBreak) isPlain = false; });
  }));
  return isPlain && table.childCount > 1;
}

function pipeTable(state, table) {
  const words = (cell) => serializer.serialize(nodes.doc.create(null, cell.firstChild)).trim().replace(/\n/g, " ");
  table.forEach((row, _, at) => {
    const cells = [];
    row.forEach((cell) => cells.push(words(cell)));
    state.write(`| ${cells.join(" | ")} |`);
    if (at === 0) {
      const lines = [];
      row.forEach((cell) => lines.push({ left: ":---", right: "---:", center: ":---:" }[cell.attrs.align] ?? "---"));
      state.write("\n");
      state.write(`| ${lines.join(" | ")} |`);
    }
    if (at < table.childCount - 1) state.write("\n");
  });
  state.closeBlock(table);
}

export const writeMarkdown = (node) => serializer.serialize(nodes.doc.create(null, node)).replace(/\n+$/, "");
