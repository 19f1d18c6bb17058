// Blocks with fields of their own: pictures, galleries, cards, source. Each shows what it is and has a button that changes it.
import { NodeSelection } from "prosemirror-state";
import { cardProblem } from "./addresses.js";
import { ask } from "./dialog.js";
import { focusPoints, looks, nodes } from "./schema.js";

const focusChoices = focusPoints.map((point) => [point, point === "" ? "the middle" : point.replace("-", " ")]).sort((a, b) => (a[0] !== "") - (b[0] !== ""));

export async function askPicture(picture = {}, withSource = true) {
  // The form has a field for the featured picture's file where its writer may bring files in.
  const takesFiles = !picture.src && document.querySelector("input[name=image_file]") !== null;
  return ask("Picture", [
    ...(takesFiles ? [{ name: "file", label: "A file", type: "file", accept: "image/jpeg,image/png,image/gif,image/webp,image/avif", hint: "It goes to the media. A file can also be dropped into the text." }] : []),
    ...(withSource ? [{ name: "src", label: takesFiles ? "Or an address" : "Address", value: picture.src }] : []),
    { name: "alt", label: "What it shows, for those who cannot see it", value: picture.alt, rows: 2, hint: "Empty for a picture that only decorates." },
    { name: "focus", label: "What must stay in sight where it is cut", value: picture.focus, choices: focusChoices },
  ]);
}

/** One picture a line: address, then what it shows, then the caption. */
export async function askGallery(node) {
  const given = await ask("Gallery", [
    { name: "items", label: "Pictures", rows: 8, value: (node?.attrs.items ?? []).map((p) => [p.src, p.alt, p.caption, p.focus].join(" | ").replace(/( \| )+$/, "")).join("\n"), hint: "One a line: address | what it shows | caption | what must stay in sight." },
    { name: "columns", label: "Columns", type: "number", value: String(node?.attrs.columns ?? 3) },
  ]);
  if (!given) return null;
  const items = given.items.split("\n").map((line) => line.split("|").map((part) => part.trim())).filter(([src]) => src).map(([src, alt = "", caption = "", focus = ""]) => ({ src, alt, caption, focus: focusPoints.includes(focus) ? focus : "" }));
  return { items, columns: Math.min(9, Math.max(1, Number(given.columns) || 3)) };
}

export const askCard = (node) => ask("Card for a page elsewhere", [
  { name: "href", label: "Address", type: "url", value: node?.attrs.href, check: cardProblem },
  { name: "title", label: "Title", value: node?.attrs.title, hint: "Readers see title and address; nothing is loaded from there." },
]);

const changes = {
  figure: async (node) => askPicture(node.attrs),
  gallery: askGallery,
  embed: async (node) => { const card = await askCard(node); return card && { href: card.href, title: card.title || card.href }; },
  raw: async (node) => ask("Source", [{ name: "text", label: "As it is written", rows: 12, value: node.attrs.text, hint: "What this editor cannot show stays as it is." }]),
  marker: async (node) => {
    const given = await ask("Read more", [{ name: "words", label: "Words of the link", value: node.attrs.text.startsWith("more ") ? node.attrs.text.slice(5) : "", hint: "Empty: the theme’s own." }]);
    return given && { text: given.words.trim() ? `more ${given.words.trim().replace(/[<>&"]|--/g, "")}` : "more" };
  },
};

/** Opens the fields of the block at this place. */
export async function changeBlock(view, at) {
  const node = view.state.doc.nodeAt(at);
  const change = node && changes[node.type.name];
  if (!change) return false;
  const attrs = await change(node);
  // Somebody may have changed the text meanwhile.
  if (attrs && view.state.doc.nodeAt(at)?.type === node.type) view.dispatch(view.state.tr.setNodeMarkup(at, null, { ...view.state.doc.nodeAt(at).attrs, ...attrs }));
  view.focus();
  return true;
}

const labels = { figure: "Describe", gallery: "Change the gallery", embed: "Change the card", raw: "Change the source", marker: "Change" };

function picture(attrs) {
  const image = document.createElement("img");
  image.src = attrs.src;
  image.alt = attrs.alt;
  image.className = [looks(attrs.image).class, attrs.focus && `is-style-focus-${attrs.focus}`].filter(Boolean).join(" ");
  if (/^\d+$/.test(attrs.width ?? "")) image.width = attrs.width;
  return image;
}

const drawings = {
  figure: (node, dom) => {
    dom.append(picture(node.attrs));
    const caption = document.createElement("figcaption");
    caption.dataset.placeholder = "Caption";
    dom.append(caption);
    return caption;
  },
  gallery: (node, dom) => {
    const list = dom.appendChild(document.createElement("ul"));
    for (const item of node.attrs.items) list.appendChild(document.createElement("li")).append(picture(item));
    if (node.attrs.items.length === 0) dom.append("An empty gallery");
  },
  embed: (node, dom) => {
    dom.appendChild(document.createElement("strong")).textContent = node.attrs.title;
    dom.appendChild(document.createElement("span")).textContent = node.attrs.href;
  },
  raw: (node, dom) => { dom.appendChild(document.createElement("code")).textContent = node.attrs.text; },
  marker: (node, dom) => { dom.appendChild(document.createElement("span")).textContent = node.attrs.text === "nextpage" ? "Next page" : node.attrs.text === "more" ? "Read more" : node.attrs.text.slice(5); },
};

/** How ProseMirror shows these blocks. */
export const nodeViews = Object.fromEntries(Object.keys(drawings).map((name) => [name, (node, view, getPos) => {
  const dom = document.createElement(name === "figure" || name === "gallery" ? "figure" : "div");
  dom.className = looks(node.attrs.more, "block", name).class;
  const contentDOM = drawings[name](node, dom);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "change";
  button.contentEditable = "false";
  button.textContent = labels[name];
  if (name === "figure" && !node.attrs.alt) button.classList.add("missing");
  button.addEventListener("click", () => changeBlock(view, getPos()));
  if (contentDOM) contentDOM.before(button);
  else dom.append(button);
  return { dom, contentDOM, stopEvent: (event) => event.target === button, ignoreMutation: (m) => !contentDOM?.contains(m.target) };
}]));

/** Enter on a chosen block opens its fields. */
export const changeChosen = (state, dispatch, view) => {
  const { selection } = state;
  if (!(selection instanceof NodeSelection) || !(selection.node.type.name in changes)) return false;
  if (dispatch) changeBlock(view, selection.from);
  return true;
};

export const isPicture = (node) => node.type === nodes.figure || node.type === nodes.image;
