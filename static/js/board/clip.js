// A clip of an incident: the frames as they came, played and stepped one by one, with what was seen where a still holds it.

import { clockText, h, setText } from "./dom.js";
import { parseBundle } from "./pictures.js";
import { overlay } from "./stills.js";
import { t } from "./words.js";

const SPEEDS = [0.25, 0.5, 1, 2];
const LONGEST_WAIT_MS = 1000;
const STILL_WITHIN_MS = 1;

/** How long to wait after frame `index` before the next, in ms at this speed; a gap in the pictures is not waited out. */
export function waitAfter(times, index, speed) {
  return Math.min(LONGEST_WAIT_MS, Math.max(0, times[index + 1] - times[index])) / speed;
}

/** The first frame at or after `at`; the last one when there is none. */
export function frameAt(times, at) {
  const found = times.findIndex((time) => time >= at);
  return found === -1 ? times.length - 1 : found;
}

/** The boxes of the still that is this frame; none where no still was taken. */
export function boxesAt(stills, at) {
  return stills.find((still) => still.kind === "STILL" && Math.abs(still.captured_at - at) <= STILL_WITHIN_MS)?.boxes ?? [];
}

/** The frames of a clip: `[{capturedAt, jpeg}]` in the order in which they came; throws what went wrong, in words. */
async function fetchFrames(url) {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) throw new Error(t(answer?.status === 410 ? "clip.gone" : "clip.unreachable"));
  return parseBundle(await answer.arrayBuffer());
}

/** Opens the player for a clip; `incident` says when what is shown began and ended. */
export async function playClip(clip, incident) {
  const player = new Player(clip, incident);
  player.show();
  try {
    player.load(await fetchFrames(clip.url));
  } catch (problem) {
    player.fail(problem.message);
  }
}

/** The dialog with the picture, the bar and the keys. */
class Player {
  constructor(clip, incident) {
    Object.assign(this, { clip, incident, frames: [], times: [], index: 0, speed: 1, timer: null });
    this.image = h("img", { alt: "", class: "clip-image" });
    this.frame = h("span", { class: "still-frame clip-frame" }, this.image);
    this.said = h("p", { class: "figures small", role: "status" }, t("clip.loading"));
    this.bar = h("input", { type: "range", min: "0", max: "0", value: "0", class: "clip-bar", "aria-label": t("clip.bar"), oninput: () => this.#jump(this.bar.valueAsNumber) });
    this.play = h("button", { class: "button small", type: "button", onclick: () => this.#toggle() });
    this.pace = h("button", { class: "button small", type: "button", onclick: () => this.#faster() });
    this.dialog = this.#build();
  }

  #build() {
    const button = (name, run) => h("button", { class: "button small", type: "button", "aria-label": t(`clip.${name}`), onclick: run }, name === "back" ? "◂|" : "|▸");
    const begin = h("button", { class: "button small", type: "button", onclick: () => this.#jump(frameAt(this.times, this.incident.started_at)) }, t("clip.to_start"));
    const marks = h("span", { class: "clip-marks", "aria-hidden": "true" });
    this.marks = marks;
    return h("dialog", { class: "viewer clip", "aria-label": t("clip.title"), onclose: () => this.#end(), onkeydown: (event) => this.#key(event) },
      h("header", {}, h("h2", {}, t("clip.title")), this.said),
      h("div", { class: "body stack tight" }, this.frame, h("div", { class: "clip-track" }, marks, this.bar),
        h("div", { class: "row tight clip-acts" }, button("back", () => this.#step(-1)), this.play, button("forward", () => this.#step(1)), this.pace, begin,
          h("span", { class: "small quiet clip-keys" }, t("clip.keys"))),
        h("p", { class: "mono faint" }, `SHA-256 ${this.clip.sha256}`)),
      h("footer", {}, h("button", { class: "button", type: "button", onclick: () => this.dialog.close() }, t("dialog.close"))));
  }

  show() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.play.focus();
    this.#label();
  }

  /** Show the frames from where the incident began. */
  load(frames) {
    if (frames.length === 0) return this.fail(t("clip.empty"));
    this.frames = frames.map(({ capturedAt, jpeg }) => ({ at: capturedAt, url: URL.createObjectURL(new Blob([jpeg], { type: "image/jpeg" })) }));
    this.times = this.frames.map(({ at }) => at);
    this.bar.max = String(frames.length - 1);
    this.#mark();
    this.#jump(frameAt(this.times, this.incident.started_at));
    return undefined;
  }

  fail(text) {
    setText(this.said, text);
    this.frame.replaceChildren(h("span", { class: "still-missing small" }, text));
  }

  /** Where on the bar the incident lies. */
  #mark() {
    const last = Math.max(1, this.times.length - 1);
    const place = (at) => `${(frameAt(this.times, at) / last) * 100}%`;
    this.marks.style.setProperty("--from", place(this.incident.started_at));
    this.marks.style.setProperty("--to", this.incident.ended_at === null ? "100%" : place(this.incident.ended_at));
  }

  #jump(index) {
    if (this.frames.length === 0) return;
    this.index = Math.min(this.frames.length - 1, Math.max(0, index));
    const { at, url } = this.frames[this.index];
    this.image.src = url;
    this.bar.value = String(this.index);
    this.#boxes(at);
    setText(this.said, `${clockText(at)}.${String(at % 1000).padStart(3, "0")} · ${t("clip.frame", { frame: this.index + 1, frames: this.frames.length })} · ${this.#place(at)}`);
  }

  #place(at) {
    if (at < this.incident.started_at) return t("still.before");
    return t(this.incident.ended_at !== null && at > this.incident.ended_at ? "still.after" : "still.during");
  }

  async #boxes(at) {
    const boxes = boxesAt(this.incident.stills, at);
    this.frame.querySelector("svg")?.remove();
    if (boxes.length === 0) return;
    await this.image.decode().catch(() => null);
    if (this.times[this.index] === at) this.frame.append(overlay(boxes, this.image.naturalWidth, this.image.naturalHeight));
  }

  #step(step) {
    this.#stop();
    this.#jump(this.index + step);
  }

  #toggle() {
    if (this.timer !== null) return this.#stop();
    if (this.index >= this.frames.length - 1) this.#jump(0);
    return this.#go();
  }

  #go() {
    if (this.index >= this.frames.length - 1) return this.#stop();
    this.timer = setTimeout(() => { this.#jump(this.index + 1); this.#go(); }, waitAfter(this.times, this.index, this.speed));
    return this.#label();
  }

  #stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.#label();
  }

  #faster() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    this.#label();
  }

  #label() {
    setText(this.play, t(this.timer === null ? "clip.play" : "clip.pause"));
    setText(this.pace, `${this.speed}×`);
  }

  #key(event) {
    const steps = { ArrowLeft: -1, ",": -1, ArrowRight: 1, ".": 1 };
    if (event.key in steps) this.#step(steps[event.key]);
    else if (event.key === "Home") this.#jump(0);
    else if (event.key === " " && event.target.type !== "button") this.#toggle();
    else if (event.key.toLowerCase() === "k") this.#toggle();
    else if (event.key.toLowerCase() === "s") this.#faster();
    else return;
    event.preventDefault();
  }

  #end() {
    this.#stop();
    for (const { url } of this.frames) URL.revokeObjectURL(url);
    this.dialog.remove();
  }
}
