/* Put choices on the places of a picture: press a choice, then a place, or the other way round. */

import { el } from "../dom.js";
import { ends, full, paired, uses, without } from "./lists.js";
import { Picking, chip, namesOf, pairList } from "./parts.js";
import { Stage, middle } from "./picture.js";
import { word } from "./words.js";

export function build(spec, ctx) {
  const stage = new Stage(spec.picture, ctx);
  const places = Object.fromEntries(spec.spots.map((spot, at) => [spot.id, stage.name(spot, at)]));
  const names = namesOf(spec.choices);
  const limit = (list, id) => list.find((one) => one.id === id).max ?? 1;
  const html = Object.fromEntries(spec.choices.map((one) => [one.id, one.html]));
  const chips = el("div", { class: "chips", role: "group", "aria-label": word("choices") });
  const made = el("ul", { class: "pairs", "aria-label": word("pairs") });
  const element = el("div", { class: "stack tight" }, chips, stage.element, made);
  const join = ([choice, spot]) => {
    const list = paired(ctx.list(), [choice, spot], { left: limit(spec.choices, choice), right: limit(spec.spots, spot), all: spec.max ?? 0 });
    if (list) ctx.change(list);
    return list;
  };
  const picking = new Picking({ element, sides: 2, join, names: { ...names, ...places } });
  const buttons = spec.choices.map((option) => {
    const button = chip(option, ctx, () => picking.press(0, option.id, button));
    picking.drags(button, 0, option.id);
    return button;
  });
  chips.append(...buttons);
  const spots = stage.spots(spec.spots, (spot, button) => picking.press(1, spot.id, button));
  for (const button of spots) picking.takes(button, 1, button.dataset.id);
  const held = spec.spots.map((spot) => stage.put(el("span", { class: "held", "aria-hidden": "true" }), ...middle(spot, spec.picture)));
  stage.element.append(...held);
  function show(list) {
    for (const button of buttons) button.classList.toggle("used", full(uses(list, button.dataset.id, 0), limit(spec.choices, button.dataset.id)));
    spots.forEach((button, at) => {
      const here = list.filter((pair) => ends(pair)[1] === button.dataset.id).map((pair) => ends(pair)[0]);
      held[at].replaceChildren(...here.map((id) => el("span", {}, ctx.html(html[id]))));
      const name = places[button.dataset.id];
      button.setAttribute("aria-label", here.length ? word("place.holds", { name, held: here.map((id) => names[id]).join(", ") }) : name);
    });
    made.replaceChildren(...pairList(list, (pair) => `${names[ends(pair)[0]]} → ${places[ends(pair)[1]]}`, (place) => ctx.change(without(ctx.list(), place))));
  }
  return { element, show };
}
