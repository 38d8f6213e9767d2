// The keyboard: arrows between tiles, one key for each frequent act, and a page that says which.

import { askOnce } from "./dialog.js";
import { h } from "./dom.js";
import { clauseToRemind } from "./conduct.js";
import { dismiss, look, remind } from "./incidents.js";
import { byWeight, isWorking, topIncident } from "./need.js";
import { seatView } from "./store.js";
import { t } from "./words.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HELP = [["← → ↑ ↓", "move"], ["Enter", "open"], ["Esc", "close"], ["R", "remind"], ["L", "look"], ["D", "dismiss"], ["N", "next"], ["?", "help"]];

/** `board` is the page: `{store, map, chosen, open(id), close(), say(text), wrong(text)}`. */
export function listenToKeys(board) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (ARROWS[event.key]) return moveFocus(event, board.map.grid);
    if (event.target.matches("input, textarea, select")) return;
    const run = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return;
    event.preventDefault();
    run(board);
  });
}

const KEYS = {
  Escape: (board) => board.close(),
  r: (board) => onSeat(board, remindTop),
  l: (board) => onSeat(board, lookTop),
  d: (board) => onSeat(board, dismissTop),
  n: (board) => board.openNext(),
  "?": () => showHelp(),
};

/** The seat a key means: the tile that has the focus, else the open one. */
function onSeat(board, run) {
  const focused = document.activeElement?.closest(".tile")?.dataset.id;
  const id = focused ? Number(focused) : board.chosen;
  const view = id === null ? null : seatView(board.store.board, id);
  return view ? run(view, board) : board.say(t("keys.no_seat"));
}

function remindTop(view, board) {
  if (!isWorking(view.tile)) return board.say(t("keys.not_working"));
  const incident = byWeight(view.incidents).find(clauseToRemind) ?? null;
  return remind(view, board, { incident, clause: clauseToRemind(incident)?.code ?? null });
}

async function lookTop(view, board) {
  const incident = topIncident(view.incidents);
  if (incident?.state !== "RAISED") return board.say(t("keys.nothing_to_look_at"));
  const wrong = await look(incident);
  return wrong ? board.wrong(wrong) : board.say(t("keys.looked"));
}

function dismissTop(view, board) {
  const incident = topIncident(view.incidents);
  return incident ? dismiss(incident, board) : board.say(t("keys.nothing_to_dismiss"));
}

/** Focus the nearest tile in the direction of the arrow. */
function moveFocus(event, grid) {
  const from = event.target.closest(".tile") ?? grid.querySelector(".tile[tabindex='0']");
  if (!from || event.target.matches("input, textarea, select")) return;
  if (!event.target.closest(".tile") && event.target !== document.body) return;
  event.preventDefault();
  const [dx, dy] = ARROWS[event.key];
  const tiles = [...grid.querySelectorAll(".tile")].filter((tile) => tile !== from);
  const ranked = tiles.map((tile) => ({ tile, far: farness(from, tile, { dx, dy }) })).filter(({ far }) => far < Infinity);
  ranked.sort((a, b) => a.far - b.far)[0]?.tile.focus();
}

function farness(from, to, { dx, dy }) {
  const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
  const [x, y] = [b.x + b.width / 2 - a.x - a.width / 2, b.y + b.height / 2 - a.y - a.height / 2];
  const along = x * dx + y * dy;
  const aside = Math.abs(x * dy) + Math.abs(y * dx);
  return along > 4 ? along + aside * 4 : Infinity;
}

/** The keys and what they do. */
export function showHelp() {
  const rows = HELP.map(([key, name]) => [h("dt", {}, key.split(" ").map((one) => h("kbd", {}, one))), h("dd", {}, t(`keys.${name}`))]).flat();
  askOnce({ title: t("keys.title"), lines: [h("dl", { class: "keys" }, rows)], confirm: t("dialog.close"), plain: true, run: () => null });
}
