import { Fragment, Slice } from "prosemirror-model";
import { Plugin } from "prosemirror-state";

// Words from elsewhere never know a passage of this text.
export const withoutOrigin = () => new Plugin({
  props: {
    transformPasted: (slice) => new Slice(fresh(slice.content), slice.openStart, slice.openEnd),
  },
});

function fresh(fragment) {
  const list = [];
  fragment.forEach((node) => list.push("origin" in node.attrs ? node.type.create({ ...node.attrs, origin: null }, node.content, node.marks) : node));
  return Fragment.from(list);
}
