/* The keys of the sheet. Figures go into the active line's field by themselves; letters are acts while no text is typed. */

import { byId } from "../dom.js";

const isText = (target) => Boolean(target.closest?.("textarea, .reason, select"));

export function listen({ lines, tabs, finishing }) {
  const help = byId("keys-dialog");
  const acts = {
    ArrowUp: () => lines.move(-1),
    ArrowDown: () => lines.move(1),
    "+": () => lines.active?.step(0.5),
    "=": () => lines.active?.step(0.5),
    "-": () => lines.active?.step(-0.5),
    f: () => lines.active?.give(lines.active.max),
    z: () => lines.active?.give(0),
    r: () => lines.field?.focus(),
    n: () => byId("note").focus(),
    "[": () => tabs.step(-1),
    "]": () => tabs.step(1),
    ",": () => tabs.player?.frame(-1),
    ";": () => tabs.player?.frame(1),
    p: () => tabs.player?.toggle(),
    "?": () => help.showModal(),
    "？": () => help.showModal(),
  };
  byId("show-keys").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
    const act = chosen(event, { acts, lines, finishing });
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function chosen(event, { acts, lines, finishing }) {
  if (event.ctrlKey || event.metaKey) return event.key === "Enter" ? () => finishing.ask() : null;
  if (event.key === "Escape") return () => lines.active?.focus();
  if (isText(event.target)) return null;
  if (event.target.closest("[role=tab], video") && event.key.startsWith("Arrow")) return null;
  if (event.target.closest(".panel") && event.key.startsWith("Arrow")) return null;
  return acts[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}
