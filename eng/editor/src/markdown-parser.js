// Reads Markdown as the server's Markdig does, footnotes included.
import MarkdownIt from "markdown-it";
import ins from "markdown-it-ins";
import mark from "markdown-it-mark";
import sub from "markdown-it-sub";
import sup from "markdown-it-sup";

export const parser = new MarkdownIt({ html: true, linkify: true }).use(sub).use(sup).use(ins).use(mark);
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
parser.block.ruler.before("reference", "footnote", footnote, { alt: ["paragraph", "reference"] });
parser.inline.ruler.after("image", "footnote_ref", footnoteRef);
parser.renderer.rules.footnote = (tokens, at) => `<p id="fn:${parser.utils.escapeHtml(tokens[at].meta.label)}">${parser.renderer.renderInline(tokens[at].children, parser.options, {})}</p>\n`;
parser.renderer.rules.footnote_ref = (tokens, at) => `<sup>${parser.utils.escapeHtml(tokens[at].meta.label)}</sup>`;

// [^label]: words. Only one paragraph; more stays as it is written.
function footnote(state, line, last, silent) {
  const at = state.bMarks[line] + state.tShift[line];
  const found = /^\[\^([^\]\s]+)\]:[ \t]*(.*)$/.exec(state.src.slice(at, state.eMarks[line]));
  if (!found || state.sCount[line] - state.blkIndent >= 4) return false;
  if (silent) return true;
  let end = line + 1;
  let isLong = false;
  while (end < last && !state.isEmpty(end) && !/^ {0,3}\[\^[^\]\s]+\]:/.test(state.src.slice(state.bMarks[end], state.eMarks[end]))) end++;
  let next = end;
  while (next < last && state.isEmpty(next)) next++;
  while (next < last && state.sCount[next] >= 4) { isLong = true; end = ++next; while (next < last && state.isEmpty(next)) next++; }
  const token = state.push("footnote", "", 0);
  token.map = [line, end];
  token.meta = { label: found[1], isLong };
  token.content = [found[2], state.getLines(line + 1, end, state.blkIndent, false)].filter(Boolean).join("\n").trim();
  token.children = [];
  state.md.inline.parse(token.content, state.md, state.env, token.children);
  state.line = end;
  return true;
}

function footnoteRef(state, silent) {
  const found = /^\[\^([^\]\s]+)\]/.exec(state.src.slice(state.pos, state.pos + 200));
  if (!found || !state.env.labels?.has(found[1])) return false;
  if (!silent) state.push("footnote_ref", "", 0).meta = { label: found[1] };
  state.pos += found[0].length;
  return true;
}
