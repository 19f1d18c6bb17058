// From markup to the editor's nodes. Reading is strict: what would not be written back as the same tree is not read at all, and
// stays as it is written.
import { embedOf, figureOf, footnoteOf, tableOf } from "./html-figures.js";
import { attributes, canonical, filled, parse, plain, traceless, unreadable } from "./markup.js";
import { marks, nodes, schema } from "./schema.js";
import { writeBlock, writeInline } from "./html-write.js";

const phrases = new Set("abbr bdi bdo cite dfn kbd q samp small span time u var".split(" "));
const simple = { em: ["em", "tag"], i: ["em", "tag"], strong: ["strong", "tag"], b: ["strong", "tag"], del: ["strike", "tag"], s: ["strike", "tag"], ins: ["ins"], mark: ["highlight"], sub: ["sub"], sup: ["sup"], code: ["code"] };

/** The one node that this markup is, or null where the editor cannot hold it without loss.
 * @param {{breaks?: boolean}} how breaks: a line's end is a break (WordPress's classic text). */
export function readBlock(markup, how = {}) {
  if (traceless.test(markup)) return null;
  const body = parse(markup);
  try {
    const found = blocksOf(body, how);
    if (found.length !== 1) return null;
    return how.breaks || canonical(body) === canonical(parse(writeBlock(found[0]))) ? found[0] : null;
  } catch (reason) {
    if (reason === unreadable) return null;
    throw reason;
  }
}

/** Loose words as a paragraph without <p>. */
export function readLoose(markup, how = {}) {
  if (traceless.test(markup)) return null;
  const body = parse(markup);
  try {
    const node = nodes.paragraph.create({ bare: true }, inlines(body.childNodes, [], how));
    return node.content.size > 0 && canonical(body, how.breaks) === canonical(parse(writeInline(node, how)), how.breaks) ? node : null;
  } catch (reason) {
    if (reason === unreadable) return null;
    throw reason;
  }
}

export function blocksOf(parent, how) {
  const found = [];
  let loose = [];
  const flush = () => {
    if (loose.some((n) => n.nodeType !== 3 || n.data.trim() !== "")) found.push(nodes.paragraph.create({ bare: true }, inlines(loose, [], how)));
    loose = [];
  };
  for (const child of parent.childNodes) {
    const block = child.nodeType === 1 ? blockOf(child, how) : null;
    if (block === null) { loose.push(child); continue; }
    flush();
    found.push(block);
  }
  flush();
  return found;
}

function blockOf(element, how) {
  const name = element.localName;
  switch (name) {
    case "p": return embedOf(element) ?? footnoteOf(element, how) ?? nodes.paragraph.create({ more: attributes(element) }, inlines(element.childNodes, [], how));
    case "h1": case "h2": case "h3": case "h4": case "h5": case "h6": return nodes.heading.create({ level: +name[1], more: attributes(element) }, inlines(element.childNodes, [], how));
    case "blockquote": return nodes.blockquote.create({ more: attributes(element) }, filled(blocksOf(element, how)));
    case "ul": case "ol": return listOf(element, how);
    case "hr": return nodes.rule.create({ more: attributes(element) });
    case "pre": return codeOf(element);
    case "figure": return figureOf(element, how);
    case "table": return tableOf(element, how);
    default:
      if (/^(address|article|aside|center|dd|details|div|dl|dt|fieldset|footer|form|header|iframe|main|nav|section|script|style|noscript|video|audio|object)$/.test(name)) throw unreadable;
      return null;
  }
}

function listOf(list, how) {
  const isOrdered = list.localName === "ol";
  const items = [...list.childNodes].filter((n) => n.nodeType !== 3 || n.data.trim() !== "").map((item) => {
    if (item.localName !== "li") throw unreadable;
    const blocks = blocksOf(item, how);
    if (blocks.length === 0) blocks.push(nodes.paragraph.create({ bare: true }));
    if (blocks[0].type !== nodes.paragraph) throw unreadable;
    return nodes.listItem.create({ more: attributes(item) }, blocks);
  });
  const start = isOrdered ? Number(list.getAttribute("start") ?? 1) : 1;
  if (!Number.isInteger(start)) throw unreadable;
  return (isOrdered ? nodes.orderedList : nodes.bulletList).create({ more: attributes(list, "start"), ...(isOrdered ? { order: start } : {}) }, filled(items));
}

function codeOf(pre) {
  const code = pre.childNodes.length === 1 && pre.firstChild.localName === "code" ? pre.firstChild : null;
  const holder = code ?? pre;
  if ([...holder.childNodes].some((n) => n.nodeType !== 3)) throw unreadable;
  const language = code ? /^language-([-+#\w]+)$/.exec(code.className)?.[1] ?? "" : "";
  if (code && attributes(code, language ? "class" : "")) throw unreadable;
  const words = holder.textContent;
  return nodes.codeBlock.create({ language, wrapped: code !== null, more: attributes(pre) }, words ? schema.text(words) : null);
}

export function inlines(list, active, how) {
  const found = [];
  for (const node of list) {
    if (node.nodeType === 3) {
      if (how.breaks) {
        node.data.split("\n").forEach((line, i) => {
          if (i > 0) found.push(nodes.hardBreak.create());
          if (line) found.push(schema.text(line, active));
        });
      } else {
        if (how.classic && /\S\s*\n\s*\S/.test(node.data)) throw unreadable;
        const words = node.data.replace(/[ \t\n\r\f]+/g, " ");
        if (words) found.push(schema.text(words, active));
      }
      continue;
    }
    if (node.nodeType !== 1) throw unreadable;
    found.push(...inlineOf(node, active, how));
  }
  return active.length === 0 ? trimmed(found) : found;
}

function inlineOf(element, active, how) {
  const name = element.localName;
  if (name === "br") { plain(element); return [nodes.hardBreak.create(null, null, active)]; }
  if (name === "img") return [nodes.image.create({ src: element.getAttribute("src") ?? "", alt: element.getAttribute("alt") ?? "", title: element.getAttribute("title"), more: attributes(element, "src", "alt", "title") }, null, active)];
  if (name === "sup" && element.classList.contains("footnote-ref")) {
    const label = /^fnref:(.+)$/.exec(element.id)?.[1];
    if (!label) throw unreadable;
    return [nodes.footnoteRef.create({ label }, null, active)];
  }
  let mark;
  if (name === "a") mark = marks.link.create({ href: element.getAttribute("href") ?? "", title: element.getAttribute("title"), more: attributes(element, "href", "title") });
  else if (Object.hasOwn(simple, name)) {
    plain(element);
    mark = marks[simple[name][0]].create(simple[name][1] ? { tag: name } : null);
  } else if (phrases.has(name)) mark = marks.phrase.create({ tag: name, more: attributes(element) });
  else throw unreadable;
  if (element.childNodes.length === 0 || mark.isInSet(active)) throw unreadable;
  return inlines(element.childNodes, mark.addToSet(active), how);
}

// A paragraph's outer spaces show nowhere.
function trimmed(list) {
  const first = list[0];
  if (first?.isText && first.text.startsWith(" ")) list[0] = first.text.trimStart() ? schema.text(first.text.trimStart(), first.marks) : null;
  const last = list.at(-1);
  if (last?.isText && last.text.endsWith(" ")) list[list.length - 1] = last.text.trimEnd() ? schema.text(last.text.trimEnd(), last.marks) : null;
  return list.filter(Boolean);
}
