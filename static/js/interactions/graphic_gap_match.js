/* Put choices on the places of a picture: press a choice, then a place, or the other way round. */

import { el } from "../dom.js";
import { ends } from "./lists.js";
import { namesOf } from "./parts.js";
import { Picking, limitsOf, pairList } from "./picking.js";
import { Stage, middle } from "./picture.js";
import { word } from "./words.js";

export function build(spec, ctx) {
  const stage = new Stage(spec.picture, ctx);
  const [names, places] = [namesOf(spec.choices), stage.names(spec.spots)];
  const html = Object.fromEntries(spec.choices.map((one) => [one.id, one.html]));
  const chips = el("div", { class: "chips", role: "group", "aria-label": word("choices") });
  const made = pairList();
  const element = el("div", { class: "stack tight" }, chips, stage.element, made);
  const picking = new Picking(spec, ctx, { element, sides: 2, names: [names, places], limits: [limitsOf(spec.choices), limitsOf(spec.spots)] });
  chips.append(...picking.chips(spec.choices));
  const spots = stage.spots(spec.spots, (spot, button) => picking.press(1, spot.id, button));
  for (const button of spots) picking.takes(button, 1, button.dataset.id);
  const held = spec.spots.map((spot) => stage.put(el("span", { class: "held", "aria-hidden": "true" }), ...middle(spot, spec.picture)));
  stage.element.append(...held);
  function show(list) {
    picking.showUsed(list);
    spots.forEach((button, at) => {
      const here = list.filter((pair) => ends(pair)[1] === button.dataset.id).map((pair) => ends(pair)[0]);
      held[at].replaceChildren(...here.map((id) => el("span", {}, ctx.html(html[id]))));
      const name = places[button.dataset.id];
      button.setAttribute("aria-label", here.length ? word("place.holds", { name, held: here.map((id) => names[id]).join(", ") }) : name);
    });
    made.replaceChildren(...picking.pairs(list));
  }
  return { element, show };
}
