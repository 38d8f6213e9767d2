/* Pair the options of one set with each other: press one, then the other. */

import { el } from "../dom.js";
import { associated, ends, full, uses, without } from "./lists.js";
import { Picking, chip, namesOf, pairList } from "./parts.js";
import { word } from "./words.js";

export function build(spec, ctx) {
  const names = namesOf(spec.options);
  const max = Object.fromEntries(spec.options.map((one) => [one.id, one.max ?? 1]));
  const made = el("ul", { class: "pairs", "aria-label": word("pairs") });
  const chips = el("div", { class: "chips" });
  const element = el("div", { class: "stack tight" }, chips, made);
  const join = ([a, b]) => {
    const list = associated(ctx.list(), [a, b], { left: max[a], right: max[b], all: spec.max ?? 0 });
    if (list) ctx.change(list);
    return list;
  };
  const picking = new Picking({ element, sides: 1, join, names });
  const buttons = spec.options.map((option) => {
    const button = chip(option, ctx, () => picking.press(0, option.id, button));
    picking.drags(button, 0, option.id);
    return button;
  });
  chips.append(...buttons);
  function show(list) {
    for (const button of buttons) button.classList.toggle("used", full(uses(list, button.dataset.id), max[button.dataset.id]));
    made.replaceChildren(...pairList(list, (pair) => ends(pair).map((id) => names[id]).join(" — "), (place) => ctx.change(without(ctx.list(), place))));
  }
  return { element, show };
}
