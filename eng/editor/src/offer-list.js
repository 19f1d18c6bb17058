// A list of offers below what is being written: arrows choose, Enter or Tab takes, Escape closes. The focus stays in the text, which
// names the chosen one (aria-activedescendant).

export class OfferList {
  /** @param {HTMLElement} target what has the focus @param {string} label @param {(offer: any) => void} take */
  constructor(holder, target, id, label, take) {
    this.target = target;
    this.take = take;
    this.list = holder.appendChild(document.createElement("ul"));
    this.list.className = "offers";
    this.list.id = id;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    this.list.hidden = true;
  }

  get isOpen() { return !this.list.hidden; }

  /** @param {any[]} found @param {(offer: any) => (string | Node)[]} words @param {{top: number, left: number}} place in pixels of the holder */
  show(found, words, place) {
    if (found.length === 0) { this.hide(); return; }
    this.found = found;
    this.list.replaceChildren(...found.map((offer, i) => {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${i}`;
      item.setAttribute("role", "option");
      item.append(...words(offer));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(offer); });
      return item;
    }));
    this.list.hidden = false;
    this.list.style.top = `${place.top}px`;
    this.list.style.insetInlineStart = `${Math.max(0, Math.min(place.left, this.list.parentNode.clientWidth - this.list.offsetWidth))}px`;
    this.target.setAttribute("aria-controls", this.list.id);
    this.choose(0);
  }

  choose(at) {
    this.at = at;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
    this.target.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
  }

  hide() {
    this.list.hidden = true;
    this.target.removeAttribute("aria-activedescendant");
    this.target.removeAttribute("aria-controls");
  }

  /** @returns whether the key was the list's */
  key(event) {
    if (!this.isOpen) return false;
    const count = this.found.length;
    if (event.key === "ArrowDown") this.choose((this.at + 1) % count);
    else if (event.key === "ArrowUp") this.choose((this.at - 1 + count) % count);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.found[this.at]);
    else if (event.key === "Escape") this.hide();
    else return false;
    return true;
  }

  remove() { this.list.remove(); }
}
