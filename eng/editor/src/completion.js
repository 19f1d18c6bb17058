// "[[" offers the publication's own articles.
import { Plugin } from "prosemirror-state";
import { marks, schema } from "./schema.js";

/** @param {(words: string) => Promise<{title: string, url: string, status: string}[]>} find */
export const articleCompletion = (find) => new Plugin({
  view: (view) => new Offers(view, find),
  props: {
    handleKeyDown(view, event) { return offersOf.get(view)?.key(event) ?? false; },
  },
});

const offersOf = new WeakMap();

class Offers {
  constructor(view, find) {
    this.view = view;
    this.find = find;
    this.list = document.createElement("ul");
    this.list.className = "offers";
    this.list.id = "offers";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Own articles");
    this.list.hidden = true;
    view.dom.parentNode.append(this.list);
    offersOf.set(view, this);
  }

  update(view, before) {
    if (before?.doc.eq(view.state.doc) && before.selection.eq(view.state.selection)) return;
    const { $from, empty } = view.state.selection;
    const written = empty && !$from.parent.type.spec.code ? /\[\[([^\[\]]{0,80})$/.exec($from.parent.textBetween(0, $from.parentOffset, null, "\ufffc")) : null;
    if (!written) { this.hide(); return; }
    this.from = $from.pos - written[0].length;
    const words = written[1];
    if (words === this.words && !this.list.hidden) return;
    this.words = words;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const found = await this.find(words);
      if (this.words === words) this.show(found);
    }, 150);
  }

  show(found) {
    this.found = found;
    this.list.replaceChildren(...found.map((article, i) => {
      const item = document.createElement("li");
      item.id = `offer-${i}`;
      item.setAttribute("role", "option");
      item.textContent = article.title;
      if (article.status !== "Published") item.append(Object.assign(document.createElement("small"), { textContent: ` ${article.status}` }));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(i); });
      return item;
    }));
    this.list.hidden = found.length === 0;
    if (this.list.hidden) { this.hide(); return; }
    const place = this.view.coordsAtPos(this.view.state.selection.from);
    const frame = this.view.dom.parentNode.getBoundingClientRect();
    this.list.style.top = `${place.bottom - frame.top + 4}px`;
    this.list.style.insetInlineStart = `${Math.max(0, Math.min(place.left - frame.left, frame.width - 260))}px`;
    this.view.dom.setAttribute("aria-controls", "offers");
    this.choose(0);
  }

  choose(at) {
    this.at = at;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
    this.view.dom.setAttribute("aria-activedescendant", `offer-${at}`);
  }

  take(i) {
    const { title, url } = this.found[i];
    const { state } = this.view;
    this.view.dispatch(state.tr.replaceWith(this.from, state.selection.from, schema.text(title, [marks.link.create({ href: url })])).removeStoredMark(marks.link));
    this.hide();
    this.view.focus();
  }

  hide() {
    clearTimeout(this.timer);
    this.words = null;
    this.list.hidden = true;
    this.view.dom.removeAttribute("aria-activedescendant");
    this.view.dom.removeAttribute("aria-controls");
  }

  key(event) {
    if (this.list.hidden) return false;
    const count = this.found.length;
    if (event.key === "ArrowDown") this.choose((this.at + 1) % count);
    else if (event.key === "ArrowUp") this.choose((this.at - 1 + count) % count);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.at);
    else if (event.key === "Escape") this.hide();
    else return false;
    return true;
  }

  destroy() { this.list.remove(); }
}
