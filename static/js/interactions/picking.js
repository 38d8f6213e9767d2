/* Pick one thing, then another, and they are a pair: by a press, Enter or a drag; Escape drops what was picked. */

import { el } from "../dom.js";
import { associated, ends, full, paired, uses, without } from "./lists.js";
import { press, toggle } from "./parts.js";
import { speak, word } from "./words.js";

/** How often each thing may be used, by id. */
export const limitsOf = (things) => Object.fromEntries(things.map(({ id, max = 1 }) => [id, max]));

export class Picking {
  /** With `sides` 1 the things of one set pair with each other; `names` and `limits` hold those of the left, then of the right, by id. */
  constructor(spec, ctx, { element, sides, names, limits }) {
    Object.assign(this, { ctx, sides, names, limits, all: spec.max ?? 0, picked: null });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.picked) { this.drop(); event.stopPropagation(); }
    });
  }

  /** `side` is 0 or 1; with one set of things always 0. */
  press(side, id, button) {
    const before = this.picked;
    if (before?.button === button) return this.drop();
    if (!before || (this.sides === 2 && before.side === side)) return this.pick({ side, id, button });
    this.drop();
    const pair = before.side <= side ? [before.id, id] : [id, before.id];
    if (this.join(pair)) speak("joined", { a: this.names[0][pair[0]], b: this.names.at(-1)[pair[1]] });
    else speak("full");
    return undefined;
  }

  join([a, b]) {
    const most = { left: this.limits[0][a], right: this.limits.at(-1)[b], all: this.all };
    const list = (this.sides === 1 ? associated : paired)(this.ctx.list(), [a, b], most);
    if (list) this.ctx.change(list);
    return list;
  }

  pick(thing) {
    this.drop();
    this.picked = thing;
    press(thing.button, true);
    thing.button.classList.add("picked");
    speak("picked", { name: this.names.at(thing.side)[thing.id] });
  }

  drop() {
    if (this.picked) press(this.picked.button, false);
    this.picked?.button.classList.remove("picked");
    this.picked = null;
  }

  /** Dragging is another way to the same two presses. */
  takes(button, side, id) {
    button.addEventListener("dragover", (event) => event.preventDefault());
    button.addEventListener("drop", (event) => { event.preventDefault(); if (this.picked) this.press(side, id, button); });
  }

  /** Chips to pick, those of the left; `used` is said of each that may not be used again. */
  chips(options) {
    this.buttons = options.map(({ id, html }) => {
      const onclick = () => this.press(0, id, button);
      const button = toggle({ class: "chip", onclick, draggable: true, "data-id": id }, this.ctx.html(html));
      button.addEventListener("dragstart", () => this.pick({ side: 0, id, button }));
      this.takes(button, 0, id);
      return button;
    });
    return this.buttons;
  }

  showUsed(list) {
    const side = this.sides === 1 ? undefined : 0;
    for (const button of this.buttons) button.classList.toggle("used", full(uses(list, button.dataset.id, side), this.limits[0][button.dataset.id]));
  }

  /** The pairs made so far, each with a way to take it back. */
  pairs(list) {
    if (!list.length) return [el("li", { class: "small faint" }, word("none_yet"))];
    return list.map((pair, place) => {
      const [a, b] = ends(pair);
      const name = `${this.names[0][a]} ${this.sides === 1 ? "—" : "→"} ${this.names.at(-1)[b]}`;
      const remove = () => { this.ctx.change(without(this.ctx.list(), place)); speak("removed", { name }); };
      return el("li", {}, el("span", {}, name), el("button", { type: "button", class: "button plain small", "aria-label": word("remove", { name }), onclick: remove }, "×"));
    });
  }
}

/** Where the pairs made so far are listed. */
export const pairList = () => el("ul", { class: "pairs", "aria-label": word("pairs") });
