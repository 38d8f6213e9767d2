/* Pair each of one set with those of another: a table of radio buttons or boxes, or a list for each row where there are many. */

import { el } from "../dom.js";
import { changeOr, namesOf } from "./parts.js";
import { ends, paired } from "./lists.js";
import { word } from "./words.js";

const WIDEST = 6;

export function build(spec, ctx) {
  const names = { ...namesOf(spec.sources) };
  const targets = namesOf(spec.targets);
  const limits = (a, b) => ({ left: a.max ?? 1, right: b.max ?? 1, all: spec.max ?? 0 });
  const single = spec.sources.every((one) => (one.max ?? 1) === 1);
  const has = (list, a, b) => list.includes(`${a.id} ${b.id}`);
  function press(a, b) {
    const list = ctx.list();
    if (has(list, a, b)) ctx.change(list.filter((pair) => pair !== `${a.id} ${b.id}`));
    else changeOr(ctx, paired(list, [a.id, b.id], limits(a, b)));
    show(ctx.list());
  }
  const cells = new Map();
  function cell(a, b) {
    const input = el("input", { type: single ? "radio" : "checkbox", name: `${ctx.name}-${a.id}`, "aria-label": word("match.cell", { a: names[a.id], b: targets[b.id] }), onclick: () => press(a, b) });
    cells.set(`${a.id} ${b.id}`, input);
    return el("td", {}, el("label", { class: "match-cell" }, input));
  }
  function table() {
    return el("table", { class: "matrix" },
      el("thead", {}, el("tr", {}, el("td"), spec.targets.map((b) => el("th", { scope: "col" }, ctx.html(b.html))))),
      el("tbody", {}, spec.sources.map((a) => el("tr", {}, el("th", { scope: "row" }, ctx.html(a.html)), spec.targets.map((b) => cell(a, b))))));
  }
  function selects() {
    return el("div", { class: "match-rows" }, spec.sources.flatMap((a) => {
      const select = el("select", { class: "input", "aria-label": word("match.row", { a: names[a.id] }), onchange: () => choose(a, select.value) },
        el("option", { value: "" }, word("choose")), spec.targets.map((b) => el("option", { value: b.id }, targets[b.id])));
      cells.set(a.id, select);
      return [el("span", {}, ctx.html(a.html)), select];
    }));
  }
  function choose(a, id) {
    const b = spec.targets.find((one) => one.id === id);
    if (b) press(a, b);
    else ctx.change(ctx.list().filter((pair) => ends(pair)[0] !== a.id));
  }
  const wide = single && spec.targets.length > WIDEST;
  const element = wide ? selects() : table();
  element.addEventListener("keydown", (event) => { if (event.key.startsWith("Arrow")) event.stopPropagation(); });
  // Radio buttons answer arrows by choosing: there the press comes as `click` too.
  function show(list) {
    for (const [key, field] of cells) {
      if (wide) field.value = ends(list.find((pair) => ends(pair)[0] === key) ?? " ")[1];
      else field.checked = list.includes(key);
    }
  }
  return { element, show };
}
