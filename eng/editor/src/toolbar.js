// One stop of the Tab key; arrows walk within (WAI-ARIA toolbar pattern).
import { buttons, inTable, kinds, tableButtons } from "./commands.js";

const isApple = /Mac|iP(hone|ad|od)/.test(navigator.platform);
export const keyWords = (key) => key.split("-").map((part) => part === "Mod" ? (isApple ? "⌘" : "Ctrl") : part.length === 1 ? part.toUpperCase() : part).join("+");

export function makeToolbar(view, help) {
  const bar = document.createElement("div");
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Formatting");
  const choice = bar.appendChild(document.createElement("select"));
  choice.setAttribute("aria-label", "Kind of paragraph");
  for (const [name] of kinds) choice.add(new Option(name, name));
  choice.addEventListener("change", () => {
    kinds.find(([name]) => name === choice.value)[1](view.state, view.dispatch, view);
    view.focus();
  });
  const made = [];
  for (const item of [...buttons, null, ...tableButtons, ["Keys", "Keys", () => help(), null, "Mod-/"]]) {
    if (item === null) { bar.appendChild(document.createElement("span")).className = "gap"; continue; }
    const [words, name, command, holds, key] = item;
    const button = bar.appendChild(document.createElement("button"));
    button.type = "button";
    button.textContent = words;
    if (name !== words) button.setAttribute("aria-label", name);
    if (key) button.title = `${name} (${keyWords(key)})`;
    if (words.length === 1) button.classList.add(`mark-${words.toLowerCase()}`);
    if (holds) button.setAttribute("aria-pressed", "false");
    if (tableButtons.includes(item)) button.hidden = true;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      command(view.state, view.dispatch, view);
      if (!document.querySelector("dialog[open]")) view.focus();
    });
    made.push({ item, button });
  }
  const stops = () => [choice, ...made.map((m) => m.button)].filter((stop) => !stop.hidden);
  const moveTo = (stop) => {
    for (const each of [choice, ...made.map((m) => m.button)]) each.tabIndex = each === stop ? 0 : -1;
    stop.focus();
  };
  for (const { button } of made) button.tabIndex = -1;
  bar.addEventListener("keydown", (event) => {
    const list = stops();
    const at = list.indexOf(document.activeElement);
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const to = event.key === forward ? (at + 1) % list.length : event.key === backward ? (at - 1 + list.length) % list.length : event.key === "Home" ? 0 : event.key === "End" ? list.length - 1 : -1;
    if (event.key === "Escape") { event.preventDefault(); view.focus(); }
    if (to < 0 || at < 0) return;
    event.preventDefault();
    moveTo(list[to]);
  });
  // A phone's keyboard covers what is fixed to the bottom of its window, unless it says how high it is.
  const above = () => { bar.style.bottom = `${Math.max(0, window.innerHeight - window.visualViewport.height - window.visualViewport.offsetTop)}px`; };
  for (const change of ["resize", "scroll"]) window.visualViewport?.addEventListener(change, above);
  bar.addEventListener("focusin", (event) => { for (const each of [choice, ...made.map((m) => m.button)]) each.tabIndex = each === event.target ? 0 : -1; });
  return {
    dom: bar,
    focus: () => moveTo(stops().find((s) => s.tabIndex === 0) ?? choice),
    update: (state) => {
      const kind = kinds.find(([, , holds]) => holds(state));
      choice.value = kind?.[0] ?? "";
      const isTable = inTable(state);
      for (const { item, button } of made) {
        if (item[3]) button.setAttribute("aria-pressed", String(item[3](state)));
        if (tableButtons.includes(item)) button.hidden = !isTable;
      }
    },
  };
}
