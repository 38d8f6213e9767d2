/* The theory player: one item or a section at a time, each answer with its own state, everything by key. */

import { byId, el, oneClass, write } from "./dom.js";
import { listen } from "./keys.js";
import { Navigator } from "./navigator.js";
import { STATUS, STATUSES, choose, leftOpen, move, optionForKey } from "./state.js";
import { announce, say } from "./text.js";

const LETTERS = "ABCDEFGH";

const AGAIN_MS = 1500;

/** The player of interactions, asked for until it comes; null for a paper that has none. */
async function playerFor(items) {
  while (items.some((item) => item.interactions)) {
    try {
      const { Player, standing, word } = await import("./interactions/player.js");
      return { standing, word, player: await Player.of(items) };
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
    }
  }
  return null;
}

export class Theory {
  /** A player with the parts that its paper needs, and no others. */
  static async of(parts) {
    return new Theory({ ...parts, rich: await playerFor(parts.paper.sections.flatMap(({ items }) => items)) });
  }

  constructor({ paper, answers, frozen, rich = null, url = ({ sha256 }) => `/api/exam/media/${sha256}/` }) {
    Object.assign(this, { paper, answers, frozen, rich, url, whole: false, cards: new Map(), bodies: new Map(), filed: new Map() });
    this.items = paper.sections.flatMap((section) => section.items.map((item) => ({ ...item, section })));
    this.at = this.firstOpen();
    this.navigator = new Navigator({ sections: paper.sections, answers, go: (id) => this.goTo(id), standing: (id) => this.standing(id), partly: rich?.word });
    answers.addEventListener("change", ({ detail }) => this.changed(detail));
    this.bind();
    this.draw();
  }

  /** After a reload: go on where the first item has no answer. */
  firstOpen() {
    return Math.max(0, this.items.findIndex((item) => this.answers.get(item.id).status === STATUS.EMPTY));
  }

  bind() {
    byId("previous").addEventListener("click", () => this.step(-1));
    byId("next").addEventListener("click", () => this.step(1));
    byId("mark").addEventListener("click", () => this.toggleMark());
    byId("view-one").addEventListener("click", () => this.view(false));
    byId("view-section").addEventListener("click", () => this.view(true));
    byId("items").addEventListener("focusin", (event) => this.follow(event));
    listen((event) => this.actFor(event));
  }

  get item() {
    return this.items[this.at];
  }

  actFor({ key, target }) {
    const item = this.item;
    const letter = /^[a-z]$/i.test(key) && this.bodies.get(item.id)?.letter(key);
    if (letter) return letter;
    const option = item.options && optionForKey(item, item.section.type, key);
    if (option) return () => this.press(item, option);
    const acts = {
      ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1),
      ArrowUp: () => this.step(-this.navigator.columns), ArrowDown: () => this.step(this.navigator.columns),
      m: () => this.toggleMark(), M: () => this.toggleMark(),
      Delete: () => this.clear(item), Backspace: () => this.clear(item),
    };
    if (key === "Enter" && !target.closest("button, a, summary")) return () => this.step(1);
    return acts[key] ?? null;
  }

  view(whole) {
    this.whole = whole;
    byId("view-one").setAttribute("aria-pressed", String(!whole));
    byId("view-section").setAttribute("aria-pressed", String(whole));
    this.draw();
    if (whole) this.cards.get(this.item.id).scrollIntoView({ block: "start" });
  }

  step(by) {
    this.goTo(this.items[move(this.at, by, this.items.length)].id);
  }

  goTo(id) {
    const before = this.item.section;
    this.at = this.items.findIndex((item) => item.id === id);
    if (!this.whole || this.item.section !== before) this.draw();
    else this.current();
    this.cards.get(id).querySelector(".stem").focus({ preventScroll: true });
    if (this.whole) this.cards.get(id).scrollIntoView({ block: "nearest" });
  }

  /** In the section view the item that has the focus is the current one. */
  follow({ target }) {
    const id = target.closest("[data-item]")?.dataset.item;
    if (!id || id === this.item.id) return;
    this.at = this.items.findIndex((item) => item.id === id);
    this.current();
  }

  draw() {
    const { section } = this.item;
    this.flush();
    this.bodies.clear();
    const shown = this.whole ? this.items.filter((item) => item.section === section) : [this.item];
    this.cards = new Map(shown.map((item) => [item.id, this.card(item)]));
    byId("items").replaceChildren(...this.cards.values());
    byId("items").scrollTop = 0;
    write(byId("section-title"), section.title);
    for (const item of shown) this.refresh(item.id);
    this.current();
  }

  current() {
    for (const [id, card] of this.cards) card.classList.toggle("current", id === this.item.id);
    this.navigator.current(this.item.id);
    byId("previous").disabled = this.at === 0;
    byId("next").disabled = this.at === this.items.length - 1;
    byId("mark").setAttribute("aria-pressed", String(this.answers.get(this.item.id).marked));
  }

  card(item) {
    if (item.interactions) return this.richCard(item);
    const { type, points } = item.section;
    const stem = `stem-${item.id}`;
    return el("article", { class: "item", "data-item": item.id },
      el("header", { class: "item-head" },
        el("span", { class: "item-number figures" }, String(item.number)),
        el("span", { class: "over" }, say(`type.${type}`), " · ", say("item.points", { points })),
        el("span", { class: "answer-state small", role: "status" })),
      el("p", { class: "stem", id: stem, tabIndex: -1 }, item.stem),
      el("div", { class: `options ${type}`, role: type === "multiple" ? "group" : "radiogroup", "aria-labelledby": stem },
        item.options.map((option, place) => this.option(item, option, place))));
  }

  /** An item with interactions: its own HTML, and a way to take the answer back. */
  richCard(item) {
    const { type, points } = item.section;
    const body = this.rich.player.body(item, this.hostOf(item));
    this.bodies.set(item.id, body);
    return el("article", { class: "item", "data-item": item.id },
      el("header", { class: "item-head" },
        el("span", { class: "item-number figures" }, String(item.number)),
        el("span", { class: "over" }, this.rich.word(`type.${type}`), " · ", say("item.points", { points })),
        el("span", { class: "item-part small faint" }),
        el("span", { class: "answer-state small", role: "status" })),
      el("div", { class: "stem", tabIndex: -1, role: "group", "aria-label": item.stem }, body.element),
      el("button", { type: "button", class: "button plain small clear", onclick: () => this.clear(item) }, this.rich.word("clear")));
  }

  hostOf(item) {
    const { answers } = this;
    return {
      value: () => answers.get(item.id).value, set: (value) => this.set(item, value), editing: () => answers.editing(item.id),
      frozen: this.frozen, url: this.url, files: () => this.paper.files?.[item.id] ?? [],
      filed: (work) => { this.filed.set(item.id, work); this.navigator?.refresh(item.id); },
    };
  }

  /** How far an item is answered: by its value, or by a file that counts. */
  standing(id) {
    const item = this.items.find((one) => one.id === id);
    if (this.fileCounts(id)) return "full";
    return item.interactions ? this.rich.standing(item, this.answers.get(id).value) : null;
  }

  fileCounts(id) {
    const known = this.filed.get(id);
    return known ? known.counts : Boolean(this.paper.files?.[id]?.some((version) => version.counts));
  }

  clear(item) {
    if (this.frozen()) return;
    if (this.bodies.has(item.id)) this.bodies.get(item.id).clear();
    else this.set(item, []);
  }

  /** Settle what is being typed. */
  flush() {
    return Promise.all([...this.bodies.values()].map((body) => body.flush()));
  }

  option(item, option, place) {
    const { type } = item.section;
    const input = el("input", {
      type: type === "multiple" ? "checkbox" : "radio", name: `item-${item.id}`, value: option.id,
      onchange: () => this.press(item, option.id),
    });
    const letter = type === "true_false" ? option.id : LETTERS[place];
    return el("label", { class: "option" }, input, el("kbd", { "aria-hidden": "true" }, letter),
      el("span", {}, option.text || say(`option.${option.id}`)));
  }

  press(item, id) {
    this.set(item, choose(item, item.section.type, this.answers.get(item.id).value ?? [], id));
  }

  set(item, value) {
    if (this.frozen()) return this.refresh(item.id);
    const known = this.answers.get(item.id);
    const same = JSON.stringify(known.value ?? []) === JSON.stringify(value);
    if (same && known.status !== STATUS.EDITING) return this.refresh(item.id);
    return this.answers.set(item.id, value, known.marked);
  }

  toggleMark() {
    if (this.frozen()) return;
    const { value, marked } = this.answers.get(this.item.id);
    this.answers.set(this.item.id, value ?? [], !marked);
    announce(say(marked ? "item.unmarked" : "item.marked"));
  }

  changed(id) {
    this.navigator.refresh(id);
    this.refresh(id);
    if (id === this.item.id) byId("mark").setAttribute("aria-pressed", String(this.answers.get(id).marked));
  }

  /** What the card shows follows the answers, never the other way round. */
  refresh(id) {
    const card = this.cards.get(id);
    if (!card) return;
    const { value, status, marked } = this.answers.get(id);
    const body = this.bodies.get(id);
    if (body) this.refreshRich(card, body, id);
    else for (const input of card.querySelectorAll("input")) input.checked = (value ?? []).includes(input.value);
    const state = card.querySelector(".answer-state");
    write(state, status === STATUS.EMPTY ? "" : say(`answer.${status}`));
    oneClass(state, STATUSES, status);
    card.classList.toggle("marked", marked);
  }

  refreshRich(card, body, id) {
    body.show();
    const part = this.standing(id);
    write(card.querySelector(".item-part"), part === "part" ? this.rich.word("part") : "");
    card.querySelector(".clear").hidden = part === "empty";
  }

  /** For the hand-in dialog: unanswered first, then marked; each a way back to it. */
  summary(close) {
    const open = leftOpen(this.items, this.answers.map);
    open.unanswered = open.unanswered.filter((item) => !this.fileCounts(item.id));
    const partly = this.items.filter((item) => this.standing(item.id) === "part");
    const jump = (item) => el("button", { class: "cell", type: "button", onclick: () => { close(); this.goTo(item.id); } }, String(item.number));
    const group = (key, items, meaning, words = say) => items.length > 0 && el("section", { class: "stack tight" },
      el("p", { class: `shape ${meaning}` }, words(key, { n: items.length })), el("div", { class: "cells" }, items.map(jump)));
    return [
      group("hand_in.unanswered", open.unanswered, "attention"),
      group("hand_in.partly", partly, "attention", this.rich?.word),
      group("hand_in.marked", open.marked, "attention"),
      open.unanswered.length === 0 && el("p", { class: "shape ok" }, say("hand_in.all_answered", { n: this.items.length })),
    ].filter(Boolean);
  }
}
