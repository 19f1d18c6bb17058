// The rich-text side of the newsroom's editor. Without it the field for source works by itself; with it, what is written here goes
// back into that field, so that all else (preview, saving, autosave) knows only one text.
import { baseKeymap } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { EditorState } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { nodeViews } from "./blocks.js";
import { drop, paste } from "./clipboard.js";
import { insertBlock, keys } from "./commands.js";
import { articleCompletion } from "./completion.js";
import { showKeys } from "./help.js";
import { withoutOrigin } from "./origin.js";
import { cleanPaste } from "./paste.js";
import { typingRules } from "./rules.js";
import { convert, readText, writeText } from "./text.js";
import { makeTidings } from "./tidings.js";
import { makeToolbar } from "./toolbar.js";
import { uploadFiles, uploadPlugin } from "./uploads.js";
import { countWords } from "./words.js";

const remembered = "newsroom:editor";

export class RichEditor {
  constructor(form) {
    this.form = form;
    this.area = form.elements.body;
    this.field = this.area.closest(".field");
    this.frame = document.createElement("div");
    this.frame.className = "rich";
    this.frame.hidden = true;
    this.area.after(this.frame);
    this.status = this.field.appendChild(Object.assign(document.createElement("p"), { className: "hint" }));
    this.status.setAttribute("role", "status");
    this.tidings = makeTidings((words) => this.say(words));
    this.refusal = this.form.elements.format[0].closest("fieldset").appendChild(Object.assign(document.createElement("p"), { className: "hint" }));
    this.refusal.setAttribute("role", "status");
    this.count = this.field.appendChild(Object.assign(document.createElement("p"), { className: "hint length" }));
    this.field.prepend(this.modes());
    this.listen();
    this.show(this.wanted() === "rich");
    this.counted();
  }

  get format() { return new FormData(this.form).get("format"); }

  wanted() { try { return localStorage.getItem(remembered) ?? "rich"; } catch { return "rich"; } }

  modes() {
    const group = document.createElement("div");
    group.className = "modes";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Write");
    this.buttons = ["rich", "source"].map((mode) => {
      const button = group.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = mode === "rich" ? "Rich text" : "Source";
      button.addEventListener("click", () => {
        try { localStorage.setItem(remembered, mode); } catch { /* private mode */ }
        this.show(mode === "rich");
        (this.view ?? this.area).focus();
      });
      return button;
    });
    return group;
  }

  show(isRich) {
    this.flush();
    this.buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(isRich === (i === 0))));
    this.view?.destroy();
    this.view = null;
    this.frame.replaceChildren();
    this.frame.hidden = !isRich;
    this.area.hidden = isRich;
    // Rich text shows the page already.
    this.form.dataset.mode = isRich ? "rich" : "source";
    this.form.dispatchEvent(new Event("newsroom:mode"));
    if (isRich) this.open();
  }

  open() {
    const { doc, source } = readText(this.area.value, this.format);
    this.source = source;
    const holder = this.frame.appendChild(document.createElement("div"));
    holder.className = "paper";
    this.view = new EditorView(holder, {
      state: this.stateOf(doc),
      nodeViews,
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "Text", dir: "auto" },
      dispatchTransaction: (tr) => {
        this.view.updateState(this.view.state.apply(tr));
        this.toolbar.update(this.view.state);
        if (tr.docChanged) this.later();
      },
      transformPastedHTML: cleanPaste,
      handlePaste: (view, event) => paste(view, event, (files, at) => this.upload(files, at), this.tidings.begin()),
      // From the dialog of the toolbar.
      handleDOMEvents: { bring: (view, event) => { this.tidings.begin(); this.upload([event.detail.file], view.state.selection.from, event.detail); return true; } },
      handleDrop: (view, event, slice, moved) => !moved && drop(view, event, (files, at) => this.upload(files, at), this.tidings.begin()),
    });
    this.toolbar = makeToolbar(this.view, () => showKeys(() => this.view?.focus()));
    this.frame.prepend(this.toolbar.dom);
    this.toolbar.update(this.view.state);
  }

  stateOf(doc) {
    return EditorState.create({
      doc,
      plugins: [
        articleCompletion(), typingRules, keymap({ ...keys, "Alt-F10": () => { this.toolbar.focus(); return true; }, "Mod-/": () => { showKeys(() => this.view?.focus()); return true; } }), keymap(baseKeymap),
        history(), tableEditing(), dropCursor({ class: "drop-cursor", color: false }), gapCursor(), uploadPlugin(), withoutOrigin(),
      ],
    });
  }

  listen() {
    this.area.addEventListener("input", () => {
      this.counted();
      // Somebody else wrote into the field: words that were kept, or the other version.
      if (this.view && !this.isWriting && this.area.value !== this.written) this.reopen();
    });
    for (const radio of this.form.elements.format) radio.addEventListener("change", () => this.reformat(radio));
    this.lastFormat = this.format;
    this.form.addEventListener("submit", () => this.flush(), true);
    window.addEventListener("pagehide", () => this.flush());
    this.form.addEventListener("newsroom:insert", (event) => {
      if (!this.view) return;
      event.preventDefault();
      const { doc } = readText(event.detail, this.format);
      doc.forEach((node) => insertBlock(this.view, node.type.create({ ...node.attrs, origin: null }, node.content)));
    });
  }

  reopen() {
    const { doc, source } = readText(this.area.value, this.format);
    this.source = source;
    this.view.updateState(this.stateOf(doc));
  }

  /** The text in the other format, or, where something has no form there, a word about it and the format as it was. */
  reformat(radio) {
    if (!radio.checked) return;
    this.refusal.textContent = "";
    if (radio.value === this.lastFormat) return;
    if (this.view) {
      this.flush(this.lastFormat);
      const { text, unknown } = convert(this.view.state.doc, radio.value);
      if (unknown) {
        for (const other of this.form.elements.format) other.checked = other.value === this.lastFormat;
        this.refusal.textContent = `${unknown === 1 ? "One passage stays" : `${unknown} passages stay`} as written and cannot be put into the other format. Change or remove ${unknown === 1 ? "it" : "them"} first.`;
        return;
      }
      this.isWriting = true;
      this.area.value = this.written = text;
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
      this.isWriting = false;
      this.lastFormat = radio.value;
      this.reopen();
    }
    this.lastFormat = radio.value;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), 300);
  }

  flush() {
    if (!this.timer || !this.view) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.isWriting = true;
    this.area.value = this.written = writeText(this.view.state.doc, this.source);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.isWriting = false;
  }

  counted() {
    const text = this.view ? this.view.state.doc.textBetween(0, this.view.state.doc.content.size, "\n", " ") : this.area.value.replace(/<[^>]*>/g, " ");
    const { words, minutes } = countWords(text);
    this.count.textContent = words === 0 ? "" : `${words.toLocaleString("en")} ${words === 1 ? "word" : "words"} · ${minutes} min to read`;
  }

  upload(files, at, said) { uploadFiles(this.view, files, at, () => this.token(), this.tidings.tell, this.tidings.during, said); }

  say(words) { this.status.textContent = words; }

  token() { return new FormData(this.form).get("__RequestVerificationToken"); }
}
