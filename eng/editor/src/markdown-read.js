// From Markdown to the editor's nodes. What is not read alike on both sides stays as it is written.
import { cardTitle, isBareWhole } from "./cards.js";
import { readBlock } from "./html-read.js";
import { parser } from "./markdown-parser.js";
import { writeMarkdown } from "./markdown-write.js";
import { passagesOf } from "./passages.js";
import { marks, nodes, schema } from "./schema.js";

/** @param {Set<string>} labels of the notes that there are
 * @returns {{node: import("prosemirror-model").Node, start: number, end: number}[]} */
export function readMarkdown(text, labels = new Set([...text.matchAll(/^ {0,3}\[\^([^\]\s]+)\]:/gm)].map((m) => m[1]))) {
  const env = { labels };
  const tokens = parser.parse(text, env);
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  starts.push(text.length + (text.endsWith("\n") ? 0 : 1));
  const offset = (line) => Math.min(starts[Math.min(line, starts.length - 1)], text.length);
  const found = [];
  let done = 0;
  const between = (from, to) => {
    for (const stretch of text.slice(from, to).matchAll(/\S[\s\S]*?(?=\n[ \t]*\n|\s*$)/g)) add(from + stretch.index, from + stretch.index + stretch[0].length, null);
  };
  const add = (from, to, list) => {
    const source = text.slice(from, to);
    const lead = /^\s*\n/.exec(source)?.[0].length ?? 0;
    const node = list && readChecked(source.slice(lead), list, env);
    found.push({ node: node ?? nodes.raw.create({ text: source.slice(lead).trimEnd() }), start: from + lead, end: from + source.trimEnd().length });
  };
  for (let at = 0; at < tokens.length;) {
    let end = at;
    for (let depth = 0; end < tokens.length; end++) {
      depth += tokens[end].nesting;
      if (depth === 0) break;
    }
    const [first, last] = tokens[at].map ?? [0, 0];
    between(done, offset(first));
    add(offset(first), offset(last), tokens.slice(at, end + 1));
    done = offset(last);
    at = end + 1;
  }
  between(done, text.length);
  return found;
}

const unreadable = Symbol("unreadable");
const flat = (html) => html.replace(/[ \t\n]+/g, " ").replace(/> </g, "><").replace(/ ?<br> ?/g, "<br>").trim();

function readChecked(source, tokens, env) {
  const kind = tokens[0].type;
  if (kind === "html_block") {
    const passages = passagesOf(source);
    const node = passages.length === 1 && !/\n[ \t]*\n/.test(source) ? readBlock(source) ?? marker(source) : null;
    if (!node || [nodes.figure, nodes.gallery, nodes.embed, nodes.pullquote, nodes.marker].includes(node.type)) return node;
    // What stands as markup among Markdown goes on as markup.
    return node.attrs.bare ? null : node.type.create({ ...node.attrs, frame: "markup" }, node.content);
  }
  // Definition lists, abbreviations and grid lines are Markdig's; this parser takes them for words.
  if (kind !== "fence" && kind !== "code_block" && (/^[ \t]*(?::[ \t]|\*\[[^\]]+\]:)/m.test(source) || (kind === "paragraph_open" && /^.*\|.*\n[ \t|:-]*-[ \t|:-]*$/m.test(source)))) return null;
  try {
    const [blocks] = blocksOf(tokens, 0, tokens.length);
    if (blocks.length !== 1) return null;
    const again = parser.render(writeMarkdown(blocks[0]), { ...env });
    return flat(again) === flat(parser.render(source, { ...env })) ? blocks[0] : null;
  } catch (reason) {
    if (reason === unreadable) return null;
    throw reason;
  }
}

export function marker(source) {
  const text = /^<!--((?:more(?: [^<>&"]*)?|nextpage))-->$/.exec(source.trim())?.[1];
  return text ? nodes.marker.create({ text }) : null;
}

const closing = (tokens, at) => {
  let depth = 0;
  for (let i = at; ; i++) if ((depth += tokens[i].nesting) === 0) return i;
};

function blocksOf(tokens, from, to) {
  const found = [];
  let isTight = false;
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (token.nesting === 0 || token.type === "inline") {
      if (token.type === "fence" || token.type === "code_block") {
        const words = token.content.replace(/\n$/, "");
        const language = token.info.trim();
        if (!/^[-+#\w]*$/.test(language)) throw unreadable;
        found.push(nodes.codeBlock.create({ language }, words ? schema.text(words) : null));
      } else if (token.type === "hr") found.push(nodes.rule.create());
      else if (token.type === "footnote" && !token.meta.isLong) found.push(nodes.footnote.create({ label: token.meta.label }, inlines(token.children)));
      else throw unreadable;
      continue;
    }
    const end = closing(tokens, at);
    const inner = () => {
      const [blocks, tight] = blocksOf(tokens, at + 1, end);
      isTight ||= tight;
      return blocks;
    };
    switch (token.type) {
      case "paragraph_open": {
        if (token.hidden) isTight = true;
        const words = inlines(tokens[at + 1].children);
        // A picture alone in its line is a figure without a caption.
        const only = words.length === 1 && words[0].type === nodes.image && words[0].attrs.title === null && words[0].marks.length === 0 ? words[0] : null;
        const card = token.level === 0 ? cardOf(words, tokens[at + 1].children[0]?.markup === "autolink") : null;
        found.push(only && token.level === 0 ? nodes.figure.create({ src: only.attrs.src, alt: only.attrs.alt }) : card ?? nodes.paragraph.create(null, words));
        break;
      }
      case "heading_open": {
        found.push(nodes.heading.create({ level: +token.tag[1] }, inlines(tokens[at + 1].children)));
        break;
      }
      case "blockquote_open": found.push(nodes.blockquote.create(null, inner())); break;
      case "bullet_list_open": found.push(listOf(nodes.bulletList, { bullet: token.markup }, tokens, at, end)); break;
      case "ordered_list_open": found.push(listOf(nodes.orderedList, { order: Number(token.attrGet("start") ?? 1) }, tokens, at, end)); break;
      case "table_open": found.push(tableOf(tokens, at, end)); break;
      default: throw unreadable;
    }
    at = end;
  }
  return [found, isTight];
}

// The address of a film or a post elsewhere, alone in its paragraph, as the server reads it: in brackets, or bare and whole.
function cardOf(words, isBracketed) {
  const link = words.length === 1 && words[0].marks.length === 1 ? words[0].marks[0] : null;
  if (link?.type !== marks.link || !link.attrs.auto || words[0].text !== link.attrs.href) return null;
  const title = isBracketed || isBareWhole(link.attrs.href) ? cardTitle(link.attrs.href) : null;
  return title && nodes.embed.create({ href: link.attrs.href, title });
}

function listOf(type, attrs, tokens, from, to) {
  const found = [];
  let tight = false;
  for (let at = from + 1; at < to; at++) {
    const end = closing(tokens, at);
    const [blocks, isTight] = blocksOf(tokens, at + 1, end);
    tight ||= isTight;
    if (blocks.length === 0) blocks.push(nodes.paragraph.create());
    if (blocks[0].type !== nodes.paragraph) throw unreadable;
    found.push(nodes.listItem.create(null, blocks));
    at = end;
  }
  return type.create({ ...attrs, tight }, found);
}

function tableOf(tokens, from, to) {
  const rows = [];
  let cells = [];
  for (let at = from + 1; at < to; at++) {
    const token = tokens[at];
    if (token.type === "tr_open") cells = [];
    else if (token.type === "tr_close") rows.push(nodes.table_row.create(null, cells));
    else if (token.type === "th_open" || token.type === "td_open") {
      const align = /text-align:(left|right|center)/.exec(token.attrGet("style") ?? "")?.[1] ?? null;
      cells.push((token.type === "th_open" ? nodes.table_header : nodes.table_cell).create({ align }, nodes.paragraph.create(null, inlines(tokens[at + 1].children))));
    }
  }
  return nodes.table.create(null, rows);
}

const pairs = { em: () => marks.em.create(), strong: () => marks.strong.create(), s: () => marks.strike.create(), ins: () => marks.ins.create(), mark: () => marks.highlight.create(), sub: () => marks.sub.create(), sup: () => marks.sup.create() };

function inlines(tokens) {
  const found = [];
  let active = [];
  for (const token of tokens) {
    const [name, side] = token.type.split("_");
    switch (token.type) {
      case "text": case "text_special": if (token.content) found.push(schema.text(token.content, active)); break;
      case "softbreak": found.push(schema.text(" ", active)); break;
      case "hardbreak": found.push(nodes.hardBreak.create(null, null, active)); break;
      case "code_inline": found.push(schema.text(token.content, marks.code.create().addToSet(active))); break;
      case "link_open": active = marks.link.create({ href: token.attrGet("href") ?? "", title: token.attrGet("title"), auto: token.markup === "linkify" || token.markup === "autolink" }).addToSet(active); break;
      case "image": found.push(nodes.image.create({ src: token.attrGet("src") ?? "", alt: token.content, title: token.attrGet("title") }, null, active)); break;
      case "footnote_ref": found.push(nodes.footnoteRef.create({ label: token.meta.label }, null, active)); break;
      case "html_inline": found.push(nodes.rawInline.create({ text: token.content }, null, active)); break;
      case "link_close": active = active.filter((m) => m.type !== marks.link); break;
      default:
        if (!Object.hasOwn(pairs, name)) throw unreadable;
        if (side === "open") active = pairs[name]().addToSet(active);
        else active = active.filter((m) => m.type !== pairs[name]().type);
    }
  }
  return found;
}
