/* Choose one or several options: the same card of letters as the plain types. */

import { el } from "../dom.js";
import { changeOr } from "./parts.js";
import { toggled } from "./lists.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function build(spec, ctx) {
  const max = spec.max ?? 1;
  const ids = spec.options.map(({ id }) => id);
  const set = (id) => {
    const list = toggled(ctx.list(), id, max);
    changeOr(ctx, list && ids.filter((one) => list.includes(one)));
    show(ctx.list());
  };
  const inputs = ids.map((value) => el("input", { type: max === 1 ? "radio" : "checkbox", name: ctx.name, value, onchange: () => set(value) }));
  const rows = spec.options.map((option, place) => el("label", { class: "option" }, inputs[place],
    el("kbd", { "aria-hidden": "true" }, LETTERS[place] ?? "·"), el("span", {}, ctx.html(option.html))));
  const element = el("div", { class: `options ${max === 1 ? "single" : "multiple"}`, role: max === 1 ? "radiogroup" : "group", "aria-label": ctx.label }, rows);
  // Up and down go through the options here, as in every list of radio buttons.
  element.addEventListener("keydown", (event) => { if (["ArrowUp", "ArrowDown"].includes(event.key)) event.stopPropagation(); });
  function show(list) {
    for (const input of inputs) input.checked = list.includes(input.value);
  }
  const letter = (key) => (ids[LETTERS.indexOf(key)] ? () => set(ids[LETTERS.indexOf(key)]) : null);
  return { element, show, letter };
}
