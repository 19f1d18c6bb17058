// Takes markup apart into passages that follow each other without a gap: each a block, a run of loose words, or a comment.

const blocks = new Set("address article aside blockquote center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr iframe main nav ol p pre section table ul script style noscript video audio object".split(" "));
const voids = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));
const verbatim = new Set(["script", "style", "textarea", "pre", "iframe", "noscript"]);
const closesParagraph = new Set([...blocks].filter((name) => !["iframe", "object", "video", "audio", "script", "style", "noscript"].includes(name)));
const token = /<!--([\s\S]*?)-->|<(\/?)([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g;

/** @returns {{kind: "block"|"loose"|"comment"|"wp", start: number, end: number, name?: string}[]} without blank stretches */
export function passagesOf(text) {
  const found = [];
  const open = [];
  let start = 0;
  let wp = 0;
  let name = "";
  const loose = (end) => { if (text.slice(start, end).trim() !== "") add("loose", start, end); start = end; };
  const add = (kind, from, to, called) => {
    const passage = text.slice(from, to);
    const lead = passage.length - passage.trimStart().length;
    found.push({ kind, start: from + lead, end: from + passage.trimEnd().length, name: called });
  };
  const close = (end) => { add("block", start, end, name); start = end; };
  token.lastIndex = 0;
  for (let match; (match = token.exec(text)) !== null;) {
    const [whole, comment, slash, tag] = match;
    const end = match.index + whole.length;
    if (comment !== undefined) {
      const block = /^\s*(\/?)wp:([a-z][\w/-]*)[\s\S]*?(\/?)\s*$/.exec(comment);
      if (block) {
        const [, closing, called, self] = block;
        if (wp === 0 && open.length > 0) continue;
        if (closing) { if (wp > 0 && --wp === 0) { open.length = 0; add("wp", start, end, name); start = end; } }
        else if (self) { if (wp === 0) { loose(match.index); add("wp", match.index, end, called); start = end; } }
        else if (wp++ === 0) { loose(match.index); start = match.index; name = called; }
      } else if (open.length === 0 && wp === 0) {
        loose(match.index);
        add("comment", match.index, end);
        start = end;
      }
      continue;
    }
    const element = tag.toLowerCase();
    if (slash) {
      const at = open.lastIndexOf(element);
      if (at < 0) continue;
      open.length = at;
      if (open.length === 0 && wp === 0) close(end);
      continue;
    }
    if (open.length === 0 && !blocks.has(element)) continue;
    if (open.at(-1) === "p" && closesParagraph.has(element)) {
      open.pop();
      if (open.length === 0 && wp === 0) close(match.index);
    }
    if (open.length === 0 && wp === 0) { loose(match.index); name = element; }
    if (voids.has(element)) { if (open.length === 0 && wp === 0) close(end); continue; }
    open.push(element);
    if (verbatim.has(element)) {
      const closing = text.toLowerCase().indexOf(`</${element}`, end);
      if (closing >= 0) token.lastIndex = closing;
    }
  }
  if (open.length > 0 || wp > 0) add("block", start, text.length, "unclosed");
  else loose(text.length);
  return found;
}
