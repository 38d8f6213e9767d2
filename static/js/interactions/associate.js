/* Pair the options of one set with each other: press one, then the other. */

import { el } from "../dom.js";
import { namesOf } from "./parts.js";
import { Picking, limitsOf, pairList } from "./picking.js";

export function build(spec, ctx) {
  const made = pairList();
  const chips = el("div", { class: "chips" });
  const element = el("div", { class: "stack tight" }, chips, made);
  const picking = new Picking(spec, ctx, { element, sides: 1, names: [namesOf(spec.options)], limits: [limitsOf(spec.options)] });
  chips.append(...picking.chips(spec.options));
  function show(list) {
    picking.showUsed(list);
    made.replaceChildren(...picking.pairs(list));
  }
  return { element, show };
}
