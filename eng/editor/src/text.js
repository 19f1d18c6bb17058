// A whole body: read into blocks that know their passage of the source, written back so that untouched passages stay byte for byte.
import { readBlock, readLoose } from "./html-read.js";
import { writeBlock } from "./html-write.js";
import { marker, readMarkdown } from "./markdown-read.js";
import { writeMarkdown } from "./markdown-write.js";
import { canonical, parse } from "./markup.js";
import { passagesOf } from "./passages.js";
import { nodes } from "./schema.js";

/** @param {"markdown"|"html"|"wordpress"} format
 * @returns {{doc: import("prosemirror-model").Node, source: Source}} */
export function readText(text, format) {
  const found = format === "markdown" ? readMarkdown(text) : readMarkup(text, format);
  const origins = [];
  const list = found.map(({ node, start, end }, i) => {
    const own = node.type.create({ ...node.attrs, origin: i }, node.content, node.marks);
    origins.push({ node: own, text: text.slice(start, end), gap: text.slice(end, found[i + 1]?.start ?? text.length) });
    return own;
  });
  const lead = text.slice(0, found[0]?.start ?? text.length);
  return { doc: nodes.doc.create(null, list.length ? list : nodes.paragraph.create()), source: { format, lead, origins, isBlocks: /<!--\s*wp:/.test(text) } };
}

function readMarkup(text, format) {
  const isClassic = format === "wordpress" && !/<!--\s*wp:/.test(text);
  return passagesOf(text).flatMap((passage) => {
    const words = text.slice(passage.start, passage.end);
    if (passage.kind === "loose" && isClassic) return paragraphs(words, passage.start);
    return [{ ...passage, node: nodeOf(passage, words, isClassic) ?? nodes.raw.create({ text: words }) }];
  });
}

function nodeOf(passage, words, isClassic) {
  if (passage.kind === "comment") return marker(words);
  if (passage.kind === "loose") return readLoose(words);
  if (passage.kind === "block") return readBlock(words, { classic: isClassic });
  const parts = /^(<!--\s*wp:(?:paragraph|heading|image|list|quote|separator|preformatted|code|pullquote|table)\b[\s\S]*?-->)(\s*)([\s\S]*?)(\s*)(<!--\s*\/wp:[\s\S]*?-->)$/.exec(words);
  if (!parts || parts[3].includes("<!--")) return null;
  const node = readBlock(parts[3]);
  return node && node.type.create({ ...node.attrs, frame: [parts[1], parts[5], node.type.name, node.attrs.level ?? null] }, node.content);
}

// Classic text: an empty line parts paragraphs, a line's end is a break, a shortcode alone is none.
function paragraphs(words, start) {
  return [...words.matchAll(/\S[\s\S]*?(?=\n[ \t]*\n|\s*$)/g)].map((m) => {
    const text = m[0];
    const isShortcode = /^\[[\w-]+[^\]]*\][\s\S]*$/.test(text) && !/^\[\[/.test(text);
    return { start: start + m.index, end: start + m.index + text.length, node: (isShortcode ? null : readLoose(text, { breaks: true })) ?? nodes.raw.create({ text }) };
  });
}

/** @param {Source} source as it was read */
export function writeText(doc, source) {
  const { origins, format } = source;
  const parts = [];
  doc.forEach((node) => {
    const origin = node.attrs.origin === null ? undefined : origins[node.attrs.origin];
    if (origin && origin.node.eq(node)) parts.push({ text: origin.text, at: node.attrs.origin, isNew: false });
    else if (!isEmpty(node)) parts.push({ text: write(node, source), at: origin ? node.attrs.origin : -2, isNew: true });
  });
  // A passage that was parted in two has its place once: the last of them goes on to what followed.
  parts.forEach((part, i) => { if (part.isNew && parts[i + 1]?.at === part.at) part.at = -2; });
  const blank = format === "html" ? "\n" : "\n\n";
  return parts.map((part, i) => {
    const next = parts[i + 1];
    const gap = origins[part.at]?.gap;
    if (!next) return part.text + (part.at === origins.length - 1 ? gap : /\s*$/.exec(origins.at(-1)?.gap ?? "")[0]);
    const isEnough = !part.isNew && !next.isNew ? true : format === "html" ? gap?.includes("\n") : /\n[ \t]*\n/.test(gap);
    if (part.at >= 0 && next.at === part.at + 1 && isEnough) return part.text + gap;
    return part.text + blank;
  }).reduce((all, text) => all + text, parts.length ? source.lead : "");
}

const isEmpty = (node) => node.type === nodes.paragraph && node.content.size === 0;

function write(node, { format, isBlocks }) {
  if (format === "markdown") return asMarkdown(node);
  if (Array.isArray(node.attrs.frame)) {
    const [open, close, name, level] = node.attrs.frame;
    if (node.type.name === name && (node.attrs.level ?? null) === level) return `${open}\n${writeBlock(node)}\n${close}`;
  }
  const isClassic = format === "wordpress" && !isBlocks;
  if (isClassic && node.type === nodes.paragraph && !node.attrs.more && (node.attrs.bare || node.attrs.origin === null)) return writeBlock(node.type.create({ bare: true }, node.content), { breaks: true });
  return writeBlock(node);
}

/** Markdown, or markup where Markdown would be read as something else: **bold.**then, without a space between. */
function asMarkdown(node) {
  if (node.attrs.frame === "markup") return writeBlock(node);
  const text = writeMarkdown(node);
  if (node.type === nodes.raw) return text;
  const again = readMarkdown(text, new Set([...text.matchAll(/\[\^([^\]\s]+)\]/g)].map((m) => m[1])));
  return again.length === 1 && bones(again[0].node) === bones(node) ? text : writeBlock(node);
}

// Spaces at the edges of marks go where Markdown allows them, and it has one kind of bold.
const tags = { b: "strong", i: "em", s: "del" };
const bones = (node) => canonical(parse(writeBlock(node))).replace(/<([bis]) >/g, (_, name) => `<${tags[name]} >`).replace(/\s*(<[^>]*>)\s*/g, "$1").replace(/ id=\S+/g, "");

/** The whole text in the other format, or the number of passages that have none there. */
export function convert(doc, format) {
  let unknown = 0;
  doc.descendants((node) => { if (node.type === nodes.raw || node.type === nodes.rawInline) unknown++; });
  if (unknown > 0) return { unknown };
  const parts = [];
  doc.forEach((node) => { if (!isEmpty(node)) parts.push(write(node.type.create({ ...node.attrs, bare: false, origin: null, frame: null }, node.content), { format, isBlocks: true })); });
  return { text: parts.length ? `${parts.join("\n\n")}\n` : "" };
}
