/* The time that this script took so far, while its page is in front. It stays in this browser: nobody else sees it. */

import { duration } from "../text.js";

const IDLE_MS = 120_000;

export class Stopwatch {
  constructor(element, code) {
    Object.assign(this, { element, key: `grading.time.${code}`, last: performance.now(), moved: performance.now() });
    this.ms = Number(localStorage.getItem(this.key)) || 0;
    this.#show();
  }

  begin() {
    for (const type of ["keydown", "pointermove", "scroll"]) {
      addEventListener(type, () => (this.moved = performance.now()), { passive: true, capture: true });
    }
    setInterval(() => this.#tick(), 1000);
  }

  #tick() {
    const now = performance.now();
    const working = !document.hidden && now - this.moved < IDLE_MS;
    if (working) this.ms += now - this.last;
    this.last = now;
    if (!working) return;
    localStorage.setItem(this.key, String(Math.round(this.ms)));
    this.#show();
  }

  #show() {
    this.element.textContent = duration(this.ms);
  }
}
