// Every key and what it does, in one dialog.

import { askOnce } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./words.js";

const MAP = [
  ["seats", [["← → ↑ ↓", "move"], ["Enter", "open"], ["N", "next"], ["P", "previous"], ["Esc", "close"]]],
  ["incident", [["C", "confirm"], ["L", "look"], ["D", "dismiss"], ["R", "remind"], ["K", "play"]]],
  ["leave", [["V", "leave"], ["B", "back"]]],
  ["page", [["S", "sort"], ["W", "size"], ["F", "show"], ["[ ]", "page"], ["A", "precision"], ["?", "help"]]],
  ["dialog", [["1–9", "choose"], ["Enter", "send"], ["Esc", "leave_dialog"]]],
];

/** The keys and what they do, group by group. */
export function showHelp() {
  askOnce({ title: t("keys.title"), lines: [h("div", { class: "key-map" }, MAP.map(group))], confirm: t("dialog.close"), plain: true, wide: true, run: () => null });
}

function group([name, keys]) {
  const rows = keys.flatMap(([key, what]) => [h("dt", {}, key.split(" ").map((one) => h("kbd", {}, one))), h("dd", {}, t(`keys.${what}`))]);
  return h("section", {}, h("h3", { class: "over" }, t(`keys.group_${name}`)), h("dl", { class: "keys" }, rows));
}
