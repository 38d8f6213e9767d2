/* Pair the places of a picture with each other: press one, then the other; a line joins them. */

import { el } from "../dom.js";
import { associated, ends, uses, without } from "./lists.js";
import { Picking, pairList } from "./parts.js";
import { Stage, middle, svg } from "./picture.js";
import { word } from "./words.js";

export function build(spec, ctx) {
  const stage = new Stage(spec.picture, ctx);
  const byId = Object.fromEntries(spec.spots.map((spot) => [spot.id, spot]));
  const names = Object.fromEntries(spec.spots.map((spot, place) => [spot.id, stage.name(spot, place)]));
  const made = el("ul", { class: "pairs", "aria-label": word("pairs") });
  const element = el("div", { class: "stack tight" }, stage.element, made);
  const join = ([a, b]) => {
    const list = associated(ctx.list(), [a, b], { left: byId[a].max ?? 1, right: byId[b].max ?? 1, all: spec.max ?? 0 });
    if (list) ctx.change(list);
    return list;
  };
  const picking = new Picking({ element, sides: 1, join, names });
  const buttons = stage.spots(spec.spots, (spot, button) => picking.press(0, spot.id, button));
  const lines = svg("svg", { class: "lines", viewBox: `0 0 ${spec.picture.width} ${spec.picture.height}`, "aria-hidden": "true" });
  stage.element.append(lines);
  function line(pair) {
    const [[x1, y1], [x2, y2]] = ends(pair).map((id) => middle(byId[id], spec.picture));
    return svg("line", { x1, y1, x2, y2 });
  }
  function show(list) {
    lines.replaceChildren(...list.map(line));
    for (const button of buttons) button.classList.toggle("used", uses(list, button.dataset.id) > 0);
    made.replaceChildren(...pairList(list, (pair) => ends(pair).map((id) => names[id]).join(" — "), (place) => ctx.change(without(ctx.list(), place))));
  }
  return { element, show };
}
