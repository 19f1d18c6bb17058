// What an article is filed under, shown as chips: Enter adds what is typed or chosen, Backspace takes the last away. The page's own
// fields stay what is sent; this only shows and changes them.

/**
 * @param {{
 *   id: string, label: HTMLElement, hint?: string, before: HTMLElement, offersLabel: string,
 *   chips: () => { text: string, remove: () => void }[],
 *   find: (words: string) => Promise<{ text: string, take: () => void }[]>,
 *   typed: (text: string, isLeft: boolean) => string | null,
 * }} of "before" is what it is put in front of. "find" is also asked with no words, when an arrow asks for all. "typed" takes what was
 * typed, also where the field is left, and returns what is wrong with it, or null.
 */
export function chipBox(of) {
  const box = document.createElement("div");
  box.className = "chips";
  const list = box.appendChild(document.createElement("ul"));
  const input = box.appendChild(document.createElement("input"));
  input.type = "text";
  input.id = of.id;
  input.autocomplete = "off";
  input.dir = "auto";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  const offers = box.appendChild(document.createElement("ul"));
  offers.className = "offers";
  offers.id = `${of.id}-offers`;
  offers.setAttribute("role", "listbox");
  offers.setAttribute("aria-label", of.offersLabel);
  offers.hidden = true;
  const said = box.appendChild(document.createElement("p"));
  said.className = "hint";
  said.id = `${of.id}-said`;
  said.setAttribute("role", "status");
  input.setAttribute("aria-controls", offers.id);
  of.before.before(box);
  if (of.label.tagName === "LABEL") of.label.htmlFor = input.id;
  else input.setAttribute("aria-labelledby", of.label.id);
  say(null);

  let at = -1;
  let timer;
  let found = [];
  const hide = () => {
    clearTimeout(timer);
    offers.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (offer) => {
    input.value = "";
    hide();
    offer.take();
    draw();
    say(null);
  };
  const typed = (isLeft) => {
    hide();
    // Nothing is drawn anew then: the field may be left for the button of a chip.
    if (!input.value.trim()) { input.value = ""; return; }
    const problem = of.typed(input.value.trim(), isLeft);
    say(problem);
    if (problem) return;
    input.value = "";
    draw();
  };

  function say(problem) {
    said.textContent = problem ?? of.hint ?? "";
    said.classList.toggle("problem", Boolean(problem));
    input.setAttribute("aria-describedby", said.id);
  }

  function draw() {
    list.replaceChildren(...of.chips().map((chip) => {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("bdi"), { textContent: chip.text }));
      const remove = item.appendChild(document.createElement("button"));
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", `× ${chip.text}`);
      remove.title = `Take ${chip.text} away`;
      remove.addEventListener("click", () => { chip.remove(); draw(); input.focus(); });
      return item;
    }));
    list.hidden = list.children.length === 0;
  }

  async function offer() {
    const words = input.value.trim();
    const answer = await of.find(words);
    if (input.value.trim() !== words) return;
    found = answer;
    offers.replaceChildren(...found.map((one, i) => {
      const item = document.createElement("li");
      item.id = `${offers.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = one.text;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(one); });
      return item;
    }));
    at = -1;
    offers.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
  }

  function choose(to) {
    at = to;
    [...offers.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    offers.children[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${offers.id}-${at}`);
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(timer);
    say(null);
    if (input.value.trim()) timer = setTimeout(offer, 150);
    else hide();
  });
  input.addEventListener("blur", () => typed(true));
  input.addEventListener("keydown", (event) => {
    const count = offers.hidden ? 0 : offers.children.length;
    if (event.key === "Enter") at >= 0 ? take(found[at]) : typed(false);
    else if (event.key === "Backspace" && input.value === "") { of.chips().at(-1)?.remove(); draw(); }
    else if (event.key === "Escape" && count) hide();
    else if (event.key === "ArrowDown" && count) choose((at + 1) % count);
    else if (event.key === "ArrowUp" && count) choose((at - 1 + count) % count);
    else if (event.key === "ArrowDown") offer();
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  });
  draw();
  return draw;
}
