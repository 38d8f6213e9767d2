// The board's line to the server: a socket that comes back by itself, and the snapshot over HTTP while it is away.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const SILENCE_MS = 7000;
const SNAPSHOT_EVERY_MS = 1000;
const POLL_MS = 5000;
const FINAL = new Set([4001, 4003]);

/** How long to wait before try number `tries` (from 0), in ms: doubled each time, the half of it by chance. */
export function backoff(tries, random = Math.random) {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
  return longest / 2 + (longest / 2) * random();
}

/** `onMessage(object)`, `onBinary(ArrayBuffer)` and `onState("connecting" | "open" | "waiting" | "ended")` tell what happens. */
export class Link {
  constructor({ url, snapshotUrl, onMessage, onBinary, onState }) {
    Object.assign(this, { url, snapshotUrl, onMessage, onBinary, onState });
    this.tries = 0;
    this.wasUp = false;
    this.askedAt = -Infinity;
    this.state = "connecting";
  }

  get up() {
    return this.state === "open";
  }

  /** The state to show: once a line was lost, each new try is still the same loss. */
  get shown() {
    return this.state === "connecting" && this.wasUp ? "waiting" : this.state;
  }

  start() {
    this.#connect();
    this.watch = setInterval(() => this.#watch(), 1000);
    this.poll = setInterval(() => this.#poll(), POLL_MS);
    addEventListener("online", () => this.#retryNow());
  }

  /** Send an object; false when the line is down and it was not sent. */
  send(object) {
    if (!this.up) return false;
    this.socket.send(JSON.stringify(object));
    return true;
  }

  /** Ask for a fresh snapshot, at most once a second. */
  wantSnapshot() {
    const now = performance.now();
    if (now - this.askedAt < SNAPSHOT_EVERY_MS) return;
    if (this.send({ type: "snapshot.wanted" })) this.askedAt = now;
  }

  #connect() {
    clearTimeout(this.timer);
    this.#become("connecting");
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#heard(data);
    socket.onclose = ({ code }) => this.#closed(socket, code);
    this.socket = socket;
    this.heardAt = performance.now();
  }

  #opened() {
    this.heardAt = performance.now();
    this.wasUp = true;
    this.#become("open");
  }

  #heard(data) {
    this.heardAt = performance.now();
    this.tries = 0;
    if (data instanceof ArrayBuffer) this.onBinary(data);
    else this.onMessage(JSON.parse(data));
  }

  #closed(socket, code) {
    if (socket !== this.socket) return;
    if (FINAL.has(code)) return this.#end();
    this.#become("waiting");
    this.timer = setTimeout(() => this.#connect(), backoff(this.tries));
    this.tries += 1;
  }

  #end() {
    clearInterval(this.watch);
    clearInterval(this.poll);
    this.#become("ended");
  }

  /** A line that says nothing is dead, whatever the browser believes: telemetry comes every two seconds. */
  #watch() {
    if (this.state === "waiting" || performance.now() - this.heardAt < SILENCE_MS) return;
    const silent = this.socket;
    this.#closed(silent, 0);
    this.socket = null;
    silent.close();
  }

  #retryNow() {
    if (this.state === "waiting") this.#connect();
  }

  async #poll() {
    if (this.up) return;
    try {
      const answer = await fetch(this.snapshotUrl, { headers: { Accept: "application/json" } });
      if (answer.ok && !this.up) this.onMessage(await answer.json());
    } catch {
      // The server cannot be reached at all; the state already says so and the next try is under way.
    }
  }

  #become(state) {
    this.state = state;
    this.onState(state);
  }
}
