// Pictures that are dropped or pasted go to the media, and stand in the text once they are there; how far they are is shown in their place.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { nodes } from "./schema.js";

const key = new PluginKey("uploads");

export const uploadPlugin = () => new Plugin({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply: (tr, set) => {
      set = set.map(tr.mapping, tr.doc);
      const news = tr.getMeta(key);
      if (news?.add) set = set.add(tr.doc, [Decoration.widget(news.add.at, news.add.dom, { id: news.add.id })]);
      if (news?.remove) set = set.remove(set.find(undefined, undefined, (spec) => spec.id === news.remove));
      return set;
    },
  },
  props: { decorations: (state) => key.getState(state) },
});

const placeOf = (state, id) => key.getState(state).find(undefined, undefined, (spec) => spec.id === id)[0]?.from ?? null;

/** @param {(words: string) => void} tell
 * @param {(work: Promise<any>) => Promise<any>} during
 * @param {{alt?: string, focus?: string}} said what is known of the picture already */
export function uploadFiles(view, files, at, token, tell, during, said = {}) {
  for (const file of files) {
    const id = {};
    const progress = progressOf(file);
    view.dispatch(view.state.tr.setMeta(key, { add: { id, at, dom: progress } }));
    during(send(file, said.alt ?? "", token(), (part) => { progress.value = part; })).then((answer) => {
      const place = placeOf(view.state, id);
      let tr = view.state.tr.setMeta(key, { remove: id });
      if (answer.problem) tell(answer.problem);
      else if (place !== null) {
        const figure = nodes.figure.create({ src: answer.path, alt: said.alt || (answer.alt ?? ""), focus: said.focus ?? "" });
        const $at = tr.doc.resolve(place);
        const top = $at.depth > 0 ? $at.node(1) : null;
        if (top?.type === nodes.paragraph && top.content.size === 0) tr = tr.replaceWith($at.before(1), $at.after(1), figure);
        else tr = tr.insert($at.depth > 0 ? $at.after(1) : place, figure);
        if (tr.doc.lastChild.type === nodes.figure) tr = tr.insert(tr.doc.content.size, nodes.paragraph.create());
        tell(arrived(file, said.alt));
      }
      view.dispatch(tr);
    });
  }
}

export const arrived = (file, alt) => `${file.name} is in the text.${alt ? "" : " Say what it shows."}`;

export function progressOf(file) {
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", `Uploading ${file.name}`);
  return progress;
}

/** @returns {Promise<{path?: string, alt?: string, problem?: string}>} */
export function send(file, alt, token, onProgress) {
  return new Promise((done) => {
    const form = new FormData();
    form.set("__RequestVerificationToken", token);
    form.set("alt", alt);
    form.set("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", "/newsroom/media/");
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); });
    request.addEventListener("load", () => done(request.response?.path || request.response?.problem ? request.response : { problem: `“${file.name}” was not taken: ${request.status === 403 ? "your role cannot bring in files. An editor can." : "sign in again, then try once more."}` }));
    request.addEventListener("error", () => done({ problem: `“${file.name}” did not get through: there is no connection.` }));
    request.send(form);
  });
}
