/* Something that lasts: told after a while, again while it goes on, and when it ends; what is over at once is not. */

const DWELL_MS = 1000;
const TELL_AT_MS = [3000, 10_000, 30_000];
const THEN_EVERY_MS = 60_000;

/** Milliseconds from the beginning to telling number `told` (from 0). */
export function tellAt(told) {
  return TELL_AT_MS[told] ?? TELL_AT_MS.at(-1) + THEN_EVERY_MS * (told - TELL_AT_MS.length + 1);
}

export class Lapse {
  /** `begun()` gives the first fields of a signal; `tell(signal)` takes it as it is by then. */
  constructor({ begun, tell, monotonic = () => performance.now() }) {
    Object.assign(this, { begun, tell, monotonic, since: null });
  }

  /** `already`: how many milliseconds it has lasted when it is noticed. */
  begin(already = 0) {
    if (this.since !== null) return;
    this.since = this.monotonic() - already;
    this.signal = this.begun(already);
    this.told = 0;
    this.plan();
  }

  plan() {
    this.timer = setTimeout(() => this.going(), Math.max(0, this.since + tellAt(this.told) - this.monotonic()));
  }

  going() {
    this.told += 1;
    this.tell({ ...this.signal, lasted: this.lasted, lasting: true });
    this.plan();
  }

  get lasted() {
    return Math.round(this.monotonic() - this.since);
  }

  end() {
    if (this.since === null) return;
    clearTimeout(this.timer);
    if (this.told || this.lasted >= DWELL_MS) this.tell({ ...this.signal, lasted: this.lasted, lasting: false });
    this.since = null;
  }
}
