// Pictures, galleries, cards, notes and tables, read from markup.
import { blocksOf, inlines } from "./html-read.js";
import { attributes, filled, plain, unreadable } from "./markup.js";
import { nodes } from "./schema.js";

export function figureOf(figure, how) {
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

export function embedOf(paragraph) {
  const link = paragraph.childNodes.length === 1 ? paragraph.firstElementChild : null;
  if (link?.localName !== "a" || link.className !== "embed-link" || attributes(link, "class", "href") || [...link.childNodes].some((n) => n.nodeType !== 3)) return null;
  plain(paragraph);
  return nodes.embed.create({ href: link.getAttribute("href") ?? "", title: link.textContent });
}

// <p class="footnote" id="fn:1"><a class="footnote-back-ref" href="#fnref:1" role="doc-backlink">1</a> words</p>
export function footnoteOf(paragraph, how) {
  const label = /^fn:(.+)$/.exec(paragraph.id)?.[1];
  const back = paragraph.firstElementChild;
  if (!label || paragraph.className !== "footnote" || back !== paragraph.firstChild || back?.localName !== "a") return null;
  return nodes.footnote.create({ label }, inlines([...paragraph.childNodes].slice(1), [], how));
}

export function tableOf(table, how) {
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
