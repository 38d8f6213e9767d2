// The right panel while no seat is open: what waits for a person in the whole room, the weightiest first, each with its reasons.

import { clockText, h, marked, refresh, ticking } from "./dom.js";
import { compare, heldTop, isCaseOpen, isOpen, isUndecided } from "./need.js";
import { reasonLine } from "./reasons.js";
import { standingOf, weigh } from "./risk.js";
import { seatViews } from "./store.js";
import { t, word } from "./words.js";

// What a person has begun and must end stands among the incidents: a reminder that is due above most of them.
const DUE = 9;
const DECIDE = 5;
const NOT_DUE = 2;

/**
 * `{key, kind, id, seat, level, code, at, until, points, looked, incident}` of all that waits for a person: what nobody looked at before what
 * somebody did, by points, then the longer wait; technical last. An incident that was acted on waits no more: its reminder or case does.
 */
export function waitingItems(views, now) {
  const items = views.flatMap((view) => [...incidentItems(view, now), ...reminderItems(view, now), ...caseItems(view)]);
  return items.sort((a, b) => compare(order(a), order(b)));
}

const order = (item) => [item.level === "technical" ? 1 : 0, item.looked ? 1 : 0, -item.points, item.at, item.key];

function incidentItems(view, now) {
  const { id, seat } = view.tile;
  return view.incidents.filter((one) => isOpen(one) && standingOf(one, view) === "undecided").map((one) => ({
    key: `i${one.id}`, kind: "incident", id, seat, level: one.risk, code: one.code, at: one.started_at,
    looked: one.state !== "RAISED", points: weigh(one, view, now).points, incident: one, view,
  }));
}

function reminderItems({ tile, reminders }, now) {
  return reminders.filter(isUndecided).map((one) => ({
    key: `r${one.id}`, kind: "reminder", id: tile.id, seat: tile.seat, level: "attention", code: one.clause, at: one.issued_at,
    looked: false, until: one.comply_by, points: now >= one.comply_by ? DUE : NOT_DUE,
  }));
}

function caseItems({ tile, cases }) {
  return cases.filter(isCaseOpen).map((one) => ({
    key: `c${one.id}`, kind: "case", id: tile.id, seat: tile.seat, level: "attention", code: one.clause, at: one.proposed_at ?? 0,
    looked: false, points: DECIDE,
  }));
}

/** The place after a step from `index` among `count`; where that item is gone (-1), from where it stood, `last` (null: nowhere yet). */
export function nextPlace({ index, last, count }, step) {
  if (index >= 0) return (index + step + count) % count;
  if (last === null) return step > 0 ? 0 : count - 1;
  return step > 0 ? last % count : (Math.min(last, count) - 1 + count) % count;
}

/** `board` is the page: `{store, session, open(id, incident)}`. */
export class RoomPanel {
  constructor(host, board) {
    this.host = host;
    this.board = board;
    this.order = [];
    this.seen = new Set();
    this.list = h("div", { class: "waiting-place" });
    this.precision = this.#precision();
    host.append(this.list, this.precision);
  }

  /** How right the incidents of today were: folded, and fetched when it is opened. */
  #precision() {
    const body = h("div");
    const open = async () => {
      const { PrecisionPanel } = await import("./precision.js");
      this.precise ??= new PrecisionPanel(body, this.board);
      this.precise.update();
    };
    return h("details", { class: "precision", ontoggle: ({ target }) => (target.open ? open() : undefined) },
      h("summary", {}, t("precision.title"), " ", h("kbd", { "aria-hidden": "true" }, "A")), body);
  }

  /** Open or fold it. */
  togglePrecision() {
    this.precision.open = !this.precision.open;
    if (this.precision.open) this.precision.scrollIntoView({ block: "nearest" });
  }

  /** The items in the order that is on the screen. */
  items() {
    const { store } = this.board;
    const found = new Map(waitingItems(seatViews(store.board), store.now()).map((item) => [item.key, item]));
    this.wanted = [...found.keys()];
    this.order = heldTop(this.order, this.wanted);
    return this.order.map((key) => found.get(key));
  }

  /** Order anew, because a person asked or the list was not on the screen. */
  sortNow() {
    this.order = [];
    this.seen = new Set(this.items().map(({ key }) => key));
    this.update();
  }

  /** Bring the list up to date; what is new stands at the top, nothing else moves. */
  update() {
    const items = this.items();
    if (this.host.hidden) return;
    const shown = items.map(({ view, ...item }) => [item, item.incident ? view.incidents.length : 0]);
    refresh(this.list, [shown, String(this.wanted) === String(this.order)], () => this.#build(items));
    this.precise?.update();
  }

  #build(items) {
    const technical = items.filter(({ level }) => level === "technical");
    const first = items.filter(({ level }) => level !== "technical");
    return [this.#head(first), first.length ? this.#rows(first) : this.#nothing(),
      technical.length ? h("h3", { class: "over waiting-technical" }, t("room.technical", { count: technical.length })) : null,
      technical.length ? this.#rows(technical) : null];
  }

  #head(items) {
    const sorted = String(this.wanted) === String(this.order);
    const sort = sorted ? null : h("button", { class: "button small", type: "button", "data-act": "sort-list", onclick: () => this.sortNow() }, t("room.sort"));
    return h("div", { class: "waiting-head" }, h("h2", {}, t("room.waiting")), h("span", { class: "figures quiet" }, String(items.length)), sort);
  }

  #rows(items) {
    return h("ul", { class: "waiting" }, items.map((item) => this.#row(item)));
  }

  #row(item) {
    const text = item.kind === "incident" ? word("incident", item.code) : t(`room.${item.kind}`, { clause: item.code });
    const fresh = item.kind === "incident" && !item.looked && !this.seen.has(item.key);
    return h("li", {}, h("button", { class: "waiting-row", type: "button", "data-act": item.key, "data-level": item.level, "data-looked": item.looked ? "yes" : "no", onclick: () => this.board.open(item.id, item.incident?.id ?? null) },
      h("b", { class: "waiting-seat" }, item.seat), h("span", { class: "waiting-what" }, marked(item.level, text), fresh ? h("span", { class: "badge fresh" }, t("room.fresh")) : null),
      item.at ? h("span", { class: "waiting-age figures" }, ticking("since", item.at, "age")) : h("span"),
      h("span", { class: "waiting-why small quiet figures" }, this.#why(item))));
  }

  #why(item) {
    if (item.kind === "incident") return reasonLine(item.incident, item.view);
    if (item.kind === "reminder") return [t("reminder.comply_by", { time: clockText(item.until) }), " ", ticking("until", item.until)];
    return item.at ? clockText(item.at) : "";
  }

  #nothing() {
    return h("div", { class: "state" }, h("p", {}, t("room.nothing")), h("p", { class: "small" }, t("room.keys")));
  }
}
