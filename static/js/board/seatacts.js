// The other acts for one seat: letting in, absence, the camera, time, messages, a reminder or case without an incident, ending.

import { act, actButton } from "./acts.js";
import { proposeCase } from "./cases.js";
import { askOnce, numberField, textField } from "./dialog.js";
import { clockText, h } from "./dom.js";
import { remind } from "./incidents.js";
import { permitActs } from "./leave.js";
import { isWorking } from "./need.js";
import { t } from "./words.js";

const ADMISSIBLE = new Set(["EXPECTED", "ABSENT", "NOT_ADMITTED"]);
const BEFORE = new Set(["EXPECTED", "CHECKED_IN", "SEATED"]);

/** The groups of acts that fit the seat's state; `header` is the session's. */
export function seatActs(view, page, { header, now }) {
  const groups = { entry: entryActs(view, page, { header, now }), conduct: conductActs(view, page), permits: permitActs(view, page), time: timeActs(view), message: messageActs(view), end: endActs(view, page) };
  const group = ([name, acts]) => h("section", { class: "act-group" }, h("h3", { class: "over" }, t(`acts.${name}`)), h("div", { class: "acts" }, acts));
  return Object.entries(groups).filter(([, acts]) => acts.length).map(group);
}

function entryActs({ tile }, { me }, { header, now }) {
  const late = header.late_cutoff !== null && now >= header.late_cutoff;
  const chief = me.roles.includes("chief_invigilator");
  const closed = late && !chief ? t("admit.too_late", { time: clockText(header.late_cutoff, { seconds: false }) }) : null;
  const admit = () => (late ? askReason(tile, "admit") : post(tile, "admit"));
  return [
    ADMISSIBLE.has(tile.state) ? actButton({ name: "admit", label: t("seat.admit"), tone: "primary", closed, run: admit }) : null,
    BEFORE.has(tile.state) ? actButton({ name: "absent", label: t("seat.absent"), run: () => askPlain(tile, "absent") }) : null,
    BEFORE.has(tile.state) && !tile.camera_checked ? actButton({ name: "waive_camera", label: t("seat.waive_camera"), run: () => askReason(tile, "waive_camera") }) : null,
  ].filter(Boolean);
}

function conductActs(view, page) {
  if (BEFORE.has(view.tile.state) && view.tile.state === "EXPECTED") return [];
  return [
    isWorking(view.tile) ? actButton({ name: "remind", label: t("seat.remind"), run: () => remind(view, page) }) : null,
    actButton({ name: "case", label: t("seat.case"), run: () => proposeCase(view, page) }),
  ].filter(Boolean);
}

function timeActs({ tile }) {
  if (!isWorking(tile)) return [];
  const pausing = tile.paused ? "resume" : "pause";
  return [
    actButton({ name: "extra_time", label: t("seat.extra_time"), run: () => askMinutes(tile) }),
    actButton({ name: pausing, label: t(`seat.${pausing}`), run: () => askReason(tile, pausing) }),
  ];
}

function messageActs({ tile }) {
  if (!isWorking(tile) && !BEFORE.has(tile.state)) return [];
  const ask = () => askOnce({
    title: titleOf(tile, "message"), lines: [t("seat.message_means")], confirm: t("message.send"),
    fields: [textField("body", t("message.body"), { first: true })], run: (values) => post(tile, "message", values),
  });
  return [actButton({ name: "message", label: t("seat.message"), run: ask })];
}

function endActs({ tile }, { me }) {
  if (!isWorking(tile) || !me.roles.includes("chief_invigilator")) return [];
  return [actButton({ name: "terminate", label: t("seat.terminate"), tone: "danger", run: () => askReason(tile, "terminate", "danger") })];
}

const post = (tile, name, body = {}) => act(`/api/sittings/${tile.id}/${name}`, body);
const titleOf = (tile, name) => `${t(`seat.${name}`)} · ${tile.seat} ${tile.name}`;

function askPlain(tile, name) {
  askOnce({ title: titleOf(tile, name), lines: [t(`seat.${name}_means`)], confirm: t(`seat.${name}`), run: () => post(tile, name) });
}

function askReason(tile, name, tone = "primary") {
  askOnce({
    title: titleOf(tile, name), lines: [t(`seat.${name}_means`)], confirm: t(`seat.${name}`), tone,
    fields: [textField("reason", t("reason"), { first: true })], run: (values) => post(tile, name, values),
  });
}

function askMinutes(tile) {
  askOnce({
    title: titleOf(tile, "extra_time"), lines: [t("seat.extra_time_means")], confirm: t("seat.extra_time"),
    fields: [numberField("minutes", t("seat.minutes"), { min: 1, max: 60, value: 5 }), textField("reason", t("reason"))],
    run: (values) => post(tile, "extra_time", values),
  });
}

/** What was said to the candidate: every notice that is no reminder, newest first. */
export function messageLog({ tile }) {
  const messages = tile.notices.filter(({ kind }) => kind === "MESSAGE").sort((a, b) => b.issued_at - a.issued_at);
  const line = (one) => h("li", {}, h("span", { class: "figures" }, clockText(one.issued_at)), " ", one.body, " ",
    h("span", { class: "quiet" }, one.read_at ? t("message.read") : one.shown_at ? t("message.shown") : t("message.sent")));
  return messages.length ? h("ul", { class: "settled small" }, messages.map(line)) : null;
}
