// On the page of one's account: shows the picture that was chosen and lets one choose the square of it that is kept. Without this, a part is chosen by name.
"use strict";
{
  const form = document.querySelector("form[data-picture]");
  const file = form?.elements.picture;
  const parts = form?.querySelector("fieldset.part");
  // A circle's picture of 2 × 144 pixels: the same square on every screen.
  const side = 288;
  const mostTimes = 8;
  let picture = null;
  let room = null;
  let latest = 0;

  file?.addEventListener("change", choose);

  async function choose() {
    const mine = ++latest;
    const chosen = file.files[0];
    let next = null;
    try {
      // Drawn, not shown by an address: the page's policy allows none but the publication's own. Upright, as the server sees it.
      next = chosen ? await createImageBitmap(chosen, { imageOrientation: "from-image" }) : null;
    } catch {
      // No picture, or of a kind that this browser does not know: the server will say.
    }
    if (mine !== latest) return next?.close();
    picture?.close();
    picture = next;
    room ??= makeRoom();
    room.hidden = !picture;
    parts.hidden = Boolean(picture);
    for (const field of room.querySelectorAll("input")) field.disabled = !picture;
    if (!picture) return;
    slider("zoom").value = "1";
    for (const name of ["across", "down"]) slider(name).value = "50";
    draw();
  }

  function makeRoom() {
    const made = document.createElement("div");
    made.className = "crop";
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", "The part that is kept");
    made.append(canvas, range("zoom", "Closer", 1, mostTimes, 0.01), range("across", "Left to right", 0, 100, 0.5), range("down", "Top to bottom", 0, 100, 0.5));
    for (const name of ["x", "y", "size"]) made.append(Object.assign(document.createElement("input"), { type: "hidden", name }));
    made.addEventListener("input", draw);
    parts.before(made);
    drag(canvas);
    return made;
  }

  // Keys work on these as on any slider; they have no name, so that only the square is sent.
  function range(id, text, min, max, step) {
    const label = document.createElement("label");
    const field = Object.assign(document.createElement("input"), { type: "range", min, max, step });
    field.dataset.by = id;
    label.append(text, field);
    return label;
  }

  function slider(name) {
    return room.querySelector(`[data-by=${name}]`);
  }

  // The square in the picture's own pixels. A slider says how much of what is left over lies before it.
  function square() {
    const shorter = Math.min(picture.width, picture.height);
    const size = Math.max(1, Math.round(shorter / Number(slider("zoom").value)));
    const at = (name, length) => Math.round((length - size) * Number(slider(name).value) / 100);
    return { x: at("across", picture.width), y: at("down", picture.height), size };
  }

  function draw() {
    if (!picture) return;
    const { x, y, size } = square();
    slider("across").disabled = picture.width <= size;
    slider("down").disabled = picture.height <= size;
    for (const [name, value] of Object.entries({ x, y, size })) room.querySelector(`[name=${name}]`).value = String(value);
    const pen = room.querySelector("canvas").getContext("2d");
    pen.clearRect(0, 0, side, side);
    pen.drawImage(picture, x, y, size, size, 0, 0, side, side);
  }

  // The picture goes with the pointer.
  function drag(canvas) {
    let from = null;
    canvas.addEventListener("pointerdown", (event) => {
      from = { x: event.clientX, y: event.clientY, across: Number(slider("across").value), down: Number(slider("down").value) };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!from || !picture) return;
      const { size } = square();
      const pixels = size / canvas.clientWidth;
      move("across", from.across, (from.x - event.clientX) * pixels, picture.width - size);
      move("down", from.down, (from.y - event.clientY) * pixels, picture.height - size);
      draw();
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { from = null; });
  }

  // From where it was when the pointer came down: a slider's steps would swallow small ways.
  function move(name, from, by, left) {
    if (left > 0) slider(name).value = String(from + by / left * 100);
  }
}
