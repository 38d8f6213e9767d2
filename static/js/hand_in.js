/* Handing in: what is still open comes first, the clock stays in sight, and the button says from when it may be pressed. */

import { byId, el, write } from "./dom.js";
import { announce, clockTime, say } from "./text.js";

export class HandIn {
  /** `summary()` gives nodes to show; `flush()` settles what is being typed; `unsaved()` counts what the server lacks. */
  constructor({ link, clock, summary, flush, unsaved }) {
    Object.assign(this, { link, clock, summary, flush, unsaved, state: null, asked: false });
    this.dialog = byId("hand-in-dialog");
    byId("hand-in").addEventListener("click", () => this.open());
    byId("hand-in-back").addEventListener("click", () => this.dialog.close());
    byId("hand-in-go").addEventListener("click", () => this.go());
  }

  async open() {
    await this.flush();
    byId("hand-in-body").replaceChildren(...this.summary(() => this.dialog.close()));
    this.tick();
    this.dialog.showModal();
  }

  /** Every second: whether it may be pressed now, and if not, why. */
  tick() {
    if (!this.state) return;
    const early = this.state.hand_in_from !== null && this.clock.now() < this.state.hand_in_from;
    const unsaved = this.unsaved();
    const why = early ? say("hand_in.from", { time: clockTime(this.state.hand_in_from, false) })
      : unsaved ? say("hand_in.unsaved", { n: unsaved }) : "";
    byId("hand-in-go").disabled = early || unsaved > 0 || this.asked;
    write(byId("hand-in-when"), why);
    write(byId("hand-in-help"), early ? why : "");
  }

  async go() {
    this.asked = true;
    this.tick();
    try {
      await this.link.act({ type: "hand_in" }, "/api/exam/hand-in");
    } catch (error) {
      this.refused(error.code);
    }
    setTimeout(() => this.allowAgain(), 5000);
  }

  /** An `error` about handing in, from either way. */
  refused(code) {
    this.allowAgain();
    const known = ["too_early", "not_open", "offline"].includes(code) ? code : "failed";
    byId("hand-in-body").prepend(el("p", { class: "strip attention", role: "alert" }, say(`hand_in.${known}`)));
    announce(say(`hand_in.${known}`), true);
  }

  allowAgain() {
    this.asked = false;
    this.tick();
  }
}
