/* One line of the rubric: its points and reason, and where they stand between the hand and the server. */

import { oneClass } from "../dom.js";
import { clockTime, say } from "../text.js";
import { Typing } from "../typing.js";

const STATES = ["technical", "ok", "act-now", "attention"];
const SHAPES = { editing: "attention", sending: "technical", waiting: "technical", saved: "ok", refused: "act-now", bad: "act-now" };

export class Line {
  constructor(element, { outgoing, url, onActive, onStored, onNext }) {
    Object.assign(this, { element, outgoing, url, onActive, onStored, onNext });
    this.no = element.dataset.line;
    this.max = Number(element.dataset.max);
    this.deliverable = element.dataset.deliverable;
    this.mark = element.querySelector(".mark");
    this.shownReason = element.querySelector("[data-reason]");
    this.reason = this.shownReason.textContent;
    this.sign = element.querySelector("[data-save]");
    this.stored = element.classList.contains("marked");
    this.kept = this.#key();
    this.typing = new Typing({ begin: () => this.#show("editing"), keep: () => this.#keep() });
    this.#wire();
    if (this.stored) this.#show("saved");
  }

  /** Whether the field holds a mark, stored or not. */
  get given() {
    return this.mark.value.trim() !== "";
  }

  focus() {
    this.mark.focus({ preventScroll: true });
    this.mark.select();
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** Give points by a key: the full ones, none, or a half more or less. */
  give(points) {
    if (this.mark.readOnly) return;
    this.mark.value = String(Math.min(Math.max(points, 0), this.max));
    this.typing.touched();
    this.typing.flush();
  }

  step(by) {
    this.give((Number(this.mark.value) || 0) + by);
  }

  flush() {
    return this.typing.flush();
  }

  /** The reason as it is typed into the dock; the line shows it once it is stored, so that nothing moves before. */
  because(text) {
    this.reason = text;
    this.typing.touched();
  }

  #wire() {
    this.mark.addEventListener("input", () => this.typing.touched());
    this.mark.addEventListener("focus", () => this.onActive(this));
    this.mark.addEventListener("blur", () => this.typing.flush());
    this.mark.addEventListener("keydown", (event) => this.enter(event));
    this.element.addEventListener("click", (event) => {
      if (!event.target.closest("input")) this.focus();
    });
  }

  /** Enter keeps what is typed and goes on. */
  enter(event) {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey) return;
    event.preventDefault();
    this.typing.flush();
    if (!this.element.classList.contains("bad")) this.onNext();
  }

  #key() {
    return `${this.mark.value.trim()}\n${this.reason.trim()}`;
  }

  /** What the field says as points; null when that is none of this line. */
  #points() {
    const text = this.mark.value.trim().replace(/[。．,]/g, ".");
    const points = Number(text);
    const good = /^\d+(\.\d)?$/.test(text) && (points * 2) % 1 === 0 && points <= this.max;
    return good ? points : null;
  }

  #keep() {
    if (this.#key() === this.kept) return this.#show(this.stored ? "saved" : "");
    const points = this.#points();
    this.element.classList.toggle("bad", points === null && this.given);
    this.mark.setAttribute("aria-invalid", String(points === null && this.given));
    if (points === null) {
      return this.given ? this.#show("bad", say("grading.bad_points", { max: this.max })) : this.#show("");
    }
    const key = this.#key();
    const body = { line: this.no, points: String(points), reason: this.reason.trim() };
    return this.outgoing.send(`mark ${this.no}`, { url: this.url, body, tell: (state, more) => this.#told(state, more, key) });
  }

  #told(state, more, key) {
    if (state !== "saved") {
      this.#show(state, more?.message);
      return;
    }
    this.kept = key;
    this.stored = true;
    this.element.classList.add("marked");
    this.element.classList.remove("missing");
    this.onStored(more);
    this.shownReason.textContent = more.reason;
    if (this.typing.dirty) return;
    this.#show("saved");
    this.sign.title = say("grading.saved_at", { time: clockTime(more.marked_at) });
  }

  #show(state, text) {
    oneClass(this.sign, STATES, SHAPES[state] ?? "");
    this.sign.textContent = state ? (text ?? say(`grading.save.${state}`)) : "";
  }
}
