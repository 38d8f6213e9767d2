// A seat's risk as the sum it is, factor by factor, so that nobody has to believe a number.

import { h } from "./dom.js";
import { riskOf } from "./risk.js";
import { t, word } from "./words.js";

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
