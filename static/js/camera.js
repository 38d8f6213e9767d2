/* The camera of the seat: pictures to the server as it grants them, a small still for the candidate, no mirror. */

import { HttpError, fetchGood } from "./http.js";
import { backoff, socketUrl } from "./socket.js";

const WIDTH = 640;
const HEIGHT = 480;
const QUALITY = 0.7;
const HEADER = 13;
const STILL_MS = 10_000;
const HTTP_MS = 2000;

/** The 13 bytes before every JPEG: version, sequence number, when it was taken by the server's clock. */
export function frameHeader(seq, capturedAt) {
  const view = new DataView(new ArrayBuffer(HEADER));
  view.setUint8(0, 1);
  view.setUint32(1, seq);
  view.setBigUint64(5, BigInt(Math.round(capturedAt)));
  return view.buffer;
}

/** What the server still wants: frames granted, and the least time between two. */
export class Credits {
  constructor() {
    this.reset();
  }

  reset() {
    Object.assign(this, { frames: 0, interval: 500, sentAt: -Infinity });
  }

  grant({ frames, interval_ms: interval }) {
    this.frames += frames;
    this.interval = interval;
  }

  /** Milliseconds until a frame may go; null when none is granted. */
  wait(now) {
    return this.frames > 0 ? Math.max(0, this.sentAt + this.interval - now) : null;
  }

  spend(now) {
    this.frames -= 1;
    this.sentAt = now;
  }
}

/** Why there is no picture, in the words of the catalogue: `insecure`, `denied`, `none`, `busy`. */
export function cameraFault(error) {
  if (!error) return "insecure";
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "denied";
  return error.name === "NotFoundError" || error.name === "OverconstrainedError" ? "none" : "busy";
}

export class Camera extends EventTarget {
  /** Events: `state` (detail: starting, live, fault name, or unsent), `still` (detail: Blob), `sent`, `track` (detail: the camera's). */
  constructor(clock) {
    super();
    Object.assign(this, { clock, credits: new Credits(), seq: 0, tries: 0, socket: null, stream: null, stillAt: -Infinity });
    this.video = document.createElement("video");
    Object.assign(this.video, { muted: true, playsInline: true });
    this.canvas = new OffscreenCanvas(WIDTH, HEIGHT);
    this.sheet = this.canvas.getContext("2d", { alpha: false });
  }

  /** Ask for the camera and begin to send. Resolves to whether there is a picture. */
  async start() {
    this.say("starting");
    try {
      if (!navigator.mediaDevices) throw null;
      const video = { width: { ideal: WIDTH }, height: { ideal: HEIGHT }, facingMode: "user" };
      this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
      this.dispatchEvent(new CustomEvent("track", { detail: this.stream.getVideoTracks()[0] }));
      this.video.srcObject = this.stream;
      await this.video.play();
    } catch (error) {
      this.say(cameraFault(error));
      return false;
    }
    this.stream.getVideoTracks()[0].addEventListener("ended", () => this.lost());
    this.connect();
    return true;
  }

  get settings() {
    const track = this.stream.getVideoTracks()[0];
    const { width = WIDTH, height = HEIGHT } = track.getSettings();
    return { label: track.label, width, height };
  }

  connect() {
    this.socket = new WebSocket(socketUrl("/ws/frames/"));
    this.socket.onopen = () => { this.tries = 0; this.credits.reset(); };
    this.socket.onmessage = ({ data }) => this.take(JSON.parse(data));
    this.socket.onclose = ({ code }) => this.closed(code);
  }

  take(message) {
    if (message.type === "credit") this.credits.grant(message);
    if (message.type === "refused" && message.code !== "no_credit") this.credits.frames += 1;
    this.plan();
  }

  /** Without the socket a picture goes by plain HTTP now and then, until the socket is back. */
  closed(code) {
    this.socket = null;
    if (!this.stream || code === 4001 || code === 4003) return;
    setTimeout(() => this.stream && this.connect(), backoff(this.tries));
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.capture(), HTTP_MS);
  }

  plan() {
    clearTimeout(this.timer);
    const wait = this.credits.wait(performance.now());
    if (wait !== null && this.stream) this.timer = setTimeout(() => this.capture(), wait);
  }

  async capture() {
    if (!this.stream) return;
    const capturedAt = this.clock.now();
    this.sheet.drawImage(this.video, 0, 0, WIDTH, HEIGHT);
    const blob = await this.canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    await this.deliver(new Blob([frameHeader(this.seq, capturedAt), blob]));
    this.seq += 1;
    this.still(blob);
  }

  async deliver(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.credits.spend(performance.now());
      this.socket.send(frame);
      this.sent();
      this.plan();
    } else {
      await this.post(frame);
    }
  }

  async post(frame) {
    try {
      await fetchGood("/api/exam/frames", { method: "POST", body: frame, headers: { "Content-Type": "image/jpeg" } });
      this.sent();
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.say("unsent");
    }
  }

  sent() {
    this.say("live");
    this.dispatchEvent(new Event("sent"));
  }

  still(blob) {
    const now = performance.now();
    if (now - this.stillAt < STILL_MS) return;
    this.stillAt = now;
    this.dispatchEvent(new CustomEvent("still", { detail: blob }));
  }

  lost() {
    this.stop();
    this.say("none");
  }

  stop() {
    clearTimeout(this.timer);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.socket?.close();
  }

  say(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}
