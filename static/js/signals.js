/* What the page notices while the candidate works: that it was left, not what was done elsewhere. No key and no text is ever sent. */

import { FullScreen } from "./full_screen.js";
import { Lapse } from "./lapse.js";
import { NotedCard } from "./noted.js";
import { SignalQueue } from "./signal_queue.js";

const SKEW_MS = 2000;
const SKEW_FIRST_MS = 6000;
const SKEW_EVERY_MS = 30_000;
const SURE_MS = 2000;
const GAP_MS = 5000;
const LABEL = 200;
const OWN_TEXTS = 20;
const LASTING = ["away", "fullscreen_exit", "second_display", "camera_muted"];
const TOOL_KEYS = new Set(["KeyI", "KeyJ", "KeyC"]);

/** A name for this page that no other has: 16 hexadecimal digits. */
export function pageName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the keys open a browser's developer tools or a page's source. */
export function opensTools({ key, code, ctrlKey, shiftKey, metaKey, altKey }) {
  if (key === "F12") return true;
  if (code === "KeyU") return ctrlKey || (metaKey && altKey);
  return TOOL_KEYS.has(code) && ((ctrlKey && shiftKey) || (metaKey && altKey));
}

/** The text that is selected in a field or on the page. It stays in this page. */
function selected(target) {
  if (typeof target?.selectionStart === "number") return target.value.slice(target.selectionStart, target.selectionEnd);
  return String(getSelection());
}

/** Whether the work of a paper needs other programs than the page: materials to open, files to hand in. */
export function leavesPage({ tasks = [] }) {
  return tasks.some(({ materials, deliverables }) => materials.length > 0 || deliverables.some(({ kind }) => kind === "file"));
}

const plain = (text) => text.replace(/\s+/g, " ").trim();

export class Signals {
  constructor({ state, clock, link, camera, unsaved, outside }) {
    Object.assign(this, { state, clock, link, camera, outside, page: pageName(), n: 0, own: [], choosing: false, skewTold: 0 });
    this.queue = new SignalQueue({ sitting: state.sitting, page: this.page, busy: () => unsaved() > 0 });
    this.card = new NotedCard();
    this.queue.addEventListener("incident", ({ detail }) => this.card.add(detail));
  }

  start() {
    this.queue.start();
    this.lapses = Object.fromEntries(LASTING.map((kind) => [kind, this.lapse(kind)]));
    this.watchFiles();
    if (!this.outside) this.watchPlace();
    this.watchDisplays();
    this.watchClipboard();
    this.watchKeys();
    this.watchCamera();
    this.watchLink();
    setTimeout(() => this.watchClock(), SKEW_FIRST_MS);
    setInterval(() => this.watchClock(), SKEW_EVERY_MS);
    addEventListener("pagehide", () => this.leave());
    document.body.dataset.signals = this.page;
  }

  /** The first fields of a signal that began `already` milliseconds ago, by both clocks. */
  fields(kind, already = 0) {
    this.n += 1;
    return { page: this.page, n: this.n, kind, at: Math.round(this.clock.now() - already), page_at: Math.round(Date.now() - already) };
  }

  tell(kind, more = {}) {
    this.queue.put({ ...this.fields(kind), ...more });
  }

  lapse(kind) {
    return new Lapse({ begun: (already) => this.fields(kind, already), tell: (signal) => this.queue.put(signal) });
  }

  /** The page goes: what goes on ends with it, and what waits is sent on the way. */
  leave() {
    for (const lapse of Object.values(this.lapses)) lapse.end();
    this.queue.flush({ last: true });
  }

  /** The browser's own dialog for a file takes the keyboard and the full screen; the candidate was asked to open it. */
  watchFiles() {
    const over = () => {
      this.choosing = false;
      setTimeout(() => this.lookAway?.());
    };
    document.addEventListener("click", ({ target }) => { if (target.type === "file") this.choosing = true; }, true);
    for (const name of ["change", "cancel"]) document.addEventListener(name, over, true);
    addEventListener("focus", over);
  }

  /** Where the work itself needs other programs, nobody is told that the page was left. */
  watchPlace() {
    this.watchAway();
    this.watchFullScreen();
  }

  watchAway() {
    this.lookAway = () => this.mark("away", document.hidden || (!document.hasFocus() && !this.choosing));
    document.addEventListener("visibilitychange", this.lookAway);
    for (const name of ["blur", "focus"]) addEventListener(name, () => setTimeout(this.lookAway));
  }

  mark(kind, going) {
    if (going) this.lapses[kind].begin();
    else this.lapses[kind].end();
  }

  watchFullScreen() {
    const screen = new FullScreen();
    screen.addEventListener("left", () => this.choosing || this.lapses.fullscreen_exit.begin());
    screen.addEventListener("entered", () => this.lapses.fullscreen_exit.end());
    screen.start();
  }

  /** Browsers tell it on secure pages only; elsewhere nothing is known and nothing is told. */
  watchDisplays() {
    if (typeof screen.isExtended !== "boolean") return;
    const look = () => this.mark("second_display", screen.isExtended);
    screen.addEventListener("change", look);
    look();
  }

  watchClipboard() {
    for (const name of ["copy", "cut"]) document.addEventListener(name, ({ target }) => this.copied(target), true);
    document.addEventListener("paste", ({ clipboardData }) => this.pasted(clipboardData?.getData("text/plain") ?? ""), true);
  }

  copied(target) {
    const text = selected(target);
    this.own = [...this.own, plain(text)].slice(-OWN_TEXTS);
    const element = target?.closest ? target : target?.parentElement;
    if (this.state.subject === "theory" && text && element?.closest("#items")) this.tell("copy", { size: text.length });
  }

  /** What was copied in this page may be moved about in it. */
  pasted(text) {
    if (!this.own.includes(plain(text))) this.tell("paste", { size: text.length });
  }

  watchKeys() {
    document.addEventListener("keyup", ({ key }) => { if (key === "PrintScreen") this.tell("print_screen"); }, true);
    document.addEventListener("keydown", (event) => {
      if (!opensTools(event)) return;
      event.preventDefault();
      if (!event.repeat) this.tell("devtools");
    }, true);
  }

  watchCamera() {
    if (!this.camera) return;
    this.camera.addEventListener("track", ({ detail }) => this.watchTrack(detail));
    const track = this.camera.stream?.getVideoTracks()[0];
    if (track) this.watchTrack(track);
    navigator.mediaDevices?.addEventListener("devicechange", () => this.countCameras());
  }

  watchTrack(track) {
    this.tell("virtual_camera", { label: track.label.slice(0, LABEL) });
    track.addEventListener("mute", () => this.mark("camera_muted", true));
    track.addEventListener("unmute", () => this.mark("camera_muted", false));
    track.addEventListener("ended", () => { this.mark("camera_muted", false); this.tell("camera_ended"); });
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
        if (this.gap && now - this.gap.since >= GAP_MS) this.queue.put({ ...this.gap.signal, lasted: Math.round(now - this.gap.since) });
        [this.gap, good] = [null, now];
      } else {
        const since = Math.max(this.link.heard, good);
        this.gap ??= { since, signal: this.fields("network_gap", now - since) };
      }
    });
  }

  /** The machine's clock beside the server's, once that is known well; told again when it has moved. */
  watchClock() {
    if (this.clock.best.trip > SURE_MS) return;
    const skew = Math.round(Math.abs(Date.now() - this.clock.now()));
    if (Math.abs(skew - this.skewTold) < SKEW_MS) return;
    this.skewTold = skew;
    this.tell("clock_skew", { size: skew });
  }
}
