/* Pair the places of a picture with each other: press one, then the other; a line joins them. */

import { el } from "../dom.js";
import { ends, uses } from "./lists.js";
import { Picking, limitsOf, pairList } from "./picking.js";
import { Stage, middle, svg } from "./picture.js";

export function build(spec, ctx) {
  const stage = new Stage(spec.picture, ctx);
  const made = pairList();
  const element = el("div", { class: "stack tight" }, stage.element, made);
  const picking = new Picking(spec, ctx, { element, sides: 1, names: [stage.names(spec.spots)], limits: [limitsOf(spec.spots)] });
  const buttons = stage.spots(spec.spots, (spot, button) => picking.press(0, spot.id, button));
  const lines = svg("svg", { class: "lines", viewBox: `0 0 ${spec.picture.width} ${spec.picture.height}`, "aria-hidden": "true" });
  stage.element.append(lines);
  function line(pair) {
    const [[x1, y1], [x2, y2]] = ends(pair).map((id) => middle(spec.spots.find((spot) => spot.id === id), spec.picture));
    return svg("line", { x1, y1, x2, y2 });
  }
  function show(list) {
    lines.replaceChildren(...list.map(line));
    for (const button of buttons) button.classList.toggle("used", uses(list, button.dataset.id) > 0);
    made.replaceChildren(...picking.pairs(list));
  }
  return { element, show };
}
