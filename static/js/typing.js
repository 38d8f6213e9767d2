/* When typed work is kept: after a short rest, at least every few seconds of steady typing, and when the field is left. */

const REST_MS = 800;
const LONGEST_MS = 5000;

export class Typing {
  /** `keep()` stores what stands in the field now; `begin()` is told when a change is first seen. */
  constructor({ begin, keep }) {
    Object.assign(this, { begin, keep, since: null, timer: null });
  }

  touched() {
    const now = performance.now();
    if (this.since === null) {
      this.since = now;
      this.begin();
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.min(REST_MS, Math.max(0, this.since + LONGEST_MS - now)));
  }

  get dirty() {
    return this.since !== null;
  }

  async flush() {
    clearTimeout(this.timer);
    if (!this.dirty) return;
    this.since = null;
    await this.keep();
  }
}
