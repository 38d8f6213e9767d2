/* One line of text, or a number with its unit. What is not a number is said to be none, and is not taken for an answer. */

import { el } from "../dom.js";
import { Typing } from "../typing.js";
import { word } from "./words.js";

const NUMBER = { number: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i, integer: /^[+-]?\d{1,18}$/ };

export function build(spec, ctx) {
  const pattern = NUMBER[spec.format];
  const most = spec.max_chars ?? 200;
  const field = el("input", { type: "text", class: "input inline", maxLength: most, inputMode: pattern ? "decimal" : "text", placeholder: spec.placeholder ?? "",
    autocomplete: "off", spellcheck: false, "aria-label": ctx.label, oninput: () => typing.touched(), onblur: () => typing.flush() });
  field.style.inlineSize = `${Math.min(40, Math.max(4, spec.chars || 10)) + 3}ch`;
  const unit = spec.units && el("select", { class: "input inline", "aria-label": word("unit"), onchange: () => { typing.touched(); typing.flush(); } },
    el("option", { value: "" }, word("unit")), spec.units.map((one) => el("option", { value: one }, one)));
  const hint = el("span", { class: "shape attention small", role: "alert", hidden: true }, word("not_a_number"));
  const typing = new Typing({ begin: ctx.editing, keep: () => ctx.change(value()) });
  // Full-width digits, as a Chinese keyboard writes them, are digits.
  const typed = () => (pattern ? field.value.normalize("NFKC").trim() : field.value.trim());
  const wrong = () => Boolean(pattern) && typed() !== "" && !pattern.test(typed());
  function value() {
    hint.hidden = !wrong();
    if (wrong() || (typed() === "" && (pattern || !unit?.value))) return [];
    return unit?.value ? [typed(), unit.value] : [typed()];
  }
  function show([text = "", chosen = ""]) {
    if (typing.dirty || wrong()) return;
    if (typed() !== text) field.value = text;
    if (unit) unit.value = chosen || unit.value;
  }
  return { element: el("span", { class: "entry" }, field, unit, hint), show, flush: () => typing.flush(), clear: () => { field.value = ""; hint.hidden = true; if (unit) unit.value = ""; } };
}
