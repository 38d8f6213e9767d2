/* Plain text of several lines, its length counted as the server counts it. */

import { el, write } from "../dom.js";
import { characters } from "../text.js";
import { Typing } from "../typing.js";
import { word } from "./words.js";

export function build(spec, ctx) {
  const most = spec.max_chars ?? 4000;
  const typing = new Typing({ begin: ctx.editing, keep: () => ctx.change(value()) });
  const rows = spec.lines || Math.min(12, Math.max(4, Math.ceil((spec.chars || 300) / 60)));
  const areas = Array.from({ length: spec.strings ?? 1 }, () => el("textarea", { class: "input writing", rows, spellcheck: false, "aria-label": ctx.label, oninput, onblur: () => typing.flush() }));
  const counters = areas.map(() => el("p", { class: "small faint figures counter" }));
  function oninput({ target }) {
    if (characters(target.value) > most) target.value = [...target.value].slice(0, most).join("");
    count();
    typing.touched();
  }
  function value() {
    const texts = areas.map((area) => area.value);
    while (texts.length && texts.at(-1).trim() === "") texts.pop();
    return texts;
  }
  function count() {
    areas.forEach((area, place) => write(counters[place], word("count", { used: characters(area.value), most })));
  }
  function show(list) {
    if (typing.dirty) return;
    areas.forEach((area, place) => { if (area.value.trim() !== (list[place] ?? "").trim()) area.value = list[place] ?? ""; });
    count();
  }
  return { element: el("div", { class: "stack tight" }, areas.flatMap((area, place) => [area, counters[place]])), show, flush: () => typing.flush() };
}
