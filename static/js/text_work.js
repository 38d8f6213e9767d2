/* A text deliverable: written in the page, kept as it is typed, its length counted as the server counts it. */

import { el, write } from "./dom.js";
import { characters, say } from "./text.js";
import { Typing } from "./typing.js";

export class TextWork {
  constructor({ deliverable, answers, frozen }) {
    Object.assign(this, { deliverable, answers });
    const known = answers.get(deliverable.id);
    this.typing = new Typing({ begin: () => answers.editing(deliverable.id), keep: () => this.keep() });
    this.area = el("textarea", {
      class: "input writing", rows: 12, value: known.value?.text ?? "", spellcheck: false, "aria-labelledby": `title-${deliverable.id}`,
      oninput: () => (frozen() ? this.adopt(answers.get(deliverable.id)) : this.changed()), onblur: () => this.typing.flush(),
    });
    this.counter = el("p", { class: "small faint figures counter", role: "status" });
    this.element = el("div", { class: "stack tight" }, this.area, this.counter);
    this.count();
  }

  changed() {
    const most = this.deliverable.max_chars;
    if (characters(this.area.value) > most) this.area.value = [...this.area.value].slice(0, most).join("");
    this.count();
    this.typing.touched();
  }

  count() {
    const used = characters(this.area.value);
    const most = this.deliverable.max_chars;
    write(this.counter, say("text.count", { used, most }));
    this.counter.classList.toggle("full", used >= most);
  }

  keep() {
    const { marked } = this.answers.get(this.deliverable.id);
    return this.answers.set(this.deliverable.id, { text: this.area.value }, marked);
  }

  flush() {
    return this.typing.flush();
  }

  /** Another tab, or the server, holds something later than the field shows. */
  adopt({ value }) {
    if (this.typing.dirty || !value || value.text === this.area.value) return;
    this.area.value = value.text;
    this.count();
  }
}
