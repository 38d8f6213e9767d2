/* The candidate's page: the clock, the way to the server, notices and the hand on every page after sign-in; the work where it is time. */

import { Answers } from "./answers.js";
import { Camera } from "./camera.js";
import { ServerClock, timeLeft, urgency } from "./clock.js";
import { byId, oneClass, write } from "./dom.js";
import { request } from "./http.js";
import { Notices } from "./notice.js";
import { Outbox } from "./outbox.js";
import { Link } from "./socket.js";
import { showStill, showWaived } from "./still.js";
import { announce, clockTime, duration, moment, readJson, say, sayCount } from "./text.js";

const SETTLE_MS = 1500;
const PAPER_AGAIN_MS = 1500;

class ExamPage {
  constructor(state) {
    this.state = state;
    this.clock = new ServerClock();
    this.clock.seed(state.now);
    this.link = new Link({ path: "/ws/exam/", clock: this.clock, unsaved: () => this.outbox?.size ?? 0 });
    this.notices = new Notices(this.link);
    this.link.addEventListener("message", ({ detail }) => this.take(detail));
    this.link.addEventListener("way", () => this.status());
    this.player = null;
  }

  async start() {
    this.outbox = await Outbox.open(this.state.sitting);
    this.bind();
    this.show(this.state);
    setInterval(() => this.tick(), 250);
    this.link.start();
    await this.camera();
    if (this.state.stage === "working") {
      await this.work();
      await this.watch();
    }
    if (this.state.stage === "waiting") await this.fetchAhead();
  }

  bind() {
    byId("raise-hand")?.addEventListener("click", () => this.hand(!this.state.hand_raised));
    byId("print")?.addEventListener("click", () => print());
    for (const element of document.querySelectorAll("time[data-ms]")) write(element, moment(Number(element.dataset.ms)));
  }

  /** The camera runs from the check to the end of the work; nothing waits for it. */
  async camera() {
    const { stage } = this.state;
    if (!["camera", "waiting", "working"].includes(stage)) return;
    if (stage !== "camera" && !this.state.camera_required) return showWaived();
    const camera = new Camera(this.clock);
    this.eye = camera;
    addEventListener("pagehide", () => camera.stop());
    if (stage === "camera") {
      const { CameraCheck } = await import("./camera_check.js");
      new CameraCheck(camera).start();
    } else {
      showStill(camera);
      camera.start();
    }
  }

  /** What the work needs is in the browser before the bell: nobody's scripts wait behind everybody else's. */
  async fetchAhead() {
    const player = this.state.subject === "theory" ? import("./theory.js") : import("./practical.js").then(({ worksOf }) => worksOf());
    const kinds = this.state.kinds.length && import("./interactions/player.js").then(({ Player }) => Player.fetch(this.state.kinds));
    await Promise.all([player, kinds, import("./hand_in.js"), import("./signals.js"), import("./place.js"), import("./noted.js")]);
  }

  async work() {
    const answers = await Answers.of({ outbox: this.outbox, link: this.link });
    this.answers = answers;
    answers.addEventListener("change", () => this.status());
    answers.addEventListener("stale", ({ detail }) => this.refetch(detail.item));
    const paper = await this.paper();
    this.content = paper;
    await answers.load(paper.responses);
    const parts = { paper, answers, frozen: () => this.over };
    if (paper.subject === "theory") this.player = await (await import("./theory.js")).Theory.of(parts);
    else this.player = await (await import("./practical.js")).Practical.of(parts);
    await this.handIn();
    this.status();
  }

  /** What the page notices about itself goes its own way; answers know nothing of it. */
  async watch() {
    const signals = await import("./signals.js").catch(() => null);
    if (!signals) return setTimeout(() => this.watch(), PAPER_AGAIN_MS);
    const { state, content: paper, clock, link, eye: camera } = this;
    return new signals.Signals({ state, paper, clock, link, camera, unsaved: () => this.outbox.size }).start();
  }

  /** The paper, asked for until it comes: a server that starts again must not leave an empty page. */
  async paper() {
    for (;;) {
      try {
        return await request("/api/exam/paper");
      } catch (error) {
        if (error.status === 401) location.assign("/exam/");
        write(byId("save-line"), say(error.code === "paper_cannot_be_opened" ? "status.paper_shut" : "status.paper_again"));
        await new Promise((resolve) => { setTimeout(resolve, PAPER_AGAIN_MS); });
      }
    }
  }

  async refetch(item) {
    const { responses } = await this.paper();
    this.answers.adopt(item, responses[item]);
  }

  async handIn() {
    const { HandIn } = await import("./hand_in.js");
    this.handing = new HandIn({
      link: this.link, clock: this.clock,
      summary: (close) => this.player.summary(close),
      flush: async () => this.player.flush?.(),
      unsaved: () => this.answers.counts().waiting + this.answers.counts().editing,
    });
    this.handing.state = this.state;
  }

  take(message) {
    if (message.type === "state") this.show(message);
    if (message.type === "error" && message.about === "hand_in") this.handing?.refused(message.code);
  }

  show(state) {
    const moved = state.stage !== this.state.stage;
    this.state = state;
    if (moved) this.leave();
    if (this.handing) this.handing.state = state;
    this.notices.show(state.notices);
    this.showHand(state.hand_raised);
    this.tick();
  }

  /** Another page belongs here. What was typed in the last moment is sent first; the outbox outlives the page anyway. */
  async leave() {
    if (this.leaving) return;
    this.leaving = true;
    const settled = Promise.resolve(this.player?.flush?.()).then(() => this.answers?.sendAll());
    await Promise.race([settled, new Promise((resolve) => { setTimeout(resolve, SETTLE_MS); })]);
    location.assign("/exam/");
  }

  tick() {
    const now = this.clock.now();
    write(byId("server-clock"), clockTime(now));
    const left = timeLeft(this.state, now);
    this.showLeft(left);
    this.handing?.tick();
    if (left === 0 && !this.over && this.state.stage === "working") this.timeUp();
    else if (left > 0) this.over = false;
  }

  showLeft(left) {
    const text = left === null ? "--:--" : duration(left);
    for (const element of document.querySelectorAll("[data-clock]")) write(element, text);
    const box = byId("clock-box");
    if (!box || left === null) return;
    oneClass(box, ["attention", "act-now", "paused"], this.state.paused ? "paused" : urgency(left));
    write(byId("clock-word"), say(this.state.paused ? "clock.paused" : "clock.left"));
    byId("time-bar").value = 100 * (1 - left / (this.state.ends_at - this.state.started_at));
  }

  timeUp() {
    this.over = true;
    this.player?.flush?.();
    announce(say("clock.over"), true);
    this.status();
  }

  /** One line for all answers together; green only when the server holds every one of them. */
  status() {
    write(byId("link-state"), say(`link.${this.link.way}`));
    const line = byId("save-line");
    if (!line || !this.answers) return;
    const [meaning, text] = this.summary();
    write(line, text);
    oneClass(line, ["ok", "attention", "technical"], meaning);
    oneClass(byId("status-bar"), ["ok", "attention", "technical"], meaning === "ok" ? "" : meaning);
  }

  summary() {
    const { waiting, refused, editing } = this.answers.counts();
    if (refused) return ["attention", sayCount("status.refused", refused)];
    if (!this.outbox.durable) return ["attention", say("status.not_durable")];
    if (this.link.way === "offline") return ["technical", waiting ? sayCount("status.offline", waiting) : say("status.offline.none")];
    if (this.over) return ["technical", say("status.over")];
    if (waiting) return ["technical", sayCount("status.sending", waiting)];
    if (editing) return ["", say("status.editing")];
    return ["ok", say("status.saved")];
  }

  async hand(raised) {
    try {
      await this.link.act({ type: "hand", raised }, "/api/exam/hand", { raised });
    } catch {
      announce(say("link.offline"), true);
    }
  }

  showHand(raised) {
    const button = byId("raise-hand");
    if (!button) return;
    button.setAttribute("aria-pressed", String(raised));
    write(button, say(raised ? "hand.down" : "hand.up"));
    const help = byId("hand-help");
    if (!help) return;
    this.handHelp ??= help.textContent;
    write(help, raised ? say("hand.raised") : this.handHelp);
    help.hidden = help.textContent === "";
  }
}

const state = readJson("state");
if (state) new ExamPage(state).start();
