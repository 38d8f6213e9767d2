// One seat on the map: made once, then only what differs is changed.

import { ageText, clockText, h, lengthText, marked, setAttribute, setText } from "./dom.js";
import { isUnseen, isWorking, needOf, openLeave, percent, pictureState, saveLag, topIncident, unlookedSince, UNSAVED_LATE_MS } from "./need.js";
import { draw } from "./pictures.js";
import { t, word } from "./words.js";

/** The tile's element and its parts; `open(id)` is called when it is pressed. */
export class Tile {
  constructor(id, open) {
    this.id = id;
    const span = (name) => h("span", { class: `tile-${name}` });
    this.parts = Object.fromEntries(["hand", "state", "coverage", "leave", "unseen", "save", "share", "flag"].map((name) => [name, span(name)]));
    Object.assign(this.parts, {
      seat: h("b", { class: "tile-seat" }), name: h("span", { class: "tile-name cut" }), count: h("span", { class: "figures" }),
      image: h("img", { alt: "", class: "tile-image", decoding: "async" }), age: h("span", { class: "tile-age figures" }),
    });
    this.element = this.#build(open);
  }

  #build(open) {
    const { seat, name, hand, image, age, state, coverage, leave, unseen, count, save, share, flag } = this.parts;
    return h("button", { class: "tile", type: "button", "data-id": this.id, tabindex: "-1", onclick: () => open(this.id) },
      h("span", { class: "tile-head" }, seat, name, hand),
      h("span", { class: "tile-picture" }, image, unseen, leave, h("span", { class: "tile-line" }, state, age), coverage),
      h("span", { class: "tile-foot" }, count, share, save), flag);
  }

  /** Show a seat's view: `{now, linkUp, chosen}` say when, over which line, and whether it is the open one. */
  update(view, { now, linkUp, chosen }) {
    const need = needOf(view, now);
    const incident = topIncident(view.incidents);
    this.view = view;
    this.#head(view);
    this.#picture(view, linkUp, now);
    this.#coverage(view.seat);
    this.#work(view, now);
    this.#flag(need, incident);
    setAttribute(this.element, "aria-current", chosen ? "true" : null);
    setAttribute(this.element, "aria-label", this.#spoken(view, incident, pictureState(view, linkUp, now)));
  }

  #head({ tile }) {
    setText(this.parts.seat, tile.seat);
    setText(this.parts.name, tile.name);
    const { hand } = this.parts;
    if (Boolean(tile.hand_raised_at) === hand.hasChildNodes()) return;
    hand.replaceChildren(...(tile.hand_raised_at ? [marked("hand", t("tile.hand"))] : []));
  }

  #picture(view, linkUp, now) {
    const state = pictureState(view, linkUp, now);
    setAttribute(this.element, "data-picture", state);
    const said = state !== "off" || isWorking(view.tile);
    const gap = state === "not_analysed" && view.seat.gap ? word("gap", view.seat.gap) : "";
    setText(this.parts.state, said ? [word("picture", state), gap].filter(Boolean).join(" · ") : "");
    setAttribute(this.parts.state, "title", this.parts.state.textContent || null);
    this.age(now);
  }

  /** What counts by itself: the age of the picture on the screen, a leave, and how long nobody has looked. */
  age(now) {
    const at = Number(this.parts.image.dataset.at ?? 0);
    setText(this.parts.age, at ? ageText(now - at) : "–");
    if (!this.view) return;
    this.#leave(openLeave(this.view), now);
    const unseen = isUnseen(this.view, now);
    this.element.classList.toggle("unseen", unseen);
    setText(this.parts.unseen, unseen ? t("tile.unseen", { age: ageText(now - unlookedSince(this.view)) }) : "");
  }

  #leave(leave, now) {
    setAttribute(this.element, "data-leave", leave ? leave.state : null);
    const late = leave && now >= leave.until;
    setText(this.parts.leave, leave ? t(late ? "leave.late" : "leave.away", { left: lengthText(Math.abs(leave.until - now)) }) : "");
  }

  #coverage(seat) {
    const share = seat?.coverage ?? null;
    const { coverage } = this.parts;
    coverage.hidden = share === null;
    setText(this.parts.share, share === null ? "" : t("tile.coverage", { share: percent(share) }));
    if (share === null) return;
    coverage.style.setProperty("--share", `${share * 100}%`);
    setAttribute(coverage, "title", t("tile.coverage", { share: percent(share) }));
    setAttribute(coverage, "data-short", share < 0.995 ? "yes" : "no");
  }

  #work(view, now) {
    const { tile, seat } = view;
    const begun = tile.started_at !== null;
    setText(this.parts.count, begun ? `${seat?.answered ?? 0}/${tile.items}` : word("state", tile.state));
    const lag = saveLag(view, now);
    const unsaved = begun && seat && seat.unsaved > 0;
    const text = unsaved ? t("tile.unsaved", { age: ageText(lag) }) : stateAfterStart(tile);
    put(this.parts.save, unsaved ? (lag > UNSAVED_LATE_MS ? "technical" : "") : "", text);
  }

  #flag(need, incident) {
    setAttribute(this.element, "data-level", need.level);
    setAttribute(this.element, "data-looked", need.looked ? "yes" : "no");
    const text = incident ? word("incident", incident.code) : need.cause && word("cause", need.cause);
    put(this.parts.flag, text ? (incident?.risk ?? need.level) : "", text);
  }

  #spoken({ tile, seat, viewed }, incident, picture) {
    const said = [tile.seat, tile.name, word("state", tile.state)];
    if (isWorking(tile)) said.push(word("picture", picture));
    if (tile.started_at && seat) said.push(t("tile.answered", { answered: seat.answered, items: tile.items }));
    if (incident) said.push(word("risk", incident.risk), word("incident", incident.code));
    if (tile.hand_raised_at) said.push(t("tile.hand"));
    if (viewed) said.push(t("tile.viewed", { name: viewed.viewed_by, time: clockText(viewed.viewed_at, { seconds: false }) }));
    return said.join(", ");
  }

  /** Show a new picture. */
  draw(picture) {
    draw(this.parts.image, picture);
  }
}

function stateAfterStart(tile) {
  if (tile.started_at === null) return "";
  return tile.state === "IN_PROGRESS" ? t("tile.saved") : word("state", tile.state);
}

function put(host, level, text) {
  if (host.shown === `${level} ${text}`) return;
  host.shown = `${level} ${text}`;
  host.replaceChildren(...(text ? [marked(level, text)] : []));
}
