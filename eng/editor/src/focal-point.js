// The point of the featured picture that stays in sight where a theme cuts it: a click on the picture or the arrow keys there. The two
// fields below say the same in numbers, and work by themselves.

const step = 5;

export function focalPoint(form) {
  const [across, down, choice] = [form.elements.focus_across, form.elements.focus_down, form.elements.image];
  const details = across.closest("details");
  const tool = document.createElement("div");
  tool.className = "focal";
  const button = tool.appendChild(document.createElement("button"));
  button.type = "button";
  const picture = button.appendChild(document.createElement("img"));
  picture.alt = "";
  const mark = button.appendChild(document.createElement("span"));
  const cut = tool.appendChild(document.createElement("img"));
  cut.alt = "";
  cut.className = "cut";
  const hint = tool.appendChild(document.createElement("p"));
  hint.className = "hint";
  hint.id = "focal-hint";
  hint.textContent = "Press on what must stay in sight, or move the point with the arrow keys. Below: as lists cut it.";
  tool.insertBefore(hint, cut);
  button.setAttribute("aria-describedby", hint.id);
  const status = tool.appendChild(document.createElement("p"));
  status.className = "unseen-words";
  status.setAttribute("role", "status");
  const shown = form.querySelector("img.featured");
  if (shown) shown.replaceWith(tool);
  else details.before(tool);

  show(shown?.getAttribute("src") ?? pictureOf());
  choice.addEventListener("change", () => {
    move(50, 50);
    show(pictureOf());
  });
  for (const field of [across, down]) field.addEventListener("input", draw);
  button.addEventListener("click", (event) => {
    // Enter and the space bar press it, too, and mean no place.
    if (event.detail === 0) return;
    const frame = picture.getBoundingClientRect();
    move((event.clientX - frame.left) / frame.width * 100, (event.clientY - frame.top) / frame.height * 100);
  });
  button.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(value(across) + by[0], value(down) + by[1]);
    status.textContent = words();
  });

  function pictureOf() { return choice.selectedOptions[0]?.dataset.picture ?? ""; }

  function show(src) {
    tool.hidden = details.hidden = !src;
    if (src) picture.src = cut.src = src;
    draw();
  }

  function value(field) { return Math.min(100, Math.max(0, Number(field.value) || 0)); }

  function move(x, y) {
    for (const [field, to] of [[across, x], [down, y]]) field.value = String(Math.min(100, Math.max(0, Math.round(to / step) * step)));
    across.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function words() { return `${value(across)} % from the left, ${value(down)} % from the top`; }

  function draw() {
    mark.style.left = `${value(across)}%`;
    mark.style.top = `${value(down)}%`;
    cut.style.objectPosition = `${value(across)}% ${value(down)}%`;
    button.setAttribute("aria-label", `Focal point: ${words()}`);
  }
}
