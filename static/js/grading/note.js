/* The grader's own note: kept as it is typed. */

import { byId, oneClass } from "../dom.js";
import { say } from "../text.js";
import { Typing } from "../typing.js";

const SHAPES = { editing: "attention", sending: "technical", waiting: "technical", saved: "ok", refused: "act-now" };

export class Note {
  constructor({ outgoing, url }) {
    Object.assign(this, { outgoing, url, field: byId("note"), sign: byId("note-state") });
    this.typing = new Typing({ begin: () => this.#show("editing"), keep: () => this.#keep() });
    this.field.addEventListener("input", () => this.typing.touched());
    this.field.addEventListener("blur", () => this.typing.flush());
  }

  flush() {
    return this.typing.flush();
  }

  #keep() {
    const body = { note: this.field.value };
    this.outgoing.send("note", { url: this.url, body, tell: (state, error) => this.#show(state, error) });
  }

  #show(state, error) {
    oneClass(this.sign, Object.values(SHAPES), SHAPES[state]);
    this.sign.textContent = state === "refused" ? error.message : say(`grading.save.${state}`);
  }
}
