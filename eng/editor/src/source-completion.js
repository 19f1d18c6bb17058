// "[[" in the field for source offers the publication's own articles, too, and writes a link as the format has it.
import { findArticles, offerWords } from "./articles.js";
import { OfferList } from "./offer-list.js";

/** @param {HTMLTextAreaElement} area @param {() => string} format of the text: "markdown", or one that is HTML */
export function completeSource(area, format) {
  const holder = document.createElement("div");
  holder.className = "source-field";
  area.before(holder);
  holder.append(area);
  const list = new OfferList(holder, area, "source-offers", "Own articles", take);
  const status = holder.appendChild(document.createElement("p"));
  status.className = "unseen-words";
  status.setAttribute("role", "status");
  area.setAttribute("aria-autocomplete", "list");
  let words = null;
  let timer;

  area.addEventListener("input", look);
  // The caret has gone elsewhere.
  area.addEventListener("click", look);
  area.addEventListener("keyup", (event) => { if (/^(Arrow(Left|Right)|Home|End|Page(Up|Down))$/.test(event.key)) look(); });
  area.addEventListener("blur", hide);
  area.addEventListener("keydown", (event) => {
    if (!event.isComposing && list.key(event)) event.preventDefault();
    if (!list.isOpen) status.textContent = "";
  });

  function written() {
    return area.selectionStart === area.selectionEnd ? /\[\[([^\[\]\n]{0,80})$/.exec(area.value.slice(0, area.selectionStart)) : null;
  }

  function look() {
    const found = document.activeElement === area ? written() : null;
    if (!found) { hide(); return; }
    if (found[1] === words) return;
    words = found[1];
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = words;
      const articles = await findArticles(mine);
      if (words !== mine) return;
      list.show(articles, offerWords, placeOf(area));
      status.textContent = articles.length === 0 ? "No article of your own has these words." : `${articles.length === 1 ? "One article" : `${articles.length} articles`}: arrows choose, Enter puts the link in.`;
    }, 150);
  }

  function hide() {
    clearTimeout(timer);
    words = null;
    list.hide();
    status.textContent = "";
  }

  function take({ title, url }) {
    const link = format() === "markdown" ? `[${title.replace(/[\\[\]]/g, "\\$&")}](${url})` : `<a href="${escaped(url)}">${escaped(title)}</a>`;
    area.focus();
    area.setSelectionRange(area.selectionStart - written()[0].length, area.selectionStart);
    // As if it were typed, so that the browser's own undo takes it back.
    if (!document.execCommand("insertText", false, link)) {
      area.setRangeText(link, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    hide();
  }
}

function escaped(text) { return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`); }

// Where the caret is, in pixels of the field's holder, one line below: a block of the same words in the same type, measured.
function placeOf(area) {
  const twin = document.createElement("div");
  const style = getComputedStyle(area);
  for (const name of ["font", "letterSpacing", "padding", "border", "boxSizing", "direction", "tabSize"]) twin.style[name] = style[name];
  Object.assign(twin.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", width: `${area.clientWidth}px` });
  twin.textContent = area.value.slice(0, area.selectionStart);
  const caret = twin.appendChild(document.createElement("span"));
  caret.textContent = "\u200b";
  area.parentNode.append(twin);
  const place = { top: area.offsetTop + caret.offsetTop + caret.offsetHeight - area.scrollTop + 4, left: area.offsetLeft + caret.offsetLeft };
  twin.remove();
  return { top: Math.max(0, Math.min(place.top, area.offsetTop + area.offsetHeight)), left: place.left };
}
