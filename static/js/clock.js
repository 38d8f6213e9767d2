/* The server's clock on this machine: from answered pings and the monotonic timer, never from the machine's wall clock. */

const KEPT = 12;
const SLACK_MS = 50;

export class ServerClock {
  /** `monotonic` gives milliseconds that only grow. */
  constructor(monotonic = () => performance.now()) {
    this.monotonic = monotonic;
    this.samples = [];
    this.best = null;
  }

  /** The first, coarse reading: the server said `serverNow` some unknown time before. */
  seed(serverNow) {
    if (!this.best) this.best = { offset: serverNow - this.monotonic(), trip: 60_000 };
  }

  /** A ping sent at `sent` was answered: the server's `serverNow` lies somewhere inside the round trip. */
  observe(sent, serverNow) {
    const received = this.monotonic();
    const sample = { offset: serverNow - (sent + received) / 2, trip: received - sent };
    if (this.best && this.disagree(sample)) this.samples = [];
    this.samples = [...this.samples, sample].slice(-KEPT);
    this.best = this.samples.reduce((least, one) => (one.trip <= least.trip ? one : least));
  }

  /** After a sleep of the machine, or a step of the server's clock, no two readings can both be true. */
  disagree(sample) {
    const apart = Math.abs(sample.offset - this.best.offset);
    return apart > (sample.trip + this.best.trip) / 2 + SLACK_MS;
  }

  get known() {
    return this.best !== null;
  }

  /** Milliseconds since the epoch by the server's clock. */
  now() {
    return this.monotonic() + this.best.offset;
  }
}

/** Milliseconds left in a sitting; while it is paused they stand still. Null before the start. */
export function timeLeft(state, now) {
  if (state.ends_at === null) return null;
  return Math.max(0, state.ends_at - (state.paused ? state.now : now));
}

/** How the time left is to be shown: plain, `attention` in the last 15 minutes, `act-now` in the last 5. */
export function urgency(left) {
  if (left === null || left > 15 * 60_000) return "";
  return left > 5 * 60_000 ? "attention" : "act-now";
}
