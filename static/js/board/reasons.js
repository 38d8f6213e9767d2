// Why an incident stands where it stands, in words: how long, how sure, how often today, which clauses.

import { h, lengthText, ticking } from "./dom.js";
import { timesSeen } from "./risk.js";
import { t } from "./words.js";

/** The reasons of an incident, each a text or an element; `brief` leaves out the clauses. */
export function reasons(incident, view, { brief = false } = {}) {
  const times = timesSeen(incident, view);
  const codes = incident.clauses.map(({ code }) => code).join(t("list.and"));
  return [
    lasting(incident),
    isMeasured(incident) ? t("why.strongest", { score: incident.score.toFixed(2) }) : null,
    times > 1 ? t("why.times", { times }) : null,
    codes && !brief ? t("why.points_at", { codes }) : null,
  ].filter(Boolean);
}

/** The reasons in one line. */
export function reasonLine(incident, view, options) {
  return h("span", { class: "reasons" }, reasons(incident, view, options).flatMap((one, index) => (index ? [" · ", one] : [one])));
}

const RECOGNISED = new Set(["PHONE", "BOOK_NOTES", "LAPTOP_TABLET", "EXTRA_PERSON"]);
const PICTURED = new Set([...RECOGNISED, "SEAT_EMPTY", "CAMERA_BLOCKED", "CAMERA_LOST", "FRAME_FROZEN", "LOW_QUALITY"]);

/** What was recognised has a strength; what the page or the server noticed itself is a fact. */
const isMeasured = ({ code }) => RECOGNISED.has(code);

/** Whether an incident comes from the camera, so that pictures belong to it. */
export const isPictured = ({ code }) => PICTURED.has(code);

function lasting({ started_at: began, ended_at: ended }) {
  if (ended === null) return h("span", {}, t("why.still_seen"), " ", ticking("since", began));
  return ended - began < 1000 ? null : t("why.seen_for", { length: lengthText(ended - began) });
}
