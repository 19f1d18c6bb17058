// A field with one name a line, shown as chips: Enter adds what is typed or chosen, Backspace takes the last away. The field itself
// stays what is sent, so that a name may have commas in it.

export function chips(area) {
  const field = area.closest(".field");
  const label = field.querySelector("label");
  const box = document.createElement("div");
  box.className = "chips";
  const list = box.appendChild(document.createElement("ul"));
  const input = box.appendChild(document.createElement("input"));
  input.type = "text";
  input.id = `${area.id}-new`;
  input.autocomplete = "off";
  input.dir = "auto";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  const offers = box.appendChild(document.createElement("ul"));
  offers.className = "offers";
  offers.id = `${area.id}-offers`;
  offers.setAttribute("role", "listbox");
  offers.setAttribute("aria-label", `${label.textContent} that are known`);
  offers.hidden = true;
  input.setAttribute("aria-controls", offers.id);
  area.hidden = true;
  area.after(box);
  label.htmlFor = input.id;
  const hint = field.querySelector(".hint");
  if (hint) { hint.textContent = "Enter adds one."; input.setAttribute("aria-describedby", hint.id); }

  let at = -1;
  let timer;
  const names = () => area.value.split("\n").map((name) => name.trim()).filter(Boolean);
  const change = (to) => {
    area.value = to.join("\n");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  };
  const add = (name) => {
    const known = names();
    if (name.trim() && !known.some((other) => other.toLowerCase() === name.trim().toLowerCase())) change([...known, name.trim()]);
    input.value = "";
    hide();
  };
  const hide = () => {
    clearTimeout(timer);
    offers.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  function draw() {
    list.replaceChildren(...names().map((name) => {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("bdi"), { textContent: name }));
      const remove = item.appendChild(document.createElement("button"));
      remove.type = "button";
      remove.textContent = "×";
      remove.setAttribute("aria-label", `× ${name}`);
      remove.title = `Take ${name} away`;
      remove.addEventListener("click", () => { change(names().filter((other) => other !== name)); input.focus(); });
      return item;
    }));
    list.hidden = list.children.length === 0;
  }

  async function offer() {
    const words = input.value.trim();
    if (!words) { hide(); return; }
    let found = [];
    try {
      const answer = await fetch(`${area.dataset.chips}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" }, redirect: "error" });
      if (answer.ok) found = await answer.json();
    } catch {
      // Without a connection nothing is offered.
    }
    if (input.value.trim() !== words) return;
    found = found.filter((name) => !names().includes(name));
    offers.replaceChildren(...found.map((name, i) => {
      const item = document.createElement("li");
      item.id = `${offers.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = name;
      item.addEventListener("mousedown", (event) => { event.preventDefault(); add(name); });
      return item;
    }));
    at = -1;
    offers.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
  }

  function choose(to) {
    at = to;
    [...offers.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", `${offers.id}-${at}`);
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation();
    clearTimeout(timer);
    timer = setTimeout(offer, 150);
  });
  input.addEventListener("blur", () => { if (input.value.trim()) add(input.value); else hide(); });
  input.addEventListener("keydown", (event) => {
    const count = offers.hidden ? 0 : offers.children.length;
    if (event.key === "Enter") add(at >= 0 ? offers.children[at].textContent : input.value);
    else if (event.key === "Backspace" && input.value === "") { if (names().length) change(names().slice(0, -1)); }
    else if (event.key === "Escape" && count) hide();
    else if (event.key === "ArrowDown" && count) choose((at + 1) % count);
    else if (event.key === "ArrowUp" && count) choose((at - 1 + count) % count);
    else return;
    if (event.key !== "Backspace") event.preventDefault();
  });
  area.addEventListener("input", draw);
  draw();
}
