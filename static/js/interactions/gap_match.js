/* Fill the gaps of a text from a list: press a choice and then a gap, or the other way round; a filled gap gives it back. */

import { el, write } from "../dom.js";
import { ends } from "./lists.js";
import { namesOf, toggle } from "./parts.js";
import { Picking, limitsOf } from "./picking.js";
import { speak, word } from "./words.js";

export function build(spec, ctx) {
  const names = namesOf(spec.choices);
  const html = Object.fromEntries(spec.choices.map((one) => [one.id, one.html]));
  const chips = el("div", { class: "chips", role: "group", "aria-label": word("choices") });
  const text = el("div", { class: "gaps" }, ctx.html(spec.html));
  const element = el("div", { class: "stack tight" }, chips, text);
  const numbered = Object.fromEntries(spec.gaps.map((gap, place) => [gap.id, gap.label || word("gap", { n: place + 1 })]));
  const picking = new Picking(spec, ctx, { element, sides: 2, names: [names, numbered], limits: [limitsOf(spec.choices), limitsOf(spec.gaps)] });
  chips.append(...picking.chips(spec.choices));
  const gaps = spec.gaps.map(({ id }) => {
    const button = toggle({ class: "gap", "data-id": id, onclick: () => at(id, button) });
    picking.takes(button, 1, id);
    text.querySelector(`[data-gap="${CSS.escape(id)}"]`)?.replaceWith(button);
    return button;
  });
  function at(id, button) {
    const held = ctx.list().find((pair) => ends(pair)[1] === id);
    if (!held || picking.picked) return picking.press(1, id, button);
    ctx.change(ctx.list().filter((pair) => pair !== held));
    return speak("removed", { name: names[ends(held)[0]] });
  }
  function show(list) {
    picking.showUsed(list);
    gaps.forEach((button, place) => {
      const held = list.find((pair) => ends(pair)[1] === button.dataset.id);
      const name = held && names[ends(held)[0]];
      button.classList.toggle("filled", Boolean(held));
      if (held) button.replaceChildren(ctx.html(html[ends(held)[0]]));
      else write(button, String(place + 1));
      button.setAttribute("aria-label", held ? word("gap.filled", { n: place + 1, name }) : word("gap.empty", { n: place + 1 }));
    });
  }
  return { element, show };
}
