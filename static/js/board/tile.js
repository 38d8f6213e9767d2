// One seat on the map: made once, then only what differs is changed.

import { ageText, h, marked, setAttribute, setText } from "./dom.js";
import { isWorking, needOf, pictureState, saveLag, topIncident, UNSAVED_LATE_MS, UNVISITED_MS } from "./need.js";
import { draw } from "./pictures.js";
import { t, word } from "./words.js";

const PICTURE_LEVEL = { live: "", stale: "technical", reconnecting: "technical", lost: "technical", not_analysed: "technical", off: "" };

/** The tile's element and its parts; `open(id)` is called when it is pressed. */
export class Tile {
  constructor(id, open) {
    this.id = id;
    this.parts = {
      seat: h("b", { class: "tile-seat" }), name: h("span", { class: "tile-name cut" }), hand: h("span", { class: "tile-hand" }),
      image: h("img", { alt: "", class: "tile-image", decoding: "async" }), age: h("span", { class: "tile-age figures" }),
      camera: h("span", { class: "tile-camera" }), count: h("span", { class: "figures" }), save: h("span", { class: "tile-save" }),
      flag: h("span", { class: "tile-flag" }),
    };
    this.element = this.#build(open);
  }

  #build(open) {
    const { seat, name, hand, image, age, camera, count, save, flag } = this.parts;
    return h("button", { class: "tile", type: "button", "data-id": this.id, tabindex: "-1", onclick: () => open(this.id) },
      h("span", { class: "tile-head" }, seat, name, hand),
      h("span", { class: "tile-picture" }, image, camera, age),
      h("span", { class: "tile-foot" }, count, save), flag);
  }

  /** Show a seat's view: `{now, linkUp, visitedAt, chosen}` say when, over which line, and how the page stands to it. */
  update(view, { now, linkUp, visitedAt, chosen }) {
    const need = needOf(view, now);
    const incident = topIncident(view.incidents);
    this.#head(view);
    this.#picture(view, linkUp, now);
    this.#work(view, now);
    this.#flag(need, incident);
    setAttribute(this.element, "aria-current", chosen ? "true" : null);
    this.element.classList.toggle("unvisited", now - visitedAt > UNVISITED_MS);
    setAttribute(this.element, "aria-label", this.#spoken(view, incident));
  }

  #head({ tile }) {
    setText(this.parts.seat, tile.seat);
    setText(this.parts.name, tile.name);
    const { hand } = this.parts;
    if (Boolean(tile.hand_raised_at) === hand.hasChildNodes()) return;
    hand.replaceChildren(...(tile.hand_raised_at ? [marked("hand", t("tile.hand"))] : []));
  }

  #picture(view, linkUp, now) {
    const state = pictureState(view, linkUp);
    setAttribute(this.element, "data-picture", state);
    const said = state !== "live" && (state !== "off" || isWorking(view.tile));
    put(this.parts.camera, PICTURE_LEVEL[state], said ? word("picture", state) : "");
    this.age(now);
  }

  /** The age of the picture that is on the screen, whatever the server says is newer. */
  age(now) {
    const at = Number(this.parts.image.dataset.at ?? 0);
    setText(this.parts.age, at ? ageText(now - at) : "–");
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

  #spoken({ tile, seat }, incident) {
    const said = [tile.seat, tile.name, word("state", tile.state)];
    if (tile.started_at && seat) said.push(t("tile.answered", { answered: seat.answered, items: tile.items }));
    if (incident) said.push(word("risk", incident.risk), word("incident", incident.code));
    if (tile.hand_raised_at) said.push(t("tile.hand"));
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

