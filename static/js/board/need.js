// Which seat needs a person first: pure rules over a seat's view, and the order that follows from them.

import { riskOf } from "./risk.js";

export const UNSAVED_LATE_MS = 10_000;
export const UNSEEN_MS = 10 * 60_000;
// A page pings every 5 s; what is silent for longer than this has lost its socket.
const SILENT_MS = 7000;
const CLASSES = { act_now: 0, attention: 1, advisory: 2, technical: 3, quiet: 4 };
const WORKING = new Set(["IN_PROGRESS", "PAUSED"]);
const OPEN = new Set(["RAISED", "ACKNOWLEDGED"]);
const WAITING = new Set(["ISSUED", "SHOWN", "READ", "UNDELIVERABLE"]);
const HERE = new Set(["CHECKED_IN", "SEATED", "IN_PROGRESS", "PAUSED", "SUBMITTED", "SCORED", "RELEASED"]);
const CASE_OPEN = new Set(["OPEN", "PROPOSED"]);
const AWAY = new Set(["AWAY", "OVERDUE"]);
const GONE = new Set(["ABSENT", "NOT_ADMITTED"]);

export const isWorking = (tile) => WORKING.has(tile.state);
export const isPresent = (tile) => HERE.has(tile.state);
export const isAbsent = (tile) => GONE.has(tile.state);
export const isOpen = (incident) => OPEN.has(incident.state);
/** Whether a case still waits for somebody. */
export const isCaseOpen = (card) => CASE_OPEN.has(card.state);
export const isUndecided = (reminder) => WAITING.has(reminder.state);

/** Whether a working seat's page is there but does not tell what it notices: a fault of the page, and nobody's conduct. */
export const isDeaf = ({ tile, seat }) => isWorking(tile) && (seat?.signals === "silent" || seat?.signals === "never");

/** Whether answers have been waiting on the candidate's machine for longer than they should. */
export function isUnsavedLate({ tile, seat }, now) {
  if (!seat || !isWorking(tile) || seat.unsaved === 0) return false;
  return now - (seat.saved_at ?? tile.started_at ?? now) > UNSAVED_LATE_MS;
}

/** How long the oldest unsaved answer has been waiting, in ms; 0 when all is saved. */
export function saveLag({ tile, seat }, now) {
  if (!seat || seat.unsaved === 0) return 0;
  return Math.max(0, now - (seat.saved_at ?? tile.started_at ?? now));
}

/**
 * What the picture on a tile is: `live`, `stale` (no frame for 3 s), `reconnecting` (the seat's page is silent too, or the board's own
 * line is down), `lost` (no frame for 10 s), `not_analysed`, or `off` where no camera is watched.
 */
export function pictureState(view, linkUp, now) {
  const { tile, seat } = view;
  if (!linkUp) return "reconnecting";
  if (!seat || seat.camera === "off") return "off";
  if (seat.camera === "lost") return "lost";
  const away = !seat.online || (seat.camera === "stale" && now - (seat.seen_at ?? 0) > SILENT_MS);
  return away && isWorking(tile) ? "reconnecting" : seat.camera;
}

/** Since when nobody has had this working seat open, in ms; null where nobody needs to. */
export function unlookedSince({ tile, viewed }) {
  if (!isWorking(tile) || tile.started_at === null) return null;
  return Math.max(tile.started_at, viewed?.viewed_at ?? 0);
}

/** Whether nobody has looked at a working seat for ten minutes. */
export function isUnseen(view, now) {
  const since = unlookedSince(view);
  return since !== null && now - since >= UNSEEN_MS;
}

/** The leave that a candidate is on, or has not come back from; null without one. */
export const openLeave = ({ leaves }) => leaves.find(({ state }) => AWAY.has(state)) ?? null;

/** The open incidents by weight: by risk, those nobody looked at first, then the newest. */
export function byWeight(incidents) {
  const weight = (one) => [CLASSES[one.risk] ?? CLASSES.technical, one.state === "RAISED" ? 0 : 1, -one.started_at];
  return incidents.filter(isOpen).sort((a, b) => compare(weight(a), weight(b)));
}

/** The open incident that weighs most; null without one. */
export const topIncident = (incidents) => byWeight(incidents)[0] ?? null;

/** `{level, looked, since, cause}`: how much a seat needs somebody now, whether somebody has looked, since when and why. */
export function needOf(view, now) {
  const needs = [...incidentNeeds(view), ...personNeeds(view), ...technicalNeeds(view, now)];
  const first = needs.sort((a, b) => compare(rank(a), rank(b)))[0];
  return first ?? { level: "quiet", looked: true, since: 0, cause: null };
}

function incidentNeeds({ incidents }) {
  return incidents.filter(isOpen).map((one) => ({
    level: one.risk in CLASSES ? one.risk : "technical",
    looked: one.state !== "RAISED",
    since: one.started_at,
    cause: "incident",
  }));
}

function personNeeds({ tile, reminders, cases }) {
  const waiting = reminders.filter(isUndecided).map((one) => one.issued_at);
  const proposed = cases.filter(isCaseOpen).map((one) => one.proposed_at ?? 0);
  const hand = tile.hand_raised_at ? [{ since: tile.hand_raised_at, cause: "hand" }] : [];
  const decide = [...waiting, ...proposed].map((since) => ({ since, cause: "decision" }));
  return [...hand, ...decide].map((one) => ({ ...one, level: "attention", looked: false }));
}

function technicalNeeds(view, now) {
  const { tile, seat } = view;
  if (!seat || !isWorking(tile)) return [];
  const cause = brokenBy(view, now);
  return cause ? [{ level: "technical", looked: false, since: seat.seen_at ?? 0, cause }] : [];
}

function brokenBy(view, now) {
  if (!view.seat.online) return "offline";
  if (isUnsavedLate(view, now)) return "unsaved_late";
  const camera = ["lost", "not_analysed"].find((state) => view.seat.camera === state);
  return camera ?? (isDeaf(view) ? "signals" : null);
}

const rank = (need) => [CLASSES[need.level], need.looked ? 1 : 0, need.since];

/** Sitting ids as the room is: by row, then column. */
export function bySeat(views) {
  return [...views].sort((a, b) => compare(place(a), place(b))).map((view) => view.tile.id);
}

/** Sitting ids by need: act now, attention, technical, quiet; within one, not looked at first, the higher risk, the longer wait. */
export function byNeed(views, now) {
  const key = new Map(views.map((view) => [view.tile.id, [...ranked(view, now), ...place(view)]]));
  return [...key.keys()].sort((a, b) => compare(key.get(a), key.get(b)));
}

function ranked(view, now) {
  const [level, looked, since] = rank(needOf(view, now));
  return [level, looked, -riskOf(view, now).total, since];
}

const place = ({ tile }) => [tile.row, tile.column, tile.id];

/** An order that holds still: `kept` as it was, without those that are gone, and what is new at its end. */
export function heldOrder(kept, wanted) {
  const wish = new Set(wanted);
  const held = new Set(kept);
  return [...kept.filter((id) => wish.has(id)), ...wanted.filter((id) => !held.has(id))];
}

/** An order that holds still, with what is new at its top: a list announces new rows where they are seen. */
export function heldTop(kept, wanted) {
  const held = new Set(kept);
  const wish = new Set(wanted);
  return [...wanted.filter((key) => !held.has(key)), ...kept.filter((key) => wish.has(key))];
}

/** -1, 0 or 1 for two lists, place by place. */
export function compare(a, b) {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

/** The counts of the top bar over all seats. */
export function countsOf(views, now) {
  const count = (rule) => views.filter(rule).length;
  return {
    all: views.length,
    present: count(({ tile }) => isPresent(tile)),
    absent: count(({ tile }) => isAbsent(tile)),
    working: count(({ tile }) => isWorking(tile)),
    unsaved_late: count((view) => isUnsavedLate(view, now)),
    open: views.reduce((sum, { incidents }) => sum + incidents.filter(isOpen).length, 0),
    not_analysed: count(({ tile, seat }) => isWorking(tile) && seat?.camera === "not_analysed"),
    unseen: count((view) => isUnseen(view, now)),
    away: count((view) => openLeave(view) !== null),
    coverage: meanCoverage(views),
  };
}

/** The mean share of analysed seconds over the seats that have one, 0 to 1; null where none has. */
function meanCoverage(views) {
  const shares = views.map(({ seat }) => seat?.coverage ?? null).filter((share) => share !== null);
  return shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : null;
}

/** A share as a percentage that never rounds up to all: `99.9` for 0.99996, `100` only for 1. */
export function percent(share) {
  return share === 1 ? "100" : (Math.floor(share * 1000) / 10).toFixed(1);
}
