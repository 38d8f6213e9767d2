/* Finishing: only when every line is stored; says its consequence once; then the next work is one key away. */

import { byId } from "../dom.js";
import { post } from "../http.js";
import { announce } from "../text.js";

export class Finishing {
  constructor({ lines, note, outgoing, url }) {
    Object.assign(this, { lines, note, outgoing, url });
    this.button = byId("finish");
    this.dialog = byId("finish-dialog");
    this.button?.addEventListener("click", () => this.ask());
    byId("finish-go").addEventListener("click", () => this.#finish());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.ctrlKey && event.key === "Enter") this.#finish();
    });
  }

  /** Everything typed is stored first; lines without a mark are pointed at. */
  async ask() {
    if (!this.button || this.dialog.open) return;
    for (const line of this.lines.lines) line.flush();
    this.note.flush();
    await this.outgoing.settled();
    const missing = this.lines.missing;
    if (missing.length) {
      this.lines.pointAt(missing);
      return;
    }
    byId("finish-total").textContent = this.lines.total;
    this.dialog.showModal();
  }

  async #finish() {
    const go = byId("finish-go");
    go.disabled = true;
    try {
      await post(this.url, {});
      location.reload();
    } catch (error) {
      go.disabled = false;
      this.dialog.close();
      announce(error.message, true);
      const strip = byId("link-strip");
      strip.hidden = false;
      strip.textContent = error.message;
    }
  }
}
