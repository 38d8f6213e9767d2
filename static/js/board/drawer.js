// The right panel for one seat: the live picture, the last minute, permits, incidents with their proof, conduct, and every act.

import { conductCards } from "./cases.js";
import { ageText, clockText, h, refresh, setAttribute, setText, ticking } from "./dom.js";
import { openIncidents, settledIncidents } from "./incidents.js";
import { pastLeaves, permitCards } from "./leave.js";
import { isWorking, percent, pictureState, saveLag } from "./need.js";
import { draw } from "./pictures.js";
import { messageLog, seatActs } from "./seatacts.js";
import { headerOf, seatView } from "./store.js";
import { trailStrip } from "./stills.js";
import { riskSum } from "./sum.js";
import { t, word } from "./words.js";

const SECTIONS = ["head", "watch", "trail", "permits", "conduct", "risk", "incidents", "acts", "settled", "log"];

/** `board` is the page: `{store, link, pictures, me, reasons, clauses, current(view), place(), openNext(step), close()}`. */
export class Drawer {
  constructor(host, board) {
    this.host = host;
    this.board = board;
    this.id = null;
    this.give = [];
  }

  /** Show the seat `id`; the same one again changes nothing. */
  open(id) {
    if (this.id === id) return;
    this.close();
    this.id = id;
    this.#build();
    this.board.pictures.want("full", [id]);
    const newest = this.board.pictures.newest.full.get(id) ?? this.board.pictures.newest.thumbnail.get(id);
    if (newest) this.draw(newest);
    this.update();
    this.host.scrollTop = 0;
  }

  /** Put the focus on the seat's name, so that what comes next is read and typed there. */
  focus() {
    this.host.querySelector("h2")?.focus({ preventScroll: true });
  }

  /** Put everything away. */
  close() {
    this.id = null;
    this.board.pictures.want("full", []);
    this.#giveBack();
    this.host.replaceChildren();
  }

  #build() {
    this.parts = Object.fromEntries(SECTIONS.map((name) => [name, h("section", { class: `drawer-${name}` })]));
    this.image = h("img", { class: "live-image", alt: "" });
    this.age = h("span", { class: "live-age figures" });
    this.camera = h("span", { class: "live-camera tile-state" });
    this.facts = h("dl", { class: "drawer-facts small" });
    this.parts.watch.append(h("div", { class: "live" }, this.image, this.camera, this.age), this.facts);
    this.host.replaceChildren(...SECTIONS.map((name) => this.parts[name]));
  }

  /** Show a new picture of the open seat. */
  draw(picture) {
    draw(this.image, picture);
  }

  /** Bring every section up to date; a section is built anew only when what it shows has changed. */
  update() {
    const view = this.id === null ? null : seatView(this.board.store.board, this.id);
    if (!view) return;
    const { tile, seat, incidents, reminders, cases, leaves, devices } = view;
    const header = headerOf(this.board.store.board);
    const now = this.board.store.now();
    refresh(this.parts.head, [tile, this.board.place()], () => this.#head(tile));
    this.#watch(view, now);
    this.#trail();
    refresh(this.parts.conduct, [reminders, cases], () => conductCards(view, this.board).waiting);
    refresh(this.parts.permits, [leaves, devices, tile.equipment], () => permitCards(view, this.board));
    this.#risk(view, now);
    refresh(this.parts.incidents, [incidents, reminders, cases, tile.state], () => openIncidents(view, this.board));
    this.#point(this.board.current(view)?.id ?? null);
    refresh(this.parts.settled, [reminders, cases], () => conductCards(view, this.board).settled);
    refresh(this.parts.acts, [tile, header, reminders, leaves, header?.late_cutoff <= now], () => seatActs(view, this.board, { header, now }));
    refresh(this.parts.log, [tile.notices, incidents, leaves, Boolean(seat)], () => this.#log(view));
  }

  /** Mark the incident that the keys mean; when it is another one than before, bring it into sight. */
  #point(id) {
    const cards = [...this.parts.incidents.querySelectorAll("[data-incident]")];
    for (const card of cards) setAttribute(card, "aria-current", Number(card.dataset.incident) === id ? "true" : null);
    if (id === this.pointed) return;
    this.pointed = id;
    if (cards.length > 1) cards.find((card) => Number(card.dataset.incident) === id)?.scrollIntoView({ block: "nearest" });
  }

  /** The sum is built anew each minute, for ages count in it; it stays open when it was. */
  #risk(view, now) {
    const open = this.parts.risk.querySelector("details")?.open ?? false;
    refresh(this.parts.risk, [view.incidents, view.reminders, Math.floor(now / 60_000)], () => {
      const sum = riskSum(view, now);
      if (sum) sum.open = open;
      return sum;
    });
  }

  #head(tile) {
    const close = h("button", { class: "button small", type: "button", "data-act": "close", "aria-label": t("drawer.close"), onclick: () => this.board.close() }, "×");
    return [h("div", { class: "drawer-title" }, h("h2", { tabindex: "-1" }, `${tile.seat} ${tile.name}`), h("span", { class: "badge" }, word("state", tile.state)), this.#turner(), close),
      h("p", { class: "small quiet" }, [tile.ticket, tile.masked_id, tile.offering].join(" · "))];
  }

  /** Where this seat stands in the list of what waits, and the way to the one before and after it. */
  #turner() {
    const { index, count } = this.board.place();
    if (count === 0) return null;
    const go = (name, step, key) => h("button", { class: "button small", type: "button", "data-act": name, title: key, "aria-label": t(`drawer.${name}`), onclick: () => this.board.openNext(step) }, step < 0 ? "‹" : "›");
    return h("span", { class: "drawer-turner row tight" }, go("previous", -1, "P"), h("span", { class: "figures small" }, `${index < 0 ? "–" : index + 1}/${count}`), go("next", 1, "N"));
  }

  #watch(view, now) {
    const state = pictureState(view, this.board.link.up, now);
    setAttribute(this.camera.parentElement, "data-picture", state);
    setText(this.camera, word("picture", state));
    const facts = seatFacts(view, now);
    refresh(this.facts, facts, () => facts.map(([name, value]) => [h("dt", { class: "quiet" }, t(`fact.${name}`)), h("dd", { class: "figures" }, typeof value === "number" ? ticking("until", value) : value)]).flat());
    this.tick(now);
  }

  #trail() {
    const trail = this.board.pictures.trail(this.id);
    refresh(this.parts.trail, trail.map(({ capturedAt }) => capturedAt), () => {
      this.#giveBack();
      return trail.length ? [h("h3", { class: "over" }, t("drawer.trail")), h("div", { class: "trail" }, trailStrip(trail, this.give))] : [];
    });
  }

  #log(view) {
    const lines = [messageLog(view), pastLeaves(view), settledIncidents(view)].filter(Boolean);
    return lines.length ? [h("h3", { class: "over" }, t("drawer.log")), ...lines] : [];
  }

  /** Bring the age of the picture to `now`. */
  tick(now) {
    if (this.id === null) return;
    const at = Number(this.image.dataset.at ?? 0);
    setText(this.age, at ? ageText(now - at) : "–");
  }

  #giveBack() {
    for (const url of this.give) URL.revokeObjectURL(url);
    this.give = [];
  }
}

/** What is known of a seat: `[name, text]`, or a time in ms that is counted down to; in the order of the page. */
function seatFacts(view, now) {
  const { tile, seat, viewed } = view;
  const facts = [];
  if (tile.started_at !== null) facts.push(["answered", `${seat?.answered ?? 0} / ${tile.items}`]);
  if (tile.ends_at !== null && tile.submitted_at === null) facts.push(tile.paused ? ["left", t("fact.paused")] : ["left", tile.ends_at]);
  facts.push(["unsaved", seat?.unsaved ? t("fact.unsaved_for", { count: seat.unsaved, age: ageText(saveLag(view, now)) }) : t("fact.none")]);
  facts.push(["online", seat?.online ? t("fact.yes") : t("fact.no")]);
  if (seat?.coverage !== undefined && seat?.coverage !== null) facts.push(["coverage", `${percent(seat.coverage)} %`]);
  if (seat?.gap) facts.push(["gap", word("gap", seat.gap)]);
  if (seat?.signals && isWorking(tile)) facts.push(["signals", word("hearing", seat.signals)]);
  facts.push(["viewed", viewed ? `${clockText(viewed.viewed_at, { seconds: false })} ${viewed.viewed_by}` : t("fact.nobody")]);
  if (tile.late_minutes) facts.push(["late", t("fact.minutes", { count: tile.late_minutes })]);
  if (tile.started_at === null) facts.push(["rules", tile.rules_accepted ? t("fact.yes") : t("fact.no")], ["camera", tile.camera_checked ? t("fact.yes") : t("fact.no")]);
  return facts;
}
