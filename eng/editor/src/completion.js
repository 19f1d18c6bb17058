// "[[" offers the publication's own articles.
import { Plugin } from "prosemirror-state";
import { findArticles, offerWords } from "./articles.js";
import { OfferList } from "./offer-list.js";
import { marks, schema } from "./schema.js";

export const articleCompletion = () => new Plugin({
  view: (view) => new Offers(view),
  props: {
    handleKeyDown(view, event) { return offersOf.get(view)?.list.key(event) ?? false; },
  },
});

const offersOf = new WeakMap();

class Offers {
  constructor(view) {
    this.view = view;
    this.list = new OfferList(view.dom.parentNode, view.dom, "offers", "Own articles", (article) => this.take(article));
    offersOf.set(view, this);
  }

  update(view, before) {
    if (before?.doc.eq(view.state.doc) && before.selection.eq(view.state.selection)) return;
    const { $from, empty } = view.state.selection;
    const written = empty && !$from.parent.type.spec.code ? /\[\[([^\[\]]{0,80})$/.exec($from.parent.textBetween(0, $from.parentOffset, null, "\ufffc")) : null;
    if (!written) { this.hide(); return; }
    this.from = $from.pos - written[0].length;
    const words = written[1];
    if (words === this.words && this.list.isOpen) return;
    this.words = words;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const found = await findArticles(words);
      if (this.words === words) this.show(found);
    }, 150);
  }

  show(found) {
    const place = this.view.coordsAtPos(this.view.state.selection.from);
    const frame = this.view.dom.parentNode.getBoundingClientRect();
    this.list.show(found, offerWords, { top: place.bottom - frame.top + 4, left: place.left - frame.left });
  }

  take({ title, url }) {
    const { state } = this.view;
    this.view.dispatch(state.tr.replaceWith(this.from, state.selection.from, schema.text(title, [marks.link.create({ href: url })])).removeStoredMark(marks.link));
    this.hide();
    this.view.focus();
  }

  hide() {
    clearTimeout(this.timer);
    this.words = null;
    this.list.hide();
  }

  destroy() { this.list.remove(); }
}
