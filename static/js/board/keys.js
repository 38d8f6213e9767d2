// The keyboard: arrows between tiles, one key for each frequent act, and a page that says which.

import { showHelp } from "./later.js";
import { seatView } from "./store.js";
import { t } from "./words.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** `board` is the page: `{store, map, room, chosen, open(id), close(), openNext(step), atSeat(name, view), say(text)}`. */
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
  c: (board) => onSeat(board, "confirm"),
  r: (board) => onSeat(board, "remindTop"),
  l: (board) => onSeat(board, "lookTop"),
  d: (board) => onSeat(board, "dismissTop"),
  k: (board) => onSeat(board, "playTop"),
  v: (board) => onSeat(board, "giveLeave"),
  b: (board) => onSeat(board, "takeBack"),
  n: (board) => board.openNext(1),
  p: (board) => board.openNext(-1),
  s: (board) => board.map.turn("sort"),
  w: (board) => board.map.turn("size"),
  f: (board) => board.map.turn("show"),
  "[": (board) => board.map.turnPage(-1),
  "]": (board) => board.map.turnPage(1),
  a: (board) => showPrecision(board),
  "?": () => showHelp(),
};

/** The seat a key means: the open one, whatever tile has the focus; without one, that tile. An act never goes to a seat that is not shown. */
export function seatOfKey(chosen, focused) {
  return chosen ?? (focused === undefined ? null : Number(focused));
}

function onSeat(board, name) {
  const id = seatOfKey(board.chosen, document.activeElement?.closest(".tile")?.dataset.id);
  const view = id === null ? null : seatView(board.store.board, id);
  return view ? board.atSeat(name, view) : board.say(t("keys.no_seat"));
}

function showPrecision(board) {
  board.close();
  board.room.togglePrecision();
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
