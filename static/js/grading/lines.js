/* The rubric: one active line, marks by number keys, each saved as it is given and ticked once it is stored. */

import { byId } from "../dom.js";
import { announce, say } from "../text.js";
import { Line } from "./line.js";

export class Lines {
  constructor(list, { outgoing, done, url, onChosen }) {
    Object.assign(this, { onChosen, done });
    this.lines = [...list.querySelectorAll(".line")].map(
      (element) =>
        new Line(element, {
          outgoing,
          url,
          onActive: (line) => this.#activate(line),
          onStored: (answer) => this.#total(answer),
          onNext: () => this.next(),
        }),
    );
    this.active = null;
    this.#dock(byId("reason"));
  }

  /** One field below the rubric holds the reason of the active line. */
  #dock(field) {
    this.field = field;
    if (!field) return;
    field.addEventListener("input", () => this.active?.because(field.value));
    field.addEventListener("blur", () => this.active?.flush());
    field.addEventListener("keydown", (event) => this.active?.enter(event));
  }

  begin() {
    this.#count();
    const first = this.lines.find((line) => !line.stored) ?? this.lines[0];
    first?.focus();
  }

  get missing() {
    return this.lines.filter((line) => !line.stored);
  }

  get total() {
    return byId("total").textContent;
  }

  /** To the next line without a mark; when there is none, to the finish button. */
  next() {
    const at = this.lines.indexOf(this.active);
    const following = [...this.lines.slice(at + 1), ...this.lines.slice(0, at + 1)];
    const target = following.find((line) => !line.given);
    if (target) target.focus();
    else byId("finish")?.focus();
  }

  move(step) {
    const at = this.lines.indexOf(this.active) + step;
    this.lines[Math.min(Math.max(at, 0), this.lines.length - 1)]?.focus();
  }

  /** Show what is missing and go to the first of it. */
  pointAt(missing) {
    for (const line of this.lines) line.element.classList.toggle("missing", missing.includes(line));
    missing[0]?.focus();
    announce(say("grading.missing", { lines: missing.map((line) => line.no).join(", ") }), true);
  }

  #activate(line) {
    if (this.active === line) return;
    this.active?.element.classList.remove("active");
    this.active = line;
    line.element.classList.add("active");
    if (this.field) {
      this.field.value = line.reason;
      byId("reason-line").textContent = line.no;
    }
    if (line.deliverable) this.onChosen(line.deliverable);
  }

  #total(answer) {
    byId("total").textContent = String(Number(answer.total));
    this.#count();
  }

  #count() {
    const stored = this.lines.length - this.missing.length;
    byId("marked").textContent = `${stored} / ${this.lines.length}`;
    byId("marked-bar").value = stored;
  }
}
