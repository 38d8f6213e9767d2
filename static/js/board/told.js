// What a candidate's page told that made an incident, in words: what, how often, when, and how long or how much.

import { clockText, h, lengthText } from "./dom.js";
import { t, word } from "./words.js";

const CHARACTERS = new Set(["paste", "copy"]);

/** The list of an incident's signals; null where the page told nothing. */
export function toldList({ signals }) {
  if (signals.length === 0) return null;
  return h("div", { class: "told small" }, h("p", { class: "quiet" }, t("told.title")),
    h("ul", {}, signals.map((one) => h("li", { "data-signal": one.kind }, toldLine(one)))));
}

/** One kind in one line. */
export function toldLine({ kind, times, first_at: first, last_at: last, seconds, size }) {
  const when = times === 1 ? clockText(first) : t("told.between", { first: clockText(first), last: clockText(last) });
  return [word("signal", kind), times > 1 ? t("told.times", { times }) : null, when, length(seconds), amount(kind, size)].filter(Boolean).join(" · ");
}

const length = (seconds) => (seconds >= 1 ? t("told.lasted", { length: lengthText(seconds * 1000) }) : null);

function amount(kind, size) {
  if (CHARACTERS.has(kind)) return t("told.characters", { size });
  if (kind === "clock_skew") return t("told.off", { length: lengthText(size) });
  return kind === "camera_devices" ? t("told.cameras", { size }) : null;
}
