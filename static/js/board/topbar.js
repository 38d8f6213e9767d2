// The top bar: which room and phase, the server's clock and the time to the end, the counts, raised hands, and the session's acts.

import { act, actButton } from "./acts.js";
import { askOnce, textField } from "./later.js";
import { clockText, h, lengthText, marked, refresh, setText, ticking } from "./dom.js";
import { countsOf, isWorking, percent } from "./need.js";
import { headerOf, seatViews } from "./store.js";
import { t, word } from "./words.js";

const COUNTS = [["present", ""], ["absent", ""], ["away", ""], ["open", "attention"], ["unseen", "attention"], ["unsaved_late", "technical"], ["not_analysed", "technical"]];
const ALWAYS = new Set(["present", "absent", "open"]);

/** `board` is the page: `{store, link, me, session, open(id)}`. */
export class TopBar {
  constructor(host, board) {
    this.board = board;
    this.parts = Object.fromEntries(["phase", "link", "counts", "duty", "hands", "acts"].map((name) => [name, h("div", { class: `top-${name}` })]));
    this.clock = h("b", { class: "figures" });
    this.left = h("b", { class: "figures" });
    const times = h("dl", { class: "top-times" }, ...this.#time("clock", this.clock), ...this.#time("left", this.left));
    host.append(h("div", { class: "top-line" }, this.parts.phase, times, this.parts.link, this.parts.acts),
      h("div", { class: "top-line" }, this.parts.counts, this.parts.duty, this.parts.hands));
  }

  #time(name, value) {
    return [h("dt", { class: "small quiet" }, t(`top.${name}`)), h("dd", {}, value)];
  }

  /** Bring everything but the clocks up to date. */
  update() {
    const { store, link } = this.board;
    const header = headerOf(store.board);
    const views = seatViews(store.board);
    refresh(this.parts.link, link.shown, () => linkWord(link.shown));
    if (!header) return;
    const paused = views.filter(({ tile }) => tile.paused).length;
    refresh(this.parts.phase, header, () => phase(header));
    refresh(this.parts.duty, header, () => duty(header));
    refresh(this.parts.counts, countsOf(views, store.now()), () => counts(countsOf(views, store.now())));
    refresh(this.parts.hands, hands(views), () => this.#hands(hands(views)));
    refresh(this.parts.acts, [header, paused, views.filter(({ tile }) => isWorking(tile)).length], () => this.#acts(header, views));
  }

  /** Bring the clocks to `now`. */
  tick(now) {
    const header = headerOf(this.board.store.board);
    setText(this.clock, clockText(now));
    setText(this.left, header?.ends_at && header.state === "RUNNING" ? lengthText(header.ends_at - now) : "–");
  }

  #hands(queue) {
    if (queue.length === 0) return h("span", { class: "small quiet" }, t("top.no_hands"));
    const one = ({ id, seat, at }) => h("button", { class: "button small", type: "button", onclick: () => this.board.open(id) }, marked("hand", seat), ticking("since", at));
    return [h("span", { class: "small" }, t("top.hands")), ...queue.map(one)];
  }

  #acts(header, views) {
    const run = (name, body = {}) => act(`/api/board/${header.id}/${name}`, body);
    return sessionActs(header, views, this.board.me).map((name) => actButton({
      name: `session-${name}`, label: t(`session.${name}`), tone: PRIMARY.has(name) ? "primary" : "",
      closed: name === "start" && !header.enough_staff ? t("session.needs_two", { count: header.on_duty.length }) : null,
      run: () => ASK[name] ? askOnce(ASK[name]({ header, views, run: (values) => run(name, values) })) : run(name),
    }));
  }
}

const WELL_COVERED = 0.995;
const PRIMARY = new Set(["arrive", "arm", "start"]);

/** The session's acts that make sense now, always in the same order. */
export function sessionActs(header, views, me) {
  const working = views.filter(({ tile }) => isWorking(tile));
  const running = header.state === "RUNNING";
  const fits = {
    arrive: !header.on_duty.includes(me.name) && header.state !== "CLOSED",
    arm: header.state === "PREPARING",
    disarm: header.state === "ARMED",
    start: header.state === "ARMED",
    pause: running && working.some(({ tile }) => !tile.paused),
    resume: running && working.some(({ tile }) => tile.paused),
    message: header.state !== "CLOSED",
    close: running,
  };
  return Object.keys(fits).filter((name) => fits[name]);
}

const reasoned = (name) => ({ run }) => ({ title: t(`session.${name}`), lines: [t(`session.${name}_means`)], confirm: t(`session.${name}`), fields: [textField("reason", t("reason"), { first: true })], run });
const plain = (name, tone, lines) => ({ run, ...facts }) => ({ title: t(`session.${name}`), lines: lines(facts), confirm: t(`session.${name}`), tone, run: () => run({}) });
const ASK = {
  start: plain("start", "primary", ({ header, views }) => [t("session.start_means", { room: header.room, count: views.filter(({ tile }) => tile.state === "SEATED").length })]),
  close: plain("close", "danger", ({ views }) => [t("session.close_means", { count: views.filter(({ tile }) => isWorking(tile)).length })]),
  pause: reasoned("pause"),
  resume: reasoned("resume"),
  message: ({ run }) => ({ title: t("session.message"), lines: [t("session.message_means")], confirm: t("message.send"), fields: [textField("body", t("message.body"), { first: true })], run }),
};

function phase(header) {
  return [
    h("h1", {}, `${header.room} · ${word("subject", header.subject)}`),
    h("span", { class: "badge" }, word("session_state", header.state)),
  ];
}

function duty(header) {
  const before = header.state === "PREPARING" || header.state === "ARMED";
  const said = [t("top.on_duty", { names: header.on_duty.join("、") || "–" }), before ? t("top.begins", { time: clockText(header.scheduled_start, { seconds: false }) }) : null];
  return said.filter(Boolean).map((text) => h("span", { class: "small quiet figures" }, text));
}

/** What is nought is left out but for what is always asked; the coverage stands last. */
function counts(numbers) {
  const shown = COUNTS.filter(([name]) => numbers[name] || ALWAYS.has(name));
  return [...shown.map(([name, level]) => h("span", { class: "count" }, marked(numbers[name] ? level : "", t(`count.${name}`)), h("b", { class: "figures" }, String(numbers[name])))), coverage(numbers.coverage)];
}

/** The room's share of analysed seconds; a dash until it is known. */
function coverage(share) {
  const text = share === null ? "–" : `${percent(share)} %`;
  return h("span", { class: "count" }, marked(share !== null && share < WELL_COVERED ? "technical" : "", t("count.coverage")), h("b", { class: "figures" }, text));
}

function hands(views) {
  const raised = views.filter(({ tile }) => tile.hand_raised_at !== null);
  return raised.map(({ tile }) => ({ id: tile.id, seat: tile.seat, at: tile.hand_raised_at })).sort((a, b) => a.at - b.at);
}

function linkWord(state) {
  return state === "open" ? marked("ok", t("link.open")) : marked("technical", t(`link.${state}`), { badge: true });
}
