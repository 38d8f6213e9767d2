/* What the page noticed, on its way: kept on this machine until answered, behind the answers and never on their socket. */

import { HttpError, request } from "./http.js";

const STORE = "signals:";
const EVERY_MS = 2000;
const ALIVE_MS = 30_000;
const AGAIN_MS = 5000;
const SLOWER_MS = 60_000;
const BATCH = 10;
const MOST = 200;
const TURNS_BEHIND = 3;

/** What the server refuses it would refuse again; what it could not take may be tried again. */
export function worthAnotherTry(status) {
  return [0, 401, 429].includes(status) || status >= 500;
}

/** Do it where the browser has storage; elsewhere signals live in memory only. */
function stored(act) {
  try {
    return act(localStorage) ?? [];
  } catch {
    return [];
  }
}

export class SignalQueue extends EventTarget {
  /** `busy()`: whether answers wait. Event `incident` (detail: the signal) when staff see it from now. */
  constructor({ sitting, page, busy }) {
    super();
    Object.assign(this, { prefix: `${STORE}${sitting}:`, page, busy, waiting: [], notBefore: 0, behind: 0, sending: false });
  }

  start() {
    this.waiting = this.leftOver();
    this.save();
    this.timer = setInterval(() => this.flush(), EVERY_MS);
  }

  /** From now on say every 30 s that the page still watches, where there is nothing else to say; a room's pages not all at once. */
  keepSaying(random = Math.random) {
    this.sayBy = performance.now() + ALIVE_MS * random();
  }

  /** What earlier pages of this sitting could not send; of other sittings nothing is left lying. */
  leftOver() {
    return stored((storage) => Object.keys(storage).filter((key) => key.startsWith(STORE)).flatMap((key) => {
      const found = key.startsWith(this.prefix) ? JSON.parse(storage.getItem(key)) : [];
      storage.removeItem(key);
      return found;
    })).slice(-MOST);
  }

  save() {
    const key = this.prefix + this.page;
    stored((storage) => (this.waiting.length ? storage.setItem(key, JSON.stringify(this.waiting)) : storage.removeItem(key)));
  }

  /** Told again, it takes the place of what still waits. Beyond 200 the oldest goes, and its number is missed. */
  put(signal) {
    const others = this.waiting.filter(({ page, n }) => page !== signal.page || n !== signal.n);
    this.waiting = [...others, signal].slice(-MOST);
    this.save();
  }

  /** Send what waits. `last`: the page goes, so nothing else is waited for. */
  async flush({ last = false } = {}) {
    if (!this.waiting.length && (last || !this.isDue())) return;
    if (!last && (this.sending || performance.now() < this.notBefore || this.letAnswersPass())) return;
    const batch = this.waiting.slice(0, BATCH);
    this.sending = true;
    try {
      this.answered(batch, await this.post(batch));
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.failed(batch, error);
    } finally {
      this.sending = false;
    }
  }

  isDue() {
    return this.sayBy !== undefined && performance.now() >= this.sayBy;
  }

  said() {
    if (this.sayBy !== undefined) this.sayBy = performance.now() + ALIVE_MS;
  }

  letAnswersPass() {
    this.behind = this.busy() ? this.behind + 1 : 0;
    return this.behind > 0 && this.behind <= TURNS_BEHIND;
  }

  post(batch) {
    const headers = { "Content-Type": "application/json" };
    return request("/api/exam/signals", { method: "POST", headers, body: JSON.stringify(batch), keepalive: true, priority: "low" });
  }

  answered(batch, { results }) {
    this.said();
    this.forget(batch);
    results.forEach(({ incident }, place) => incident && this.dispatchEvent(new CustomEvent("incident", { detail: batch[place] })));
  }

  failed(batch, { status, code }) {
    this.notBefore = performance.now() + (status === 429 ? SLOWER_MS : AGAIN_MS);
    if (worthAnotherTry(status)) return;
    this.said();
    console.warn(`${batch.length} signals refused: ${code}`);
    this.forget(batch);
  }

  forget(batch) {
    this.waiting = this.waiting.filter((one) => !batch.includes(one));
    this.save();
  }
}
