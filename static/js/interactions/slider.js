/* Choose a number on a scale. Untouched it is no answer; a button takes the number as it stands. */

import { el, write } from "../dom.js";
import { Typing } from "../typing.js";
import { word } from "./words.js";

export function build(spec, ctx) {
  const input = el("input", { type: "range", "aria-label": ctx.label, oninput: () => { touched = true; draw(); typing.touched(); }, onchange: () => typing.flush() });
  Object.assign(input, { min: spec.lower, max: spec.upper, step: spec.step ?? "1", value: spec.lower, dir: spec.reverse ? "rtl" : "ltr" });
  let touched = false;
  const typing = new Typing({ begin: ctx.editing, keep: () => ctx.change(touched ? [input.value] : []) });
  const shown = el("output", { class: "slider-value figures" });
  const use = el("button", { type: "button", class: "button small", onclick: () => { ctx.change([input.value]); input.focus(); } }, word("slider.use"));
  const step = (by, text) => el("button", { type: "button", class: "button small", "aria-label": word(by < 0 ? "slider.down" : "slider.up"), onclick: () => {
    if (by < 0) input.stepDown(); else input.stepUp();
    ctx.change([input.value]);
  } }, text);
  function draw() {
    write(shown, touched ? input.value : word("slider.none"));
    input.setAttribute("aria-valuetext", shown.textContent);
    use.hidden = touched;
    input.classList.toggle("untouched", !touched);
  }
  function show([value]) {
    if (typing.dirty) return;
    touched = value !== undefined;
    if (touched) input.value = value;
    draw();
  }
  const scale = el("div", { class: "scale small faint figures", dir: input.dir }, el("span", {}, spec.lower), el("span", {}, spec.upper));
  const row = el("div", { class: `slider${spec.vertical ? " vertical" : ""}` }, step(-1, "−"), el("div", { class: "grow" }, input, scale), step(1, "+"), shown, use);
  return { element: row, show, flush: () => typing.flush() };
}
