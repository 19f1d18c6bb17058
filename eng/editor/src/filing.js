// Tags and categories as chips. Tags are a field with one name a line, so that a name may have commas in it; categories are the boxes of
// their tree.
import { chipBox } from "./chips.js";

const offered = 8;

export function tagChips(area) {
  const field = area.closest(".field");
  const names = () => area.value.split("\n").map((name) => name.trim()).filter(Boolean);
  const change = (to) => {
    area.value = to.join("\n");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const add = (name) => { if (!names().some((other) => other.toLowerCase() === name.toLowerCase())) change([...names(), name]); };
  const label = field.querySelector("label");
  area.hidden = true;
  const hint = field.querySelector(".hint");
  if (hint) hint.hidden = true;
  const draw = chipBox({
    id: `${area.id}-new`, label, hint: "Enter adds one.", before: area, offersLabel: `${label.textContent} that are known`,
    chips: () => names().map((text) => ({ text, remove: () => change(names().filter((other) => other !== text)) })),
    find: async (words) => words ? (await known(area.dataset.chips, words)).filter((name) => !names().includes(name)).map((text) => ({ text, take: () => add(text) })) : [],
    typed: (text) => { add(text); return null; },
  });
  // Somebody else wrote into the field: words that were kept.
  area.addEventListener("input", draw);
}

async function known(address, words) {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" }, redirect: "error" });
    return answer.ok ? await answer.json() : [];
  } catch {
    // Without a connection nothing is offered.
    return [];
  }
}

/** @param {HTMLElement} tree the boxes, each with its path from the root, as "World › Europe" */
export function categoryChips(tree) {
  const field = tree.closest("fieldset");
  const boxes = [...tree.querySelectorAll("input[type=checkbox]")];
  const pathOf = (box) => box.dataset.path;
  const tick = (box, isOn) => {
    box.checked = isOn;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // Only those who may make categories have the field.
  const fresh = field.querySelector("[name=new_category]");
  const make = (name) => {
    fresh.closest("details").open = true;
    fresh.value = name;
    fresh.dispatchEvent(new Event("input", { bubbles: true }));
    (field.querySelector("[name=new_category_parent]") ?? fresh).focus();
  };
  tree.hidden = true;
  chipBox({
    id: "f-category-new", label: field.querySelector("[data-chips-label]"), hint: "Enter adds one; ↓ shows all.", before: tree, offersLabel: "Categories",
    chips: () => boxes.filter((box) => box.checked).map((box) => ({ text: pathOf(box), remove: () => tick(box, false) })),
    find: async (words) => {
      const wanted = words.toLowerCase().split(/[\s›]+/).filter(Boolean);
      const left = boxes.filter((box) => !box.checked && wanted.every((word) => pathOf(box).toLowerCase().includes(word)));
      const found = (wanted.length > 0 ? left.slice(0, offered) : left).map((box) => ({ text: pathOf(box), take: () => tick(box, true) }));
      if (fresh && words && !matching(words)) found.push({ text: `New category: ${words}`, take: () => make(words) });
      return found;
    },
    typed: (text, isLeft) => {
      const box = matching(text);
      if (box) { tick(box, true); return null; }
      if (!fresh || isLeft) return `No category is named “${text}”.`;
      make(text);
      return null;
    },
  });

  /** By its whole path, or by its name where no other has it. */
  function matching(text) {
    const same = (one) => one.toLowerCase() === text.toLowerCase();
    const named = boxes.filter((box) => same(box.dataset.name));
    return boxes.find((box) => same(pathOf(box))) ?? (named.length === 1 ? named[0] : null);
  }
}
