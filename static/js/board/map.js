// The seats: as the room is, or by need; all of them or a few at a time; in an order that holds still until asked.

import { h, setText } from "./dom.js";
import { byNeed, bySeat, heldOrder, isUnseen, needOf } from "./need.js";
import { seatViews } from "./store.js";
import { Tile } from "./tile.js";
import { t } from "./words.js";

const CHOICES = { sort: ["seat", "need"], size: ["4", "9", "16", "all"], show: ["every", "active", "unseen"] };
const KEPT = "board.map";

/** Which seats a choice of `show` keeps. */
export function isShown(view, show, now) {
  if (show === "active") return needOf(view, now).level !== "quiet";
  return show === "unseen" ? isUnseen(view, now) : true;
}

/** The choice this machine kept, as far as it is one of today's. */
function keptChoice() {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  const known = Object.keys(CHOICES).filter((name) => CHOICES[name].includes(kept[name]));
  return { sort: "seat", size: "all", show: "every", page: 0, ...Object.fromEntries(known.map((name) => [name, kept[name]])) };
}

/** `board` is the page: `{store, link, pictures, chosen, open(id)}`. */
export class SeatMap {
  constructor(host, board) {
    this.board = board;
    this.tiles = new Map();
    this.order = [];
    this.choice = keptChoice();
    this.grid = h("div", { class: "map-grid", role: "group", "aria-label": t("map.seats") });
    this.pager = h("div", { class: "row tight map-pager" });
    this.stale = h("button", { class: "button small", type: "button", hidden: true, onclick: () => this.sortNow() }, t("map.sort_again"));
    host.append(this.#bar(), this.grid);
    this.seen = new Set();
    this.observer = new IntersectionObserver((entries) => this.#sight(entries), { root: this.grid });
    this.grid.addEventListener("focusin", ({ target }) => this.#roving(target.closest(".tile")));
  }

  #bar() {
    return h("div", { class: "map-bar" },
      this.#group("sort"), this.#group("size"), this.#group("show"), this.stale, this.pager);
  }

  #group(name) {
    const pressed = (value) => String(this.choice[name] === value);
    const buttons = CHOICES[name].map((value) =>
      h("button", { class: "button small", type: "button", "data-value": value, "aria-pressed": pressed(value), onclick: () => this.choose({ [name]: value }) }, t(`map.${name}.${value}`)));
    const group = h("div", { class: "segments", role: "group", "aria-label": t(`map.${name}`) }, buttons);
    this[`${name}Buttons`] = buttons;
    return group;
  }

  /** Show the seats another way, from the first page on; this machine keeps the choice. */
  choose(change) {
    this.choice = { ...this.choice, page: 0, ...change };
    localStorage.setItem(KEPT, JSON.stringify(this.choice));
    for (const name of Object.keys(CHOICES)) {
      for (const button of this[`${name}Buttons`]) button.setAttribute("aria-pressed", String(button.dataset.value === this.choice[name]));
    }
    this.sortNow();
  }

  /** The next value of a choice, round and round: what a key does. */
  turn(name) {
    const values = CHOICES[name];
    this.choose({ [name]: values[(values.indexOf(this.choice[name]) + 1) % values.length] });
  }

  /** Turn the page by `step`. */
  turnPage(step) {
    const pages = this.#pages();
    this.#goTo((this.choice.page + step + pages) % pages);
  }

  /** Order anew, because a person asked. */
  sortNow() {
    const views = seatViews(this.board.store.board);
    this.order = this.#wanted(views);
    this.#lay();
    this.update();
  }

  #wanted(views) {
    const now = this.board.store.now();
    const shown = views.filter((view) => isShown(view, this.choice.show, now));
    return this.choice.sort === "need" ? byNeed(shown, now) : bySeat(shown);
  }

  /** Bring every tile up to date; seats that came or became worth showing stand at the end, nothing else moves. */
  update() {
    const { store, link, chosen } = this.board;
    const views = new Map(seatViews(store.board).map((view) => [view.tile.id, view]));
    const wanted = this.#wanted([...views.values()]);
    const held = heldOrder(this.order, this.choice.show === "every" ? wanted : [...new Set([...this.order, ...wanted])].filter((id) => views.has(id)));
    if (String(held) !== String(this.order)) {
      this.order = held;
      this.#lay();
    }
    this.stale.hidden = this.choice.sort !== "need" || String(wanted) === String(this.order);
    const now = store.now();
    for (const id of this.#page()) this.tiles.get(id).update(views.get(id), { now, linkUp: link.up, chosen: chosen === id });
  }

  #page() {
    if (this.choice.size === "all") return this.order;
    const size = Number(this.choice.size);
    return this.order.slice(this.choice.page * size, (this.choice.page + 1) * size);
  }

  #lay() {
    this.choice.page = Math.min(this.choice.page, this.#pages() - 1);
    const page = this.#page();
    this.grid.dataset.size = this.choice.size;
    const asRoom = this.choice.size === "all" && this.choice.sort === "seat" && this.choice.show === "every";
    this.grid.dataset.layout = asRoom ? "room" : "flow";
    const nothing = h("p", { class: "state" }, t("map.none"));
    this.grid.replaceChildren(...(page.length ? page.map((id) => this.#tile(id).element) : [nothing]));
    this.#place(page, asRoom);
    this.#turn();
    this.observer.disconnect();
    this.seen.clear();
    for (const element of this.grid.querySelectorAll(".tile")) this.observer.observe(element);
    this.#roving(this.grid.querySelector(".tile[tabindex='0']") ?? this.grid.querySelector(".tile"));
  }

  #place(page, asRoom) {
    const tiles = page.map((id) => this.board.store.board.objects.sitting_tile.get(id));
    const first = (name) => Math.min(...tiles.map((tile) => tile[name]));
    const columns = asRoom && tiles.length ? Math.max(...tiles.map((tile) => tile.column)) - first("column") + 1 : 0;
    this.grid.style.setProperty("--columns", columns || (this.choice.size === "all" ? 8 : Math.sqrt(Number(this.choice.size))));
    tiles.forEach((tile, index) => {
      const { style } = this.tiles.get(page[index]).element;
      style.gridRow = asRoom ? tile.row - first("row") + 1 : "";
      style.gridColumn = asRoom ? tile.column - first("column") + 1 : "";
    });
  }

  #pages() {
    return this.choice.size === "all" ? 1 : Math.max(1, Math.ceil(this.order.length / Number(this.choice.size)));
  }

  #turn() {
    const pages = this.#pages();
    const turn = (name, step) => h("button", { class: "button small", type: "button", "aria-label": t(`map.${name}`), onclick: () => this.turnPage(step) }, step < 0 ? "‹" : "›");
    const label = h("span", { class: "figures small" });
    setText(label, t("map.page", { page: this.choice.page + 1, pages }));
    this.pager.replaceChildren(...(pages > 1 ? [turn("previous", -1), label, turn("next", 1)] : []));
  }

  #goTo(page) {
    this.choice.page = page;
    this.#lay();
    this.update();
  }

  #tile(id) {
    if (!this.tiles.has(id)) {
      const tile = new Tile(id, this.board.open);
      const picture = this.board.pictures.newest.thumbnail.get(id);
      if (picture) tile.draw(picture);
      this.tiles.set(id, tile);
    }
    return this.tiles.get(id);
  }

  #sight(entries) {
    for (const { target, isIntersecting } of entries) this.seen[isIntersecting ? "add" : "delete"](Number(target.dataset.id));
    this.board.pictures.want("thumbnail", [...this.seen]);
  }

  #roving(tile) {
    if (!tile) return;
    for (const other of this.grid.querySelectorAll(".tile[tabindex='0']")) other.tabIndex = -1;
    tile.tabIndex = 0;
  }
}
