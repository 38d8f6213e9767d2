/* What the page notices while the candidate works: that it was left, not what was done elsewhere. No key or text is sent. */

import { Lapse } from "./lapse.js";
import { SignalQueue } from "./signal_queue.js";

const SKEW_MS = 2000;
const SKEW_FIRST_MS = 6000;
const SKEW_EVERY_MS = 30_000;
const GAP_MS = 5000;
const LABEL = 200;
const OWN_TEXTS = 20;
const LASTING = ["away", "fullscreen_exit", "second_display", "camera_muted"];

/** A name for this page that no other has: 16 hexadecimal digits. */
export function pageName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the keys open a browser's developer tools or a page's source. */
export function opensTools({ key, code, ctrlKey, shiftKey, metaKey, altKey }) {
  const both = metaKey && altKey;
  return key === "F12" || (code === "KeyU" && (ctrlKey || both)) || (/^Key[IJC]$/.test(code) && ((ctrlKey && shiftKey) || both));
}

/** Whether the work of a paper needs other programs than the page: materials to open, files to hand in. */
export function leavesPage({ tasks = [] }) {
  return tasks.some(({ materials, deliverables }) => materials.length > 0 || deliverables.some(({ kind }) => kind === "file"));
}

/** The text that is selected in a field or on the page. It stays in this page. */
function selected(target) {
  if (typeof target.selectionStart === "number") return target.value.slice(target.selectionStart, target.selectionEnd);
  return String(getSelection());
}

const plain = (text) => text.replace(/\s+/g, " ").trim();
const hear = (name, listener) => document.addEventListener(name, listener, true);

export class Signals {
  constructor({ state, paper, clock, link, camera, unsaved }) {
    Object.assign(this, { state, paper, clock, link, camera, page: pageName(), n: 0, own: [], skewTold: 0 });
    this.queue = new SignalQueue({ sitting: state.sitting, page: this.page, busy: () => unsaved() > 0 });
    this.queue.addEventListener("incident", ({ detail }) => this.noted(detail));
  }

  async start() {
    this.queue.start();
    const tell = (signal) => this.queue.put(signal);
    this.lapses = Object.fromEntries(LASTING.map((kind) => [kind, new Lapse({ begun: (already) => this.fields(kind, already), tell })]));
    this.watchDisplays();
    this.watchClipboard();
    this.watchKeys();
    this.watchCamera();
    this.watchLink();
    setTimeout(() => this.watchClock(), SKEW_FIRST_MS);
    setInterval(() => this.watchClock(), SKEW_EVERY_MS);
    addEventListener("pagehide", () => this.leave());
    if (!leavesPage(this.paper)) (await import("./place.js")).watchPlace((kind, going) => this.mark(kind, going));
    this.queue.keepSaying();
    document.body.dataset.signals = this.page;
  }

  /** The first fields of a signal that began `already` milliseconds ago, by both clocks. */
  fields(kind, already = 0) {
    this.n += 1;
    return { page: this.page, n: this.n, kind, at: Math.round(this.clock.now() - already), page_at: Math.round(Date.now() - already) };
  }

  tell(kind, more) {
    this.queue.put({ ...this.fields(kind), ...more });
  }

  mark(kind, going) {
    if (going) this.lapses[kind].begin();
    else this.lapses[kind].end();
  }

  async noted(signal) {
    this.card ??= import("./noted.js").then(({ NotedCard }) => new NotedCard());
    (await this.card).add(signal);
  }

  /** The page goes: what goes on ends with it, and what waits is sent on the way. */
  leave() {
    for (const lapse of Object.values(this.lapses)) lapse.end();
    this.queue.flush({ last: true });
  }

  /** Browsers tell it on secure pages only; elsewhere nothing is known and nothing is told. */
  watchDisplays() {
    if (typeof screen.isExtended !== "boolean") return;
    const look = () => this.mark("second_display", screen.isExtended);
    screen.addEventListener("change", look);
    look();
  }

  /** What was copied in this page may be moved about in it. */
  watchClipboard() {
    for (const name of ["copy", "cut"]) hear(name, ({ target }) => this.copied(target, selected(target)));
    hear("paste", ({ clipboardData }) => {
      const text = clipboardData?.getData("text/plain") ?? "";
      if (!this.own.includes(plain(text))) this.tell("paste", { size: text.length });
    });
  }

  copied(target, text) {
    this.own = [...this.own, plain(text)].slice(-OWN_TEXTS);
    if (this.state.subject === "theory" && text && target.closest?.("#items")) this.tell("copy", { size: text.length });
  }

  watchKeys() {
    hear("keyup", ({ key }) => { if (key === "PrintScreen") this.tell("print_screen"); });
    hear("keydown", (event) => {
      if (!opensTools(event)) return;
      event.preventDefault();
      if (!event.repeat) this.tell("devtools");
    });
  }

  watchCamera() {
    if (!this.camera) return;
    this.camera.addEventListener("track", ({ detail }) => this.watchTrack(detail));
    this.camera.stream?.getVideoTracks().forEach((track) => this.watchTrack(track));
    navigator.mediaDevices?.addEventListener("devicechange", () => this.countCameras());
  }

  watchTrack(track) {
    this.tell("virtual_camera", { label: track.label.slice(0, LABEL) });
    for (const name of ["mute", "unmute", "ended"]) track.addEventListener(name, () => this.mark("camera_muted", name === "mute"));
    track.addEventListener("ended", () => this.tell("camera_ended"));
    this.countCameras();
  }

  async countCameras() {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput").length;
    if (this.cameras !== undefined && cameras !== this.cameras) this.tell("camera_devices", { size: cameras });
    this.cameras = cameras;
  }

  /** Told when the line is back: how long neither the socket nor plain requests reached the server. */
  watchLink() {
    let good = performance.now();
    this.link.addEventListener("way", ({ detail }) => {
      const now = performance.now();
      if (detail === "socket" || detail === "http") {
        const lasted = this.gap ? Math.round(now - this.gap.since) : 0;
        if (lasted >= GAP_MS) this.queue.put({ ...this.gap.signal, lasted });
        [this.gap, good] = [null, now];
      } else {
        const since = Math.max(this.link.heard, good);
        this.gap ??= { since, signal: this.fields("network_gap", now - since) };
      }
    });
  }

  /** The machine's clock beside the server's, once that is known well; told again when it has moved. */
  watchClock() {
    const skew = Math.round(Math.abs(Date.now() - this.clock.now()));
    if (this.clock.best.trip > SKEW_MS || Math.abs(skew - this.skewTold) < SKEW_MS) return;
    this.skewTold = skew;
    this.tell("clock_skew", { size: skew });
  }
}
