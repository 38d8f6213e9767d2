/* What several interactions are built from: buttons that stay pressed, chips to pick, lists of what was paired. */

import { el } from "../dom.js";
import { spoken } from "./html.js";
import { speak, word } from "./words.js";

/** Names of options by id, as they are spoken. */
export const namesOf = (options) => Object.fromEntries(options.map((one) => [one.id, spoken(one.html)]));

export function toggle(props, ...children) {
  return el("button", { type: "button", "aria-pressed": "false", ...props }, ...children);
}

export const press = (button, on) => button.setAttribute("aria-pressed", String(on));

/** Change the answer, or say why it cannot be. */
export function changeOr(ctx, list) {
  if (list) ctx.change(list);
  else speak("full");
}

/** A chip for a thing that can be picked and put somewhere. */
export const chip = (option, ctx, onclick) => toggle({ class: "chip", onclick, draggable: true, "data-id": option.id }, ctx.html(option.html));

/** The pairs made so far, each with a way to take it back. */
export function pairList(list, nameOf, remove) {
  if (!list.length) return [el("li", { class: "small faint" }, word("none_yet"))];
  return list.map((pair, place) => {
    const name = nameOf(pair);
    return el("li", {}, el("span", {}, name), el("button", { type: "button", class: "button plain small", "aria-label": word("remove", { name }), onclick: () => { remove(place); speak("removed", { name }); } }, "×"));
  });
}

/** Pick one thing, then another: a press, Enter or a drag; Escape drops what was picked. */
export class Picking {
  constructor({ element, sides, join, names }) {
    Object.assign(this, { sides, join, names, picked: null });
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
    if (this.join(pair)) speak("joined", { a: this.names[pair[0]], b: this.names[pair[1]] });
    else speak("full");
    return undefined;
  }

  pick(thing) {
    this.drop();
    this.picked = thing;
    press(thing.button, true);
    thing.button.classList.add("picked");
    speak("picked", { name: this.names[thing.id] });
  }

  drop() {
    if (this.picked) press(this.picked.button, false);
    this.picked?.button.classList.remove("picked");
    this.picked = null;
  }

  /** Dragging is another way to the same two presses. */
  drags(button, side, id) {
    button.addEventListener("dragstart", () => this.pick({ side, id, button }));
    this.takes(button, side, id);
  }

  takes(button, side, id) {
    button.addEventListener("dragover", (event) => event.preventDefault());
    button.addEventListener("drop", (event) => { event.preventDefault(); if (this.picked) this.press(side, id, button); });
  }
}
