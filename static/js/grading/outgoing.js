/* What is on its way to the server: one request at a time for each key, the newest wins, tried again until it is stored. */

import { post } from "../http.js";
import { say } from "../text.js";

const AGAIN_MS = 2000;

export class Outgoing {
  constructor(strip) {
    this.strip = strip;
    this.waiting = new Map();
    this.sending = new Set();
    this.offline = false;
    addEventListener("online", () => this.#sendAll());
    addEventListener("beforeunload", (event) => {
      if (!this.empty) event.preventDefault();
    });
  }

  get empty() {
    return this.waiting.size === 0 && this.sending.size === 0;
  }

  /** Send `body` to `url`; a newer one under the same `key` takes its place. `tell(state, answerOrError)`. */
  send(key, { url, body, tell }) {
    this.waiting.set(key, { url, body, tell });
    this.#next(key);
  }

  /** Resolves when everything is stored or refused. */
  async settled() {
    while (!this.empty) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  #sendAll() {
    for (const key of [...this.waiting.keys()]) this.#next(key);
  }

  async #next(key) {
    if (this.sending.has(key) || !this.waiting.has(key)) return;
    const job = this.waiting.get(key);
    this.waiting.delete(key);
    this.sending.add(key);
    job.tell("sending");
    try {
      const answer = await post(job.url, job.body);
      this.#reachable(true);
      if (!this.waiting.has(key)) job.tell("saved", answer);
    } catch (error) {
      this.#failed(key, job, error);
    }
    this.sending.delete(key);
    this.#next(key);
  }

  /** No answer, or a server that is not well: keep it and try again. A refusal is final and is shown. */
  #failed(key, job, error) {
    const passing = error.code === "offline" || error.status >= 500;
    this.#reachable(!passing);
    if (!passing) {
      job.tell("refused", error);
      return;
    }
    job.tell("waiting");
    if (!this.waiting.has(key)) {
      setTimeout(() => {
        if (!this.waiting.has(key)) this.waiting.set(key, job);
        this.#next(key);
      }, AGAIN_MS);
      this.#hold(key);
    }
  }

  /** While it waits for its next try it still counts as not stored. */
  #hold(key) {
    const held = `${key} again`;
    this.sending.add(held);
    setTimeout(() => this.sending.delete(held), AGAIN_MS + 1);
  }

  #reachable(yes) {
    this.strip.hidden = yes;
    if (!yes) this.strip.textContent = say("grading.offline");
  }
}
