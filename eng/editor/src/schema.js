// What a text may hold here. Every block that stands at the top knows which passage of the source it came from (origin), so that
// what nobody touched is written back byte for byte.
import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";

// origin: index of the source passage, null for what is new. more: attributes that the editor does not use but keeps. frame: the
// comments that WordPress's blocks stand between.
const kept = { origin: { default: null }, more: { default: null }, frame: { default: null } };

export const focusPoints = ["top-left", "top", "top-right", "left", "", "right", "bottom-left", "bottom", "bottom-right"];

const tables = tableNodes({ tableGroup: "block", cellContent: "paragraph+", cellAttributes: { align: { default: null, getFromDOM: (cell) => /has-text-align-(left|right|center)/.exec(cell.className)?.[1] ?? null, setDOMAttr: (value, attrs) => { if (value) attrs.class = `has-text-align-${value}`; } } } });
tables.table = { ...tables.table, attrs: { ...tables.table.attrs, ...kept } };

const figure = (dom) => {
  const image = dom.querySelector("img");
  return image ? { src: image.getAttribute("src") ?? "", alt: image.getAttribute("alt") ?? "", width: image.getAttribute("width"), height: image.getAttribute("height"), focus: /is-style-focus-([a-z-]+)/.exec(image.className)?.[1] ?? "" } : false;
};

// The editor shows nothing that would run or load by itself.
const safe = (href) => /^(?:https?:|mailto:|[/#?.]|[^:]*$)/i.test(href ?? "") ? href : null;
// Of the classes that the page knows, those that place something.
const placed = (more) => `${more?.class ?? ""} ${/text-align:\s*(left|right|center)/i.exec(more?.["data-own-style"] ?? more?.style ?? "")?.[0].replace(/text-align:\s*/i, "has-text-align-").toLowerCase() ?? ""}`.split(/\s+/).filter((name) => /^(align(left|right|center|wide|full)|has-text-align-(left|right|center))$/.test(name));
/** How a block stands on the page: its side, and its direction where it says one. @param {string[]} own more classes */
export const looks = (more, ...own) => {
  const names = [...own, ...placed(more)].filter(Boolean);
  return { ...(names.length ? { class: names.join(" ") } : {}), ...(more?.dir ? { dir: more.dir } : {}) };
};
// A list's marks and a quotation's bar stand at the side of their first letter.
const turned = (more) => ({ dir: "auto", ...looks(more) });
const shown = (more) => Object.fromEntries(Object.entries(more ?? {}).filter(([name]) => ["lang", "dir", "title", "datetime"].includes(name)));

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    // bare: its words stand without <p> in the source.
    paragraph: { content: "inline*", group: "block", attrs: { ...kept, bare: { default: false } }, parseDOM: [{ tag: "p" }], toDOM: (node) => ["p", looks(node.attrs.more), 0] },
    heading: {
      content: "inline*", group: "block", defining: true, attrs: { ...kept, level: { default: 2 } },
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.max(2, Math.min(level, 4)) } })),
      toDOM: (node) => [`h${node.attrs.level}`, looks(node.attrs.more), 0],
    },
    blockquote: { content: "block+", group: "block", defining: true, attrs: kept, parseDOM: [{ tag: "blockquote" }], toDOM: (node) => ["blockquote", turned(node.attrs.more), 0] },
    pullquote: {
      content: "paragraph+", group: "block", defining: true, attrs: kept,
      parseDOM: [{ tag: "figure.wp-block-pullquote", contentElement: "blockquote" }], toDOM: (node) => ["figure", looks(node.attrs.more, "wp-block-pullquote"), ["blockquote", 0]],
    },
    codeBlock: {
      content: "text*", marks: "", group: "block", code: true, defining: true, attrs: { ...kept, language: { default: "" }, wrapped: { default: true } },
      parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", { spellcheck: "false" }, ["code", 0]],
    },
    rule: { group: "block", attrs: kept, parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    bulletList: { content: "listItem+", group: "block", attrs: { ...kept, tight: { default: true }, bullet: { default: "-" } }, parseDOM: [{ tag: "ul" }], toDOM: (node) => ["ul", turned(node.attrs.more), 0] },
    orderedList: {
      content: "listItem+", group: "block", attrs: { ...kept, tight: { default: true }, order: { default: 1 } },
      parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ order: dom.hasAttribute("start") ? +dom.getAttribute("start") : 1 }) }], toDOM: (node) => ["ol", { ...turned(node.attrs.more), ...(node.attrs.order === 1 ? {} : { start: node.attrs.order }) }, 0],
    },
    listItem: { content: "paragraph block*", defining: true, attrs: { more: { default: null } }, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    // Its words are the caption.
    figure: {
      content: "inline*", group: "block", isolating: true, draggable: true,
      attrs: { ...kept, src: {}, alt: { default: "" }, width: { default: null }, height: { default: null }, focus: { default: "" }, image: { default: null }, href: { default: null }, link: { default: null } },
      parseDOM: [{ tag: "figure", getAttrs: figure, contentElement: (dom) => dom.querySelector("figcaption") ?? dom.ownerDocument.createElement("p") }],
      toDOM: (node) => ["figure", ["img", { src: node.attrs.src, alt: node.attrs.alt, class: node.attrs.focus ? `is-style-focus-${node.attrs.focus}` : null }], ["figcaption", 0]],
    },
    gallery: { group: "block", atom: true, draggable: true, attrs: { ...kept, columns: { default: 3 }, items: { default: [] } }, toDOM: () => ["figure", { class: "gallery" }] },
    embed: { group: "block", atom: true, draggable: true, attrs: { ...kept, href: {}, title: {} }, toDOM: (node) => ["p", { class: "card" }, ["span", node.attrs.title], ["small", node.attrs.href]] },
    // <!--more--> and <!--nextpage-->.
    marker: { group: "block", atom: true, attrs: { ...kept, text: { default: "more" } }, toDOM: (node) => ["p", { class: "marker" }, node.attrs.text === "nextpage" ? "next page" : node.attrs.text === "more" ? "read more" : node.attrs.text.slice(5)] },
    footnote: { content: "inline*", group: "block", defining: true, attrs: { ...kept, label: {} }, toDOM: (node) => ["p", { class: "footnote", "data-label": node.attrs.label }, 0] },
    // What this editor cannot hold stays as it is written.
    raw: { group: "block", atom: true, draggable: true, attrs: { ...kept, text: {} }, toDOM: (node) => ["pre", { class: "raw" }, node.attrs.text] },
    ...tables,
    text: { group: "inline" },
    hardBreak: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    image: {
      inline: true, group: "inline", draggable: true, attrs: { src: {}, alt: { default: "" }, title: { default: null }, more: { default: null } },
      parseDOM: [{ tag: "img[src]", getAttrs: (dom) => ({ src: dom.getAttribute("src"), alt: dom.getAttribute("alt") ?? "" }) }], toDOM: (node) => ["img", { ...looks(node.attrs.more), src: node.attrs.src, alt: node.attrs.alt }],
    },
    footnoteRef: { inline: true, group: "inline", atom: true, attrs: { label: {} }, toDOM: (node) => ["sup", { class: "footnote-ref" }, node.attrs.label] },
    rawInline: { inline: true, group: "inline", atom: true, attrs: { text: {} }, toDOM: (node) => ["code", { class: "raw" }, node.attrs.text] },
  },
  marks: {
    // auto: the address alone, which Markdown links by itself.
    link: {
      attrs: { href: {}, title: { default: null }, auto: { default: false }, more: { default: null } }, inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href"), title: dom.getAttribute("title") }) }], toDOM: (mark) => ["a", { href: safe(mark.attrs.href), title: mark.attrs.title }, 0],
    },
    // Whatever else may stand within a line: <cite>, <span lang>, <kbd>.
    phrase: { attrs: { tag: {}, more: { default: null } }, excludes: "", toDOM: (mark) => [mark.attrs.tag, shown(mark.attrs.more), 0] },
    em: { attrs: { tag: { default: "em" } }, parseDOM: [{ tag: "em" }, { tag: "i", attrs: { tag: "i" } }], toDOM: (mark) => [mark.attrs.tag, 0] },
    strong: { attrs: { tag: { default: "strong" } }, parseDOM: [{ tag: "strong" }, { tag: "b", attrs: { tag: "b" } }], toDOM: (mark) => [mark.attrs.tag, 0] },
    strike: { attrs: { tag: { default: "del" } }, parseDOM: [{ tag: "del" }, { tag: "s", attrs: { tag: "s" } }, { tag: "strike" }], toDOM: (mark) => [mark.attrs.tag, 0] },
    ins: { parseDOM: [{ tag: "ins" }], toDOM: () => ["ins", 0] },
    highlight: { parseDOM: [{ tag: "mark" }], toDOM: () => ["mark", 0] },
    sub: { excludes: "sub sup", parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
    sup: { excludes: "sub sup", parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
    code: { excludes: "", parseDOM: [{ tag: "code" }], toDOM: () => ["code", { spellcheck: "false" }, 0] },
  },
});

export const { nodes, marks } = schema;
