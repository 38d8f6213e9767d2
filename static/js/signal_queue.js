/* What the page noticed, on its way to the server: kept on this machine until it is answered, behind the answers and never on their socket. */

import { HttpError, request } from "./http.js";

const PATH = "/api/exam/signals";
const STORE = "signals:";
const EVERY_MS = 2000;
const AGAIN_MS = 5000;
const SLOWER_MS = 60_000;
const BATCH = 10;
const MOST = 200;
const TURNS_BEHIND_ANSWERS = 3;

/** Whether to try again: nothing came back, the server is busy or asks to wait. What it refuses would be refused again. */
export function worthAnotherTry(status) {
  return status === 0 || status === 401 || status === 429 || status >= 500;
}

export class SignalQueue extends EventTarget {
  /** `busy()` says whether answers wait to be sent. Event `incident` (detail: the signal) when staff see it from now. */
  constructor({ sitting, page, busy }) {
    super();
    Object.assign(this, { sitting, page, busy, waiting: [], notBefore: 0, behind: 0, sending: false });
    this.key = `${STORE}${sitting}:${page}`;
  }

  start() {
    this.waiting = this.leftOver();
    this.save();
    this.timer = setInterval(() => this.flush(), EVERY_MS);
  }

  /** What earlier pages of this sitting could not send; of other sittings nothing is left lying. */
  leftOver() {
    const found = [];
    try {
      for (const key of Object.keys(localStorage).filter((one) => one.startsWith(STORE))) {
        if (key.startsWith(`${STORE}${this.sitting}:`)) found.push(...JSON.parse(localStorage.getItem(key)));
        localStorage.removeItem(key);
      }
    } catch {
      /* A browser without storage keeps signals in memory only. */
    }
    return found.slice(-MOST);
  }

  save() {
    try {
      if (this.waiting.length) localStorage.setItem(this.key, JSON.stringify(this.waiting));
      else localStorage.removeItem(this.key);
    } catch {
      /* As above. */
    }
  }

  /** Keep a signal; told again with the same number it takes the place of what still waits. Beyond 200 the oldest goes, and its number is missed. */
  put(signal) {
    const others = this.waiting.filter((one) => one.page !== signal.page || one.n !== signal.n);
    this.waiting = [...others, signal].slice(-MOST);
    this.save();
  }

  /** Send what waits. `last`: the page goes, so nothing else is waited for. */
  async flush({ last = false } = {}) {
    if (!this.waiting.length) return;
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

  letAnswersPass() {
    this.behind = this.busy() ? this.behind + 1 : 0;
    return this.behind > 0 && this.behind <= TURNS_BEHIND_ANSWERS;
  }

  post(batch) {
    const body = JSON.stringify(batch);
    return request(PATH, { method: "POST", headers: { "Content-Type": "application/json" }, body, keepalive: true, priority: "low" });
  }

  answered(batch, { results }) {
    this.forget(batch);
    results.forEach(({ incident }, place) => {
      if (incident) this.dispatchEvent(new CustomEvent("incident", { detail: batch[place] }));
    });
  }

  failed(batch, { status, code }) {
    if (worthAnotherTry(status)) {
      this.notBefore = performance.now() + (status === 429 ? SLOWER_MS : AGAIN_MS);
    } else {
      console.warn(`${batch.length} signals refused: ${code}`);
      this.forget(batch);
    }
  }

  forget(batch) {
    this.waiting = this.waiting.filter((one) => !batch.includes(one));
    this.save();
  }
}
