/* Hear or see something; how often it was played is the answer, and where it is limited, the limit holds. */

import { el, write } from "../dom.js";
import { word } from "./words.js";

export function build(spec, ctx) {
  const player = el(spec.video ? "video" : "audio", { controls: true, preload: "metadata", loop: Boolean(spec.loop), "aria-label": ctx.label },
    spec.sources.map((id) => el("source", { src: ctx.urls[id] ?? "" })));
  const line = el("p", { class: "small faint figures", role: "status" });
  const played = () => Number(ctx.list()[0] ?? 0);
  const over = () => Boolean(spec.max) && played() >= spec.max;
  let running = false;
  player.addEventListener("play", () => {
    if (running) return;
    if (over()) return player.pause();
    running = true;
    return ctx.change([String(played() + 1)]);
  });
  player.addEventListener("ended", () => { running = false; show(ctx.list()); });
  function show() {
    write(line, [spec.max && word("plays", { n: spec.max }), word("played", { n: played() })].filter(Boolean).join(" · "));
    player.controls = running || !over();
  }
  return { element: el("div", { class: "stack tight" }, player, line), show };
}
