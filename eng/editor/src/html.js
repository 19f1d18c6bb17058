// Between markup and the editor's nodes. Reading is strict: what would not be written back as the same tree is not read at all, and
// stays as it is written.
import { marks, nodes, schema } from "./schema.js";

const unreadable = Symbol("unreadable");
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

// What a parser takes away without a trace in the tree.
const traceless = /<\/?(?:html|head|body|base|frameset)\b/i;
const parse = (markup) => new DOMParser().parseFromString(`<!doctype html><body>${markup}`, "text/html").body;

function attributes(element, ...known) {
  const more = {};
  for (const { name, value } of element.attributes) if (!known.includes(name)) more[name] = value;
  return Object.keys(more).length > 0 ? more : null;
}

function plain(element) {
  if (element.attributes.length > 0) throw unreadable;
}

function blocksOf(parent, how) {
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

function filled(blocks) {
  if (blocks.length === 0) throw unreadable;
  return blocks;
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

function figureOf(figure, how) {
  const parts = [...figure.children];
  if (figure.classList.contains("wp-block-pullquote") && parts.length === 1 && parts[0].localName === "blockquote" && parts[0].attributes.length === 0) {
    const words = filled(blocksOf(parts[0], how));
    if (words.some((w) => w.type !== nodes.paragraph)) throw unreadable;
    return nodes.pullquote.create({ more: attributes(figure) }, words);
  }
  if (figure.classList.contains("gallery")) return galleryOf(figure);
  const [first, caption] = parts;
  const link = first?.localName === "a" && first.children.length === 1 ? first : null;
  const image = link ? link.firstElementChild : first;
  if (image?.localName !== "img" || parts.length > 2 || (caption && (caption.localName !== "figcaption" || [...caption.attributes].some((a) => a.name !== "class" || a.value !== "wp-element-caption")))) throw unreadable;
  const focus = /(?:^|\s)is-style-focus-([a-z-]+)(?:\s|$)/.exec(image.className)?.[1] ?? "";
  const own = attributes(image, "src", "alt", "width", "height") ?? {};
  if (focus) own.class = image.className.replace(/\s*is-style-focus-[a-z-]+/, "").trim();
  if (own.class === "") delete own.class;
  return nodes.figure.create({
    src: image.getAttribute("src") ?? "", alt: image.getAttribute("alt") ?? "", width: image.getAttribute("width"), height: image.getAttribute("height"), focus, image: Object.keys(own).length ? own : null,
    href: link?.getAttribute("href") ?? null, link: link ? attributes(link, "href") : null, more: attributes(figure),
  }, caption ? inlines(caption.childNodes, [], how) : null);
}

function galleryOf(figure) {
  const list = figure.children.length === 1 ? figure.firstElementChild : null;
  const columns = /^gallery gallery-columns-([1-9])$/.exec(figure.className);
  if (list?.localName !== "ul" || !columns || figure.attributes.length > 1) throw unreadable;
  const items = [...list.children].map((item) => {
    const inner = item.firstElementChild;
    if (item.className !== "gallery-item" || inner?.localName !== "figure") throw unreadable;
    const image = inner.querySelector("img");
    const caption = inner.querySelector("figcaption");
    if (!image || attributes(image, "src", "alt", "class")) throw unreadable;
    return { src: image.getAttribute("src") ?? "", alt: image.getAttribute("alt") ?? "", focus: /is-style-focus-([a-z-]+)/.exec(image.className)?.[1] ?? "", caption: caption?.textContent ?? "" };
  });
  return nodes.gallery.create({ columns: +columns[1], items });
}

function embedOf(paragraph) {
  const link = paragraph.childNodes.length === 1 ? paragraph.firstElementChild : null;
  if (link?.localName !== "a" || link.className !== "embed-link" || attributes(link, "class", "href") || [...link.childNodes].some((n) => n.nodeType !== 3)) return null;
  plain(paragraph);
  return nodes.embed.create({ href: link.getAttribute("href") ?? "", title: link.textContent });
}

// <p class="footnote" id="fn:1"><a class="footnote-back-ref" href="#fnref:1" role="doc-backlink">1</a> words</p>
function footnoteOf(paragraph, how) {
  const label = /^fn:(.+)$/.exec(paragraph.id)?.[1];
  const back = paragraph.firstElementChild;
  if (!label || paragraph.className !== "footnote" || back !== paragraph.firstChild || back?.localName !== "a") return null;
  return nodes.footnote.create({ label }, inlines([...paragraph.childNodes].slice(1), [], how));
}

function tableOf(table, how) {
  const rows = [];
  for (const part of table.children) {
    if (!["thead", "tbody"].includes(part.localName)) throw unreadable;
    plain(part);
    for (const row of part.children) {
      plain(row);
      rows.push(nodes.table_row.create(null, filled([...row.children].map((cell) => {
        const align = /^has-text-align-(left|right|center)$/.exec(cell.className)?.[1] ?? null;
        if (attributes(cell, "colspan", "rowspan", align ? "class" : "")) throw unreadable;
        const words = blocksOf(cell, how);
        if (words.some((w) => w.type !== nodes.paragraph)) throw unreadable;
        return (cell.localName === "th" ? nodes.table_header : nodes.table_cell).create({ colspan: +(cell.getAttribute("colspan") ?? 1), rowspan: +(cell.getAttribute("rowspan") ?? 1), align }, words.length ? words : nodes.paragraph.create({ bare: true }));
      }))));
    }
  }
  return nodes.table.create({ more: attributes(table) }, filled(rows));
}

function inlines(list, active, how) {
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

/* ---- writing ---- */

const escape = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\u00a0/g, "&nbsp;");
const quoted = (value) => escape(String(value)).replace(/"/g, "&quot;");
const tag = (name, ...given) => {
  const all = Object.assign({}, ...given);
  return `<${name}${Object.entries(all).filter(([, v]) => v !== null && v !== undefined).map(([n, v]) => ` ${n}="${quoted(v)}"`).join("")}>`;
};

/** Clean markup of one block, which our sanitiser leaves as it is. No blank lines within, so that Markdown lets it through. */
export function writeBlock(node, how = {}) {
  const a = node.attrs;
  const more = a.more ?? {};
  switch (node.type) {
    case nodes.paragraph: return a.bare ? writeInline(node, how) : `${tag("p", more)}${writeInline(node)}</p>`;
    case nodes.heading: return `${tag(`h${a.level}`, more)}${writeInline(node)}</h${a.level}>`;
    case nodes.blockquote: return `${tag("blockquote", more)}\n${writeBlocks(node)}\n</blockquote>`;
    case nodes.pullquote: return `${tag("figure", { class: "wp-block-pullquote", ...more })}<blockquote>${writeBlocks(node)}</blockquote></figure>`;
    case nodes.codeBlock: return `${tag("pre", more)}${a.wrapped || a.language ? `${tag("code", a.language ? { class: `language-${a.language}` } : {})}${leading(escape(node.textContent))}</code>` : leading(escape(node.textContent), true)}</pre>`;
    case nodes.rule: return tag("hr", more);
    case nodes.bulletList: return `${tag("ul", more)}\n${items(node)}\n</ul>`;
    case nodes.orderedList: return `${tag("ol", a.order === 1 ? {} : { start: a.order }, more)}\n${items(node)}\n</ol>`;
    case nodes.figure: return writeFigure(node);
    case nodes.gallery: return writeGallery(node);
    case nodes.embed: return `<p>${tag("a", { class: "embed-link", href: a.href })}${escape(a.title)}</a></p>`;
    case nodes.marker: return `<!--${a.text}-->`;
    case nodes.footnote: return `${tag("p", { class: "footnote", id: `fn:${a.label}` })}${tag("a", { class: "footnote-back-ref", href: `#fnref:${a.label}`, role: "doc-backlink" })}${escape(a.label)}</a> ${writeInline(node)}</p>`;
    case nodes.table: return writeTable(node);
    case nodes.raw: return a.text;
    default: throw new Error(`No markup is known for ${node.type.name}.`);
  }
}

// A parser drops the first line's end in <pre>.
const leading = (words, direct = false) => direct && words.startsWith("\n") ? `\n${words}` : words;

function writeBlocks(node) {
  const found = [];
  node.forEach((child) => found.push(writeBlock(child)));
  return found.join("\n");
}

function items(list) {
  const found = [];
  list.forEach((item) => {
    const isBare = item.childCount === 1 && (item.firstChild.attrs.bare || list.attrs.tight);
    found.push(`${tag("li", item.attrs.more ?? {})}${isBare ? writeInline(item.firstChild) : writeBlocks(item)}</li>`);
  });
  return found.join("\n");
}

function writeFigure(node) {
  const a = node.attrs;
  const own = { ...(a.image ?? {}) };
  if (a.focus) own.class = [own.class, `is-style-focus-${a.focus}`].filter(Boolean).join(" ");
  const image = tag("img", { src: a.src, alt: a.alt, width: a.width, height: a.height }, own);
  const caption = node.content.size > 0 ? `<figcaption${(a.more?.class ?? "").includes("wp-block-image") ? " class=\"wp-element-caption\"" : ""}>${writeInline(node)}</figcaption>` : "";
  return `${tag("figure", a.more ?? {})}${a.href === null ? image : `${tag("a", { href: a.href }, a.link ?? {})}${image}</a>`}${caption}</figure>`;
}

function writeGallery(node) {
  const pictures = node.attrs.items.map((p) => `<li class="gallery-item"><figure>${tag("img", { src: p.src, alt: p.alt, class: p.focus ? `is-style-focus-${p.focus}` : null })}${p.caption ? `<figcaption>${escape(p.caption)}</figcaption>` : ""}</figure></li>`);
  return `${tag("figure", { class: `gallery gallery-columns-${node.attrs.columns}` })}<ul>${pictures.join("")}</ul></figure>`;
}

function writeTable(node) {
  const rows = [];
  node.forEach((row) => {
    let isHead = true;
    const cells = [];
    row.forEach((cell) => {
      const name = cell.type === nodes.table_header ? "th" : "td";
      if (name === "td") isHead = false;
      const words = cell.childCount === 1 ? writeInline(cell.firstChild) : writeBlocks(cell);
      cells.push(`${tag(name, { colspan: cell.attrs.colspan > 1 ? cell.attrs.colspan : null, rowspan: cell.attrs.rowspan > 1 ? cell.attrs.rowspan : null, class: cell.attrs.align ? `has-text-align-${cell.attrs.align}` : null })}${words}</${name}>`);
    });
    rows.push({ isHead, markup: `<tr>${cells.join("")}</tr>` });
  });
  const heads = rows.findIndex((r) => !r.isHead);
  const cut = heads < 0 ? rows.length : heads;
  const part = (name, list) => list.length ? `\n<${name}>\n${list.map((r) => r.markup).join("\n")}\n</${name}>` : "";
  return `${tag("table", node.attrs.more ?? {})}${part("thead", rows.slice(0, cut))}${part("tbody", rows.slice(cut))}\n</table>`;
}

const opening = (mark) => {
  const a = mark.attrs;
  switch (mark.type) {
    case marks.link: return tag("a", { href: a.href, title: a.title }, a.more ?? {});
    case marks.phrase: return tag(a.tag, a.more ?? {});
    default: return `<${nameOf(mark)}>`;
  }
};
const nameOf = (mark) => mark.type === marks.link ? "a" : mark.type === marks.highlight ? "mark" : mark.attrs.tag ?? mark.type.name;

/** @param {{breaks?: boolean}} how breaks: a line's end is a break. */
export function writeInline(parent, how = {}) {
  let out = "";
  let open = [];
  const turnTo = (wanted) => {
    let same = 0;
    while (same < open.length && same < wanted.length && open[same].eq(wanted[same])) same++;
    for (const mark of open.slice(same).reverse()) out += `</${nameOf(mark)}>`;
    for (const mark of wanted.slice(same)) out += opening(mark);
    open = wanted;
  };
  parent.forEach((node) => {
    turnTo(longest(node.marks, open));
    if (node.isText) out += escape(node.text);
    else if (node.type === nodes.hardBreak) out += how.breaks ? "\n" : "<br>";
    else if (node.type === nodes.image) out += tag("img", { src: node.attrs.src, alt: node.attrs.alt, title: node.attrs.title }, node.attrs.more ?? {});
    else if (node.type === nodes.footnoteRef) out += `${tag("sup", { class: "footnote-ref", id: `fnref:${node.attrs.label}` })}${tag("a", { href: `#fn:${node.attrs.label}`, role: "doc-noteref" })}${escape(node.attrs.label)}</a></sup>`;
    else out += node.attrs.text;
  });
  turnTo([]);
  return out;
}

// Marks that are open already stay outermost.
const longest = (wanted, open) => [...open.filter((m) => m.isInSet(wanted)), ...wanted.filter((m) => !m.isInSet(open))];

/** A tree as a line of text: the same for markup that means the same. */
export function canonical(node, breaks = false, inPre = false) {
  if (node.nodeType === 3) return inPre ? node.data : breaks ? node.data.replace(/[ \t]+/g, " ") : node.data.replace(/[ \t\n\r\f]+/g, " ");
  if (node.nodeType !== 1) return `<!${node.data}>`;
  const own = [...node.attributes].map((a) => `${a.name}=${JSON.stringify(a.value)}`).sort().join(" ");
  const isPre = inPre || node.localName === "pre";
  const inner = [...node.childNodes].map((n) => canonical(n, breaks, isPre)).join("");
  const isInline = /^(a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var)$/.test(node.localName);
  return isInline ? `<${node.localName} ${own}>${inner}</>` : `\n<${node.localName} ${own}>${isPre ? inner : inner.replace(/^ +| +$/g, "").replace(/ *(<br >) */g, "$1").replace(/ *(\n<|\n<\/>\n) */g, "$1")}\n</>\n`.replace(/\n\n+/g, "\n");
}
