/* Bring options into an order: press what comes next; move it up and down, or take it out again. */

import { el } from "../dom.js";
import { full, moved, without } from "./lists.js";
import { namesOf } from "./parts.js";
import { speak, word } from "./words.js";

export function build(spec, ctx) {
  const names = namesOf(spec.options);
  const byId = Object.fromEntries(spec.options.map((one) => [one.id, one]));
  const pool = el("div", { class: "chips", role: "group", "aria-label": word("order.pool") });
  const placed = el("ol", { class: "ordered", "aria-label": word("order.yours") });
  const all = el("button", { type: "button", class: "button plain small", onclick: () => set([...ctx.list(), ...open(ctx.list())], 0, 0) }, word("order.as_is"));
  const open = (list) => spec.options.map(({ id }) => id).filter((id) => !list.includes(id));
  let focus = null;
  function set(list, place, part) {
    focus = list.length ? { place: Math.min(place, list.length - 1), part } : null;
    ctx.change(list);
    if (list[place]) speak("order.placed", { name: names[list[place]], n: place + 1 });
  }
  function add(id) {
    const list = ctx.list();
    if (full(list.length, spec.max ?? 0)) return speak("full");
    ctx.change([...list, id]);
    speak("order.placed", { name: names[id], n: list.length + 1 });
    return pool.querySelector("button")?.focus();
  }
  const act = (label, text, onclick) => el("button", { type: "button", class: "button plain small", "aria-label": label, onclick }, text);
  function row(id, place, list) {
    const name = names[id];
    const to = (by, part) => () => set(moved(list, place, by), Math.min(list.length - 1, Math.max(0, place + by)), part);
    const item = el("li", { draggable: true }, el("span", { class: "grow" }, ctx.html(byId[id].html)), act(word("order.up", { name }), "↑", to(-1, 0)),
      act(word("order.down", { name }), "↓", to(1, 1)), act(word("remove", { name }), "×", () => set(without(list, place), place, 2)));
    item.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", String(place)));
    item.addEventListener("dragover", (event) => event.preventDefault());
    item.addEventListener("drop", (event) => { event.preventDefault(); const from = Number(event.dataTransfer.getData("text/plain")); set(moved(list, from, place - from), place, 0); });
    return item;
  }
  function show(list) {
    pool.replaceChildren(...open(list).map((id) => el("button", { type: "button", class: "chip", "data-id": id, onclick: () => add(id) }, ctx.html(byId[id].html))));
    placed.replaceChildren(...list.map((id, place) => row(id, place, list)));
    all.hidden = !open(list).length || Boolean(spec.max);
    if (focus) placed.children[focus.place]?.querySelectorAll("button")[focus.part].focus();
    focus = null;
  }
  const element = el("div", { class: "stack tight" }, el("p", { class: "small faint" }, word("order.pool")), pool, all, el("p", { class: "small faint" }, word("order.yours")), placed);
  return { element, show };
}
