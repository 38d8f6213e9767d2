// The right panel while no seat is open: what waits for a person in the whole room, newest on top.

import { isCaseOpen } from "./conduct.js";
import { clockText, h, marked, refresh, ticking } from "./dom.js";
import { isUndecided } from "./need.js";
import { t, word } from "./words.js";

/** `{id, seat, level, text, at, until}` of all that waits: incidents nobody looked at, reminders and cases to decide. */
export function waitingItems(board) {
  const seat = (id) => board.objects.sitting_tile.get(id)?.seat ?? "";
  const all = (name) => [...board.objects[name].values()];
  const incidents = all("incident_card").filter((one) => one.state === "RAISED").map((one) => ({ key: `i${one.id}`, kind: "incident", id: one.sitting, level: one.risk, code: one.code, at: one.started_at }));
  const reminders = all("reminder_card").filter(isUndecided).map((one) => ({ key: `r${one.id}`, kind: "reminder", id: one.sitting, level: "attention", code: one.clause, at: one.issued_at, until: one.comply_by }));
  const cases = all("case_card").filter(isCaseOpen).map((one) => ({ key: `c${one.id}`, kind: "case", id: one.sitting, level: "attention", code: one.clause, at: one.proposed_at ?? 0 }));
  return [...incidents, ...reminders, ...cases].map((one) => ({ ...one, seat: seat(one.id) })).sort((a, b) => b.at - a.at);
}

/** `board` is the page: `{store, open(id)}`. */
export class RoomPanel {
  constructor(host, board) {
    this.host = host;
    this.board = board;
  }

  /** Bring the list up to date. */
  update() {
    const items = waitingItems(this.board.store.board);
    refresh(this.host, items, () => [h("h2", {}, t("room.waiting")), items.length ? h("ul", { class: "waiting" }, items.map((item) => this.#row(item))) : this.#nothing()]);
  }

  #row(item) {
    const text = item.kind === "incident" ? word("incident", item.code) : t(`room.${item.kind}`, { clause: item.code });
    const age = item.at ? ticking("since", item.at, "age") : null;
    return h("li", {}, h("button", { class: "waiting-row", type: "button", "data-act": item.key, onclick: () => this.board.open(item.id) },
      h("b", {}, item.seat), marked(item.level, text), h("span", { class: "figures small quiet" }, item.at ? clockText(item.at) : "", " "), age));
  }

  #nothing() {
    return h("div", { class: "state" }, h("p", {}, t("room.nothing")), h("p", { class: "small" }, t("room.keys")));
  }
}
