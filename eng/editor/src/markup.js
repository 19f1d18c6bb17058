// Markup as a tree, and as a line of text that is the same for what means the same.

// What a parser takes away without a trace in the tree.
export const traceless = /<\/?(?:html|head|body|base|frameset)\b/i;
// The page's policy would refuse styles and handlers aloud, even in a document that nobody sees: they bear other names in there.
export const parse = (markup) => new DOMParser().parseFromString(`<!doctype html><body>${withoutStyle(markup)}`, "text/html").body;
export const withoutStyle = (markup) => markup.replace(/<[a-zA-Z][^>]*>/g, (element) => element.replace(/(\s)(style|on\w+)(\s*=)/gi, "$1data-own-$2$3"));
export const withStyle = (markup) => markup.replace(/data-own-(style|on\w+)=/g, "$1=");

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

// Thrown by what reads, at what the editor cannot hold.
export const unreadable = Symbol("unreadable");

/** The attributes that are not known, to be kept; null for none. */
export function attributes(element, ...known) {
  const more = {};
  for (const { name, value } of element.attributes) if (!known.includes(name)) more[name] = value;
  return Object.keys(more).length > 0 ? more : null;
}

export function plain(element) {
  if (element.attributes.length > 0) throw unreadable;
}

export function filled(blocks) {
  if (blocks.length === 0) throw unreadable;
  return blocks;
}
