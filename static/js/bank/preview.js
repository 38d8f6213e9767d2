/* The sheet inside the preview frame: the candidate's own player, with answers that live and die in this page. */

import { STATUS } from "../state.js";
import { Theory } from "../theory.js";

class PageAnswers extends EventTarget {
  constructor(ids) {
    super();
    this.map = new Map(ids.map((id) => [id, { value: null, marked: false, status: STATUS.EMPTY }]));
  }

  get(id) {
    return this.map.get(id) ?? { value: null, marked: false, status: STATUS.EMPTY };
  }

  set(id, value, marked) {
    const empty = !value || (Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0);
    this.map.set(id, { value, marked, status: empty ? STATUS.EMPTY : STATUS.SAVED });
    this.dispatchEvent(new CustomEvent("change", { detail: id }));
  }

  editing() {}
}

function fit() {
  globalThis.frameElement.style.height = `${document.querySelector("main").scrollHeight + 4}px`;
}

/** The page around the frame calls this with an item's content; a new call shows a new item. */
globalThis.showItem = async (item) => {
  const { type, points, ...content } = item;
  const section = { id: "S1", title: "", type, points, items: [{ ...content, number: 1 }] };
  const answers = new PageAnswers([item.id]);
  const paper = { subject: "theory", sections: [section] };
  await Theory.of({ paper, answers, frozen: () => false, url: ({ sha256 }) => `/bank/media/${sha256}/` });
  new ResizeObserver(fit).observe(document.getElementById("items"));
  fit();
};
globalThis.frameElement.dispatchEvent(new Event("ready"));
