/* Bring the places of a picture into an order: press them one after the other; pressed again one is taken out. */

import { el } from "../dom.js";
import { toggled } from "./lists.js";
import { changeOr, press } from "./parts.js";
import { Stage, middle } from "./picture.js";
import { speak, word } from "./words.js";

export function build(spec, ctx) {
  const stage = new Stage(spec.picture, ctx);
  const max = spec.max || spec.spots.length + 1;
  const names = spec.spots.map((spot, place) => stage.name(spot, place));
  const buttons = stage.spots(spec.spots, (spot) => {
    changeOr(ctx, toggled(ctx.list(), spot.id, max));
    const place = ctx.list().indexOf(spot.id);
    if (place >= 0) speak("order.placed", { name: names[spec.spots.indexOf(spot)], n: place + 1 });
  });
  const numbers = spec.spots.map((spot) => stage.put(el("b", { class: "spot-number figures", "aria-hidden": "true" }), ...middle(spot, spec.picture)));
  stage.element.append(...numbers);
  function show(list) {
    buttons.forEach((button, at) => {
      const place = list.indexOf(button.dataset.id);
      press(button, place >= 0);
      button.setAttribute("aria-label", place < 0 ? names[at] : word("place.number", { name: names[at], n: place + 1 }));
      numbers[at].textContent = place < 0 ? "" : String(place + 1);
    });
  }
  return { element: stage.element, show };
}
