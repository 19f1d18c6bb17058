// What comes from Word, Google Docs or a web page comes in with its headings, lists, links and tables, and without its looks.

import { withoutStyle } from "./markup.js";

const kept = new Set("p br h1 h2 h3 h4 h5 h6 strong b em i del s strike code pre sub sup mark ins a ul ol li blockquote hr table thead tbody tr td th img figure figcaption".split(" "));
const dropped = new Set("script style meta link title head xml template noscript object iframe form button input select textarea svg math colgroup col o:p w:sdtpr".split(" "));
const blocks = /^(p|h[1-6]|ul|ol|blockquote|pre|table|figure|hr|div|section|article|header|footer|main|aside|address|dl|dt|dd|center)$/;

/** @returns {string} markup of nothing but what the editor holds */
export function cleanPaste(html) {
  const bare = html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "").replace(/<!\[(?:if|endif)[^\]]*\]>/gi, "").replace(/<style[\s\S]*?<\/style>/gi, "");
  const body = new DOMParser().parseFromString(withoutStyle(bare), "text/html").body;
  wordLists(body);
  clean(body);
  liftNested(body);
  return body.innerHTML.trim();
}

function clean(parent) {
  for (const node of [...parent.childNodes]) {
    if (node.nodeType === 8) { node.remove(); continue; }
    if (node.nodeType !== 1) continue;
    const name = node.localName;
    if (dropped.has(name) || /display:\s*none|mso-hide:\s*all/i.test(node.getAttribute("data-own-style") ?? "")) { node.remove(); continue; }
    clean(node);
    if (!kept.has(name)) { styled(node); continue; }
    // Google Docs wraps everything in a <b> that is not bold.
    if (/^(b|strong)$/.test(name) && /(?<!-)font-weight:\s*(normal|[1-4]00)/i.test(node.getAttribute("data-own-style") ?? "")) { unwrap(node); continue; }
    attributes(node, name);
  }
}

// A span that looks bold is bold; else only its words stay.
function styled(node) {
  const style = node.getAttribute("data-own-style") ?? "";
  const isInline = !blocks.test(node.localName);
  const tags = [];
  if (isInline && /(?<!-)font-weight:\s*(bold|[6-9]00)/i.test(style)) tags.push("strong");
  if (isInline && /font-style:\s*italic/i.test(style)) tags.push("em");
  if (isInline && /text-decoration[^;]*line-through/i.test(style)) tags.push("del");
  if (isInline && /vertical-align:\s*super/i.test(style)) tags.push("sup");
  if (isInline && /vertical-align:\s*sub/i.test(style)) tags.push("sub");
  const words = [...node.childNodes];
  if (tags.length > 0 && words.length > 0 && node.textContent.trim() && !words.some((n) => n.nodeType === 1 && blocks.test(n.localName))) {
    let holder = node;
    for (const tag of tags) {
      const wrap = node.ownerDocument.createElement(tag);
      wrap.append(...holder.childNodes);
      holder.append(wrap);
      holder = wrap;
    }
  } else if (!isInline && !words.some((n) => n.nodeType === 1 && blocks.test(n.localName)) && node.textContent.trim()) {
    const paragraph = node.ownerDocument.createElement("p");
    paragraph.append(...words);
    node.append(paragraph);
  }
  unwrap(node);
}

const unwrap = (node) => node.replaceWith(...node.childNodes);

function attributes(node, name) {
  const allowed = { a: ["href", "title"], img: ["src", "alt"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan"], ol: ["start"] }[name] ?? [];
  for (const { name: attribute } of [...node.attributes]) if (!allowed.includes(attribute)) node.removeAttribute(attribute);
  if (name === "a") {
    const href = node.getAttribute("href") ?? "";
    const real = /^https:\/\/www\.google\.com\/url\?(?:.*&)?q=([^&]+)/.exec(href)?.[1];
    if (real) node.setAttribute("href", decodeURIComponent(real));
    if (!/^(https?:|mailto:|\/)/i.test(node.getAttribute("href") ?? "")) unwrap(node);
  }
  // Only pictures of the web can be shown; those of the clipboard come as files.
  if (name === "img" && !/^(https?:|\/)/i.test(node.getAttribute("src") ?? "")) node.remove();
  if (/^(p|h[1-6]|li)$/.test(name)) {
    for (const edge of [node.firstChild, node.lastChild]) if (edge?.localName === "br") edge.remove();
    if (!node.textContent.trim() && !node.querySelector("img")) node.remove();
  }
  if (name === "p") node.innerHTML = node.innerHTML.replace(/\u00a0|&nbsp;/g, " ");
}

// Word writes lists as paragraphs: their depth in mso-list, their marks in a span that is to be ignored.
function wordLists(body) {
  const doc = body.ownerDocument;
  let stack = [];
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const depth = Number(/mso-list:[^;]*level(\d)/i.exec(paragraph.getAttribute("data-own-style") ?? "")?.[1] ?? 0);
    if (depth === 0) { if (paragraph.textContent.trim()) stack = []; continue; }
    const mark = [...paragraph.querySelectorAll("span")].find((s) => /mso-list:\s*ignore/i.test(s.getAttribute("data-own-style") ?? ""));
    const isOrdered = /^\s*(?:\(?[0-9]+|\(?[a-z]{1,4}|\(?[ivxlc]+)[.)]/i.test(mark?.textContent ?? "");
    mark?.remove();
    stack.length = Math.min(stack.length, depth);
    if (stack.length && stack.length < depth && !stack.at(-1).lastElementChild) stack.length = 0;
    while (stack.length < depth) {
      const list = doc.createElement(isOrdered ? "ol" : "ul");
      const parent = stack.at(-1);
      if (!parent) paragraph.before(list);
      else (parent.lastElementChild ?? parent.appendChild(doc.createElement("li"))).append(list);
      stack.push(list);
    }
    const item = doc.createElement("li");
    item.append(...paragraph.childNodes);
    stack.at(-1).append(item);
    paragraph.remove();
  }
}

// <ul><ul>…: as old pages and Google Docs nest them; and tables whose cells have no words of their own.
function liftNested(body) {
  for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    const before = list.previousElementSibling;
    if (before?.localName === "li") before.append(list);
  }
}
