// Why an incident stands where it stands, in words: how long, how sure, how often today, which clauses; and a seat's sum.

import { h, lengthText, ticking } from "./dom.js";
import { riskOf, timesSeen } from "./risk.js";
import { t, word } from "./words.js";

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

/** What the page or the server noticed itself is a fact, not a measurement: it has no strength. */
const isMeasured = ({ score }) => score > 0 && score < 1;

function lasting({ started_at: began, ended_at: ended }) {
  if (ended === null) return h("span", {}, t("why.still_seen"), " ", ticking("since", began));
  return ended - began < 1000 ? null : t("why.seen_for", { length: lengthText(ended - began) });
}

/** A seat's risk with its sum, folded; null when nothing weighs. */
export function riskSum(view, now) {
  const { total, parts } = riskOf(view, now);
  if (total === 0) return null;
  const line = (part) => h("li", {}, h("span", {}, word("incident", part.incident.code)), h("span", { class: "figures" }, factorsText(part)), h("b", { class: "figures" }, part.points.toFixed(1)));
  return h("details", { class: "risk-sum small" },
    h("summary", {}, t("risk.title"), " ", h("b", { class: "figures" }, total.toFixed(1)), " ", h("span", { class: "quiet" }, t("risk.from", { count: parts.length }))),
    h("ol", {}, parts.map(line)), h("p", { class: "quiet" }, t("risk.means")));
}

function factorsText({ incident, weight, standing, state, age, times, repeat }) {
  const said = [`${weight} ${word("risk", incident.risk)}`, `× ${state} ${word("standing", standing)}`];
  if (age < 1) said.push(`× ${age.toFixed(2)} ${t("risk.age")}`);
  if (repeat > 1) said.push(`× ${repeat} ${t("risk.repeat", { times })}`);
  return said.join(" ");
}
