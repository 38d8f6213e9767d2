/* The way to the server: the exam socket while it stands, its HTTP twin while it does not, and back again. */

import { post, request } from "./http.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;
const PING_MS = 5000;
const SILENCE_MS = 8000;
const LOOK_MS = 1000;
const TURNED_AWAY = new Set([4001, 4003]);

/** Milliseconds before try number `tries` (from 0): doubling, capped, and spread so that a room does not come back at once. */
export function backoff(tries, random = Math.random) {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (0.5 + random() / 2);
}

export function socketUrl(path) {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}

export class Link extends EventTarget {
  /** `unsaved` gives the number that pings report. Events: `message` (detail: the message), `way` (detail: the way). */
  constructor({ path, clock, unsaved }) {
    super();
    Object.assign(this, { path, clock, unsaved, tries: 0, socket: null, way: "connecting", heard: 0 });
  }

  start() {
    this.connect();
    setInterval(() => this.beat(), PING_MS);
    setInterval(() => this.listen(), LOOK_MS);
    addEventListener("online", () => this.retryNow());
    addEventListener("offline", () => this.open && this.abandon());
    document.addEventListener("visibilitychange", () => document.hidden || this.retryNow());
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    clearTimeout(this.timer);
    const socket = new WebSocket(socketUrl(this.path));
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = ({ data }) => this.take(JSON.parse(data));
    socket.onclose = ({ code }) => socket === this.socket && this.closed(code);
  }

  opened() {
    this.tries = 0;
    this.heard = performance.now();
    this.setWay("socket");
    this.ping();
  }

  closed(code) {
    if (TURNED_AWAY.has(code)) {
      location.assign("/exam/");
      return;
    }
    this.socket = null;
    if (this.way === "socket") this.setWay("connecting");
    this.timer = setTimeout(() => this.connect(), backoff(this.tries));
    this.tries += 1;
    this.poll();
  }

  retryNow() {
    if (!this.socket) this.connect();
  }

  /** Every five seconds: a ping, or without a socket one look over plain HTTP. */
  beat() {
    if (this.open) this.ping();
    else this.poll();
  }

  /** A socket on which nothing comes back any more is given up, though the browser still believes in it. */
  listen() {
    if (this.open && performance.now() - this.heard > SILENCE_MS) this.abandon();
  }

  /** A dead line never answers the closing handshake, so nobody waits for it. */
  abandon() {
    const { socket } = this;
    socket.onclose = null;
    socket.close();
    this.closed(1006);
  }

  ping() {
    this.send({ type: "ping", sent: performance.now(), unsaved: this.unsaved() });
  }

  async poll() {
    if (this.open || this.polling) return;
    this.polling = true;
    const sent = performance.now();
    try {
      const state = await request("/api/exam/state");
      this.clock.observe(sent, state.now);
      if (!this.open) this.setWay("http");
      this.emit("message", state);
    } catch (error) {
      if (error.status === 401) location.assign("/exam/");
      if (!this.open) this.setWay("offline");
    } finally {
      this.polling = false;
    }
  }

  take(message) {
    this.heard = performance.now();
    if (message.type === "pong") this.clock.observe(message.sent, message.now);
    else this.emit("message", message);
  }

  /** Send over the socket; false when there is none. */
  send(message) {
    if (!this.open) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Send over the socket, else post to its twin and take the state that comes back; throws `HttpError`. */
  async act(message, path, body = {}) {
    if (this.send(message)) return;
    this.emit("message", await post(path, body));
  }

  setWay(way) {
    if (way === this.way) return;
    this.way = way;
    this.emit("way", way);
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
