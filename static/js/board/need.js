// Which seat needs a person first: pure rules over a seat's view, and the order that follows from them.

export const UNSAVED_LATE_MS = 10_000;
export const UNVISITED_MS = 10 * 60_000;
const CLASSES = { act_now: 0, attention: 1, technical: 2, quiet: 3 };
const WORKING = new Set(["IN_PROGRESS", "PAUSED"]);
const OPEN = new Set(["RAISED", "ACKNOWLEDGED"]);
const WAITING = new Set(["ISSUED", "SHOWN", "READ", "UNDELIVERABLE"]);
const HERE = new Set(["CHECKED_IN", "SEATED", "IN_PROGRESS", "PAUSED", "SUBMITTED", "SCORED", "RELEASED"]);
const CASE_OPEN = new Set(["OPEN", "PROPOSED"]);
const GONE = new Set(["ABSENT", "NOT_ADMITTED"]);

export const isWorking = (tile) => WORKING.has(tile.state);
export const isPresent = (tile) => HERE.has(tile.state);
export const isAbsent = (tile) => GONE.has(tile.state);
export const isOpen = (incident) => OPEN.has(incident.state);
export const isUndecided = (reminder) => WAITING.has(reminder.state);

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

/** What the picture on a tile is: `live`, `stale`, `reconnecting`, `lost`, `not_analysed` or `off`. */
export function pictureState({ tile, seat }, linkUp) {
  if (!linkUp) return "reconnecting";
  if (!seat || seat.camera === "off") return "off";
  if (!seat.online && isWorking(tile)) return "reconnecting";
  return seat.camera;
}

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
  const proposed = cases.filter((one) => CASE_OPEN.has(one.state)).map((one) => one.proposed_at ?? 0);
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
  return ["lost", "not_analysed"].find((camera) => view.seat.camera === camera) ?? null;
}

const rank = (need) => [CLASSES[need.level], need.looked ? 1 : 0, need.since];

/** Sitting ids as the room is: by row, then column. */
export function bySeat(views) {
  return [...views].sort((a, b) => compare(place(a), place(b))).map((view) => view.tile.id);
}

/** Sitting ids by need: act now, attention, technical, quiet; within one, not looked at first, then the longest wait. */
export function byNeed(views, now) {
  const key = new Map(views.map((view) => [view.tile.id, [...rank(needOf(view, now)), ...place(view)]]));
  return [...key.keys()].sort((a, b) => compare(key.get(a), key.get(b)));
}

const place = ({ tile }) => [tile.row, tile.column, tile.id];

/** An order that holds still: `kept` as it was, without those that are gone, and what is new at its end. */
export function heldOrder(kept, wanted) {
  const wish = new Set(wanted);
  const held = new Set(kept);
  return [...kept.filter((id) => wish.has(id)), ...wanted.filter((id) => !held.has(id))];
}

function compare(a, b) {
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
  };
}
