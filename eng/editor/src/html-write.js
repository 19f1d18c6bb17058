// From the editor's nodes to clean markup, which our sanitiser leaves as it is.
import { withStyle } from "./markup.js";
import { marks, nodes } from "./schema.js";

const escape = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\u00a0/g, "&nbsp;");
const quoted = (value) => escape(String(value)).replace(/"/g, "&quot;");
const tag = (name, ...given) => {
  const all = Object.assign({}, ...given);
  return `<${name}${Object.entries(all).filter(([, v]) => v !== null && v !== undefined).map(([n, v]) => ` ${n}="${quoted(v)}"`).join("")}>`;
};

/** Clean markup of one block, which our sanitiser leaves as it is. No blank lines within, so that Markdown lets it through. */
export const writeBlock = (node, how = {}) => withStyle(block(node, how));

function block(node, how = {}) {
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
export const writeInline = (parent, how = {}) => withStyle(line(parent, how));

function line(parent, how = {}) {
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
