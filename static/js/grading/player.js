/* A film that can be looked at frame by frame; the step is measured from the film itself where the browser tells it. */

import { el } from "../dom.js";
import { say } from "../text.js";

const GUESS_SECONDS = 1 / 25;
const SPEEDS = [0.25, 0.5, 1, 1.5, 2];

export class Player {
  constructor(film) {
    Object.assign(this, { film, step: GUESS_SECONDS, last: null });
    this.time = el("span", { class: "small figures keep" }, "0.000");
    film.addEventListener("timeupdate", () => this.#show());
    film.addEventListener("seeked", () => this.#show());
    if (film.requestVideoFrameCallback) film.requestVideoFrameCallback((now, frame) => this.#measure(frame));
  }

  toggle() {
    if (this.film.paused) this.film.play();
    else this.film.pause();
  }

  /** One frame on (1) or back (-1); the film stands still then. */
  frame(by) {
    this.film.pause();
    const end = this.film.duration || 0;
    this.film.currentTime = Math.min(Math.max(this.film.currentTime + by * this.step, 0), end);
  }

  controls() {
    const speed = el("select", { class: "input speed", "aria-label": say("grading.player.speed") });
    speed.append(...SPEEDS.map((one) => el("option", { value: String(one), selected: one === 1 }, `${one}×`)));
    speed.addEventListener("change", () => (this.film.playbackRate = Number(speed.value)));
    return [this.#button("◂│", "grading.player.back", -1), this.#button("│▸", "grading.player.on", 1), speed, this.time];
  }

  #button(shown, key, by) {
    const act = () => this.frame(by);
    return el("button", { class: "button small", type: "button", title: say(key), "aria-label": say(key), onclick: act }, shown);
  }

  /** Two frames that follow each other while it plays say how long one lasts; a seek says nothing. */
  #measure(frame) {
    const seconds = this.last === null ? 0 : frame.mediaTime - this.last.mediaTime;
    const following = this.last !== null && frame.presentedFrames - this.last.presentedFrames === 1;
    if (following && !this.film.paused && seconds > 0.005 && seconds < 0.2) this.step = seconds;
    this.last = frame;
    this.#show();
    this.film.requestVideoFrameCallback((now, next) => this.#measure(next));
  }

  #show() {
    this.time.textContent = `${this.film.currentTime.toFixed(3)} s`;
  }
}
