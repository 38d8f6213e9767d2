/* Choose one option within a line of text. */

import { el } from "../dom.js";
import { spoken } from "./html.js";
import { word } from "./words.js";

export function build(spec, ctx) {
  const options = spec.options.map(({ id, html }) => el("option", { value: id }, spoken(html)));
  const element = el("select", { class: "input inline", "aria-label": ctx.label, onchange: () => ctx.change(element.value ? [element.value] : []) },
    el("option", { value: "" }, word("choose")), options);
  return { element, show: (list) => { element.value = list[0] ?? ""; } };
}
