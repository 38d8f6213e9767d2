// How much each incident weighs, and so each seat: an order for the eye, with its reasons, that decides nothing. Pure.

export const WEIGHTS = { act_now: 10, attention: 4, advisory: 1, technical: 0 };
export const STANDINGS = { confirmed: 1, undecided: 0.6, dismissed: 0 };
const HALF_LIFE_MS = 30 * 60_000;
const LEAST_AGE = 0.25;
const REPEAT = 0.5;
const MOST_REPEAT = 2;
const OPEN = new Set(["RAISED", "ACKNOWLEDGED"]);

/** What staff made of an incident: `confirmed` by a reminder or a case, `dismissed`, or `undecided`. */
export function standingOf(incident, { reminders, cases }) {
  if (incident.state === "DISMISSED") return "dismissed";
  const followed = [...reminders, ...cases].some((one) => one.incident === incident.id);
  return incident.state === "ATTACHED" || followed ? "confirmed" : "undecided";
}

/** Which time it is that this code is seen at the seat, from 1; what was dismissed does not count. */
export function timesSeen(incident, { incidents }) {
  const earlier = (one) => one.started_at < incident.started_at || (one.started_at === incident.started_at && one.id < incident.id);
  return 1 + incidents.filter((one) => one.code === incident.code && one.state !== "DISMISSED" && earlier(one)).length;
}

/** What waits for a person does not fade; what was confirmed halves every half hour, to a quarter at least. */
function ageFactor(incident, standing, now) {
  if (standing === "undecided") return 1;
  const age = Math.max(0, now - (incident.ended_at ?? now));
  return Math.max(LEAST_AGE, 0.5 ** (age / HALF_LIFE_MS));
}

/** `{incident, weight, standing, state, age, times, repeat, points}`: the factors of one incident and their product. */
export function weigh(incident, view, now) {
  const standing = standingOf(incident, view);
  const times = timesSeen(incident, view);
  const part = { incident, standing, times, weight: WEIGHTS[incident.risk] ?? 0, state: STANDINGS[standing] };
  const factors = { ...part, age: ageFactor(incident, standing, now), repeat: Math.min(MOST_REPEAT, 1 + REPEAT * (times - 1)) };
  return { ...factors, points: factors.weight * factors.state * factors.age * factors.repeat };
}

/** `{total, parts}`: a seat's risk and the incidents that make it, the weightiest first; technical ones never count. */
export function riskOf(view, now) {
  const parts = view.incidents.map((incident) => weigh(incident, view, now)).filter(({ points }) => points > 0);
  parts.sort((a, b) => b.points - a.points || a.incident.started_at - b.incident.started_at);
  return { total: parts.reduce((sum, { points }) => sum + points, 0), parts };
}

/** A seat's open incidents in the order to look at them: by points, then the longer wait; technical ones last. */
export function openByRisk(view, now) {
  const open = view.incidents.filter(({ state }) => OPEN.has(state)).map((incident) => weigh(incident, view, now));
  return open.sort((a, b) => b.points - a.points || raisedFirst(a, b) || a.incident.started_at - b.incident.started_at).map(({ incident }) => incident);
}

const raisedFirst = (a, b) => (a.incident.state === "RAISED" ? 0 : 1) - (b.incident.state === "RAISED" ? 0 : 1);
