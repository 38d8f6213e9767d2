/* Fill the gaps of a text from a list: press a choice and then a gap, or the other way round; a filled gap gives it back. */

import { el, write } from "../dom.js";
import { ends, full, paired, uses } from "./lists.js";
import { Picking, chip, namesOf, toggle } from "./parts.js";
import { speak, word } from "./words.js";

export function build(spec, ctx) {
  const names = namesOf(spec.choices);
  const max = Object.fromEntries(spec.choices.map((one) => [one.id, one.max ?? 1]));
  const html = Object.fromEntries(spec.choices.map((one) => [one.id, one.html]));
  const chips = el("div", { class: "chips", role: "group", "aria-label": word("choices") });
  const text = el("div", { class: "gaps" }, ctx.html(spec.html));
  const element = el("div", { class: "stack tight" }, chips, text);
  const join = ([choice, gap]) => {
    const list = paired(ctx.list(), [choice, gap], { left: max[choice], right: 1, all: spec.max ?? 0 });
    if (list) ctx.change(list);
    return list;
  };
  const numbered = Object.fromEntries(spec.gaps.map((gap, place) => [gap.id, gap.label || word("gap", { n: place + 1 })]));
  const picking = new Picking({ element, sides: 2, join, names: { ...names, ...numbered } });
  const buttons = spec.choices.map((option) => {
    const button = chip(option, ctx, () => picking.press(0, option.id, button));
    picking.drags(button, 0, option.id);
    return button;
  });
  chips.append(...buttons);
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
    for (const button of buttons) button.classList.toggle("used", full(uses(list, button.dataset.id, 0), max[button.dataset.id]));
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
