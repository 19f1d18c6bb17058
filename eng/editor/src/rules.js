// What becomes of characters as they are typed: "## " a heading, "- " a list, **words** bold.
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { marks, nodes } from "./schema.js";

const marked = (pattern, type) => new InputRule(pattern, (state, match, start, end) => {
  const [, before, , words] = match;
  const from = start + before.length;
  if (state.doc.rangeHasMark(from, end, marks.code)) return null;
  const size = match[2].length;
  // The last character is not in the text yet.
  return state.tr.delete(from + size + words.length, end).addMark(from + size, from + size + words.length, type.create()).delete(from, from + size).removeStoredMark(type);
});

export const typingRules = inputRules({
  rules: [
    ...[2, 3, 4].map((level) => textblockTypeInputRule(new RegExp(`^#{${level}}\\s$`), nodes.heading, { level })),
    wrappingInputRule(/^\s*([-*])\s$/, nodes.bulletList),
    wrappingInputRule(/^(\d+)\.\s$/, nodes.orderedList, (match) => ({ order: +match[1] }), (match, node) => node.childCount + node.attrs.order === +match[1]),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    textblockTypeInputRule(/^```$/, nodes.codeBlock),
    new InputRule(/^---$/, (state, match, start, end) => state.selection.$from.depth !== 1 ? null : state.tr.replaceWith(start - 1, end, nodes.rule.create()).insert(start, nodes.paragraph.create())),
    marked(/(^|\s)(\*\*)([^*\s](?:[^*]*[^*\s])?)\*\*$/, marks.strong),
    marked(/(^|\s)(\*)([^*\s](?:[^*]*[^*\s])?)\*$/, marks.em),
    marked(/(^|\s)(`)([^`]+)`$/, marks.code),
    marked(/(^|\s)(~~)([^~]+)~~$/, marks.strike),
  ],
});
