/* Points on a picture: set by a press, moved by dragging or by arrow keys, their place spoken. */

import { el } from "../dom.js";
import { Typing } from "../typing.js";
import { full, without } from "./lists.js";
import { Stage } from "./picture.js";
import { speak, word } from "./words.js";

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** `face()` gives what a point looks like; `add` is the word of the button that sets one without a mouse. */
export function points(spec, ctx, { face, add }) {
  const { width, height } = spec.picture;
  const max = spec.max ?? 1;
  const stage = new Stage(spec.picture, ctx);
  let list = [];
  const typing = new Typing({ begin: ctx.editing, keep: () => ctx.change(list) });
  const adder = el("button", { type: "button", class: "button small", onclick: () => { set(width / 2, height / 2); marks().at(-1)?.focus(); } }, word(add));
  const marks = () => [...stage.element.querySelectorAll(".point")];
  const clamp = (value, most) => Math.round(Math.min(most, Math.max(0, value)));
  function tell(at) {
    const [x, y] = list[at].split(" ");
    speak("point", { n: at + 1, x, y });
  }
  /** A new point; where one is allowed, it is moved. */
  function set(x, y) {
    if (max !== 1 && full(list.length, max)) return speak("full");
    const point = `${clamp(x, width)} ${clamp(y, height)}`;
    list = max === 1 ? [point] : [...list, point];
    changed();
    return tell(list.length - 1);
  }
  function place(at, x, y) {
    list = list.map((one, other) => (other === at ? `${clamp(x, width)} ${clamp(y, height)}` : one));
    changed();
  }
  function changed() {
    if (ctx.frozen()) { list = ctx.list(); return draw(); }
    draw();
    return typing.touched();
  }
  function keys(event, at) {
    const by = MOVES[event.key];
    const gone = event.key === "Delete" || event.key === "Backspace";
    if (!by && !gone) return;
    event.preventDefault();
    event.stopPropagation();
    const [x, y] = list[at].split(" ").map(Number);
    const step = event.shiftKey ? 10 : 1;
    if (by) { place(at, x + by[0] * step, y + by[1] * step); return tell(at); }
    list = without(list, at);
    changed();
    return (marks()[0] ?? adder).focus();
  }
  function mark(at) {
    const button = el("button", { type: "button", class: "point" }, face?.());
    button.addEventListener("keydown", (event) => keys(event, at));
    button.addEventListener("pointerdown", (event) => button.setPointerCapture(event.pointerId));
    button.addEventListener("pointermove", (event) => { if (button.hasPointerCapture(event.pointerId)) place(at, ...stage.pointOf(event)); });
    button.addEventListener("pointerup", () => tell(at));
    return button;
  }
  function draw() {
    const known = marks();
    known.slice(list.length).forEach((one) => one.remove());
    list.forEach((point, at) => {
      const [x, y] = point.split(" ").map(Number);
      const button = known[at] ?? mark(at);
      if (!known[at]) stage.element.append(button);
      stage.put(button, x, y);
      button.setAttribute("aria-label", word("point", { n: at + 1, x, y }));
    });
  }
  stage.element.addEventListener("click", (event) => { if (!event.target.closest(".point")) set(...stage.pointOf(event)); });
  const show = (stored) => { if (!typing.dirty) { list = [...stored]; draw(); } };
  const element = el("div", { class: "stack tight" }, stage.element, el("div", { class: "row tight" }, adder, el("span", { class: "small faint" }, word("point.help"))));
  return { element, show, flush: () => typing.flush(), stage };
}
