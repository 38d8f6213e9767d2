// What is allowed at one seat: a leave with its time running, things the paper or the chief allows; and the acts for them.

import { act, actButton } from "./acts.js";
import { askOnce, choiceField, numberField, textField } from "./dialog.js";
import { clockText, h, marked, ticking } from "./dom.js";
import { isWorking, openLeave } from "./need.js";
import { t, word } from "./words.js";

const PURPOSES = ["toilet", "water", "unwell", "equipment", "other"];
const DEVICES = ["PHONE", "LAPTOP_TABLET", "BOOK_NOTES", "EARPHONE", "WATCH"];
const MINUTES = { min: 1, max: 10, value: 5 };
const GRANTERS = ["chief_invigilator", "officer"];

/** The leave that runs, with its acts, and what is allowed at the seat; nothing where there is neither. */
export function permitCards(view, page) {
  const leave = openLeave(view);
  const allowed = allowances(view, page);
  return [leave ? leaveCard(leave) : null, allowed.length ? h("div", { class: "allowed small" }, h("span", { class: "quiet" }, t("device.allowed")), h("ul", {}, allowed)) : null].filter(Boolean);
}

function leaveCard(leave) {
  const late = leave.state === "OVERDUE";
  const post = (name) => act(`/api/leaves/${leave.id}/${name}`);
  return h("article", { class: "conduct leave", "data-state": leave.state },
    h("header", { class: "split" }, h("h3", {}, marked(late ? "attention" : "", t(late ? "leave.title_late" : "leave.title", { purpose: word("purpose", leave.purpose) }))),
      h("span", { class: "figures leave-left" }, late ? ticking("since", leave.until) : ticking("until", leave.until))),
    h("p", { class: "small quiet figures" }, t("leave.granted", { name: leave.granted_by, from: clockText(leave.begins_at), until: clockText(leave.until) })),
    h("div", { class: "acts" }, actButton({ name: `returned-${leave.id}`, label: t("leave.returned"), hotkey: "B", tone: "primary", run: () => post("returned") }),
      late ? null : actButton({ name: `revoke-${leave.id}`, label: t("leave.revoke"), run: () => askRevoke(post) })));
}

function askRevoke(post) {
  askOnce({ title: t("leave.revoke"), lines: [t("leave.revoke_means")], confirm: t("leave.revoke"), run: () => post("revoke") });
}

/** Say that the candidate is back; null when it was done, undefined when nobody was away. */
export function noteReturn(view) {
  const leave = openLeave(view);
  return leave ? act(`/api/leaves/${leave.id}/returned`) : undefined;
}

function allowances({ tile, devices }, { me }) {
  const paper = (tile.equipment ?? []).map((code) => h("li", {}, h("b", {}, word("device", code)), " ", h("span", { class: "quiet" }, t("device.by_paper"))));
  const own = devices.filter(({ revoked_at: at }) => at === null).map((one) => h("li", {}, h("b", {}, word("device", one.code)), " ",
    h("span", { class: "quiet" }, t("device.by", { name: one.granted_by, reason: one.reason })), mayGrant(me) ? withdraw(one) : null));
  return [...paper, ...own];
}

const mayGrant = (me) => GRANTERS.some((role) => me.roles.includes(role));

function withdraw(rule) {
  const run = () => askOnce({
    title: t("device.revoke"), lines: [t("device.revoke_means")], confirm: t("device.revoke"),
    fields: [textField("reason", t("reason"), { first: true })], run: (values) => act(`/api/devices/${rule.id}/revoke`, values),
  });
  return actButton({ name: `device-${rule.id}`, label: t("device.revoke"), tone: "plain", run });
}

/** The acts that give leave or allow a thing, as far as they fit the seat and the person. */
export function permitActs(view, { me }) {
  const leave = isWorking(view.tile) && !openLeave(view);
  return [
    leave ? actButton({ name: "leave", label: t("leave.give"), hotkey: "V", run: () => askLeave(view) }) : null,
    isWorking(view.tile) && mayGrant(me) ? actButton({ name: "device", label: t("device.allow"), run: () => askDevice(view) }) : null,
  ].filter(Boolean);
}

/** Ask for how long and what for; the clock of the exam goes on. */
export function askLeave({ tile }) {
  const options = PURPOSES.map((value) => ({ value, label: word("purpose", value) }));
  askOnce({
    title: t("leave.ask", { seat: tile.seat, name: tile.name }), lines: [t("leave.means")], confirm: t("leave.give_now"),
    fields: [choiceField("purpose", t("leave.purpose"), { options, value: "toilet" }), numberField("minutes", t("seat.minutes"), MINUTES)],
    run: (values) => act(`/api/sittings/${tile.id}/leave`, values),
  });
}

function askDevice({ tile }) {
  const options = DEVICES.map((value) => ({ value, label: word("device", value) }));
  askOnce({
    title: t("device.ask", { seat: tile.seat, name: tile.name }), lines: [t("device.means")], confirm: t("device.allow"),
    fields: [choiceField("code", t("device.which"), { options }), textField("reason", t("reason"))],
    run: (values) => act(`/api/sittings/${tile.id}/device`, values),
  });
}

/** The leaves that are over, one line each, newest first; null without one. */
export function pastLeaves({ leaves }) {
  const past = leaves.filter((one) => one.state !== "AWAY" && one.state !== "OVERDUE");
  const line = (one) => h("li", {}, h("span", { class: "figures" }, clockText(one.begins_at)), " ", t("leave.past", { purpose: word("purpose", one.purpose), state: word("leave_state", one.state) }),
    one.returned_at ? [" ", h("span", { class: "figures" }, clockText(one.returned_at))] : null);
  return past.length ? h("ul", { class: "settled small quiet" }, past.map(line)) : null;
}
