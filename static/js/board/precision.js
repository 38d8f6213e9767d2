// How often each kind of incident was right today: confirmed of decided, with the interval that few decisions leave open.

import { h, marked, refresh } from "./dom.js";
import { percent } from "./need.js";
import { t, word } from "./words.js";

const EVERY_MS = 5000;

/** What has been decided so far, as a value that changes when the answer would. */
export function decisions(board) {
  const states = [...board.objects.incident_card.values()].map(({ id, state }) => `${id}${state}`);
  return `${states.join()} ${board.objects.reminder_card.size} ${board.objects.case_card.size}`;
}

/** The inside of the folded panel; it asks the server when it is open and something was decided. `board` is the page: `{store, session}`. */
export class PrecisionPanel {
  constructor(body, board) {
    Object.assign(this, { body, board });
    this.askedAt = -Infinity;
    this.told = null;
  }

  /** Ask again when it is open and something has been decided since. */
  async update() {
    const now = decisions(this.board.store.board);
    if (!this.body.parentElement.open || now === this.told || performance.now() - this.askedAt < EVERY_MS) return;
    this.askedAt = performance.now();
    const answer = await this.#ask();
    this.told = answer ? now : null;
    refresh(this.body, answer, () => (answer ? table(answer) : h("p", { class: "small" }, marked("technical", t("precision.unreachable")))));
  }

  async #ask() {
    try {
      const answer = await fetch(`/api/board/${this.board.session}/precision`, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}

function table({ codes }) {
  if (codes.length === 0) return h("p", { class: "small quiet" }, t("precision.none"));
  const heads = ["code", "raised", "decided", "right"].map((name) => h("th", { class: name === "code" || name === "right" ? "" : "number", scope: "col" }, t(`precision.${name}`)));
  return [h("table", { class: "table" }, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, codes.map(row))), h("p", { class: "small quiet" }, t("precision.means"))];
}

function row({ code, raised, confirmed, decided, dismissed, precision }) {
  const why = Object.entries(dismissed).map(([reason, count]) => `${word("reason", reason)} ${count}`).join(t("list.and"));
  return h("tr", {}, h("th", { scope: "row" }, word("incident", code), why ? h("span", { class: "quiet precision-why" }, why) : null),
    h("td", { class: "number" }, String(raised)), h("td", { class: "number" }, `${confirmed} / ${decided}`),
    h("td", {}, precision ? interval(precision) : h("span", { class: "quiet" }, t("precision.undecided"))));
}

function interval({ share, low, high }) {
  const bar = h("span", { class: "interval", "aria-hidden": "true" });
  for (const [name, value] of Object.entries({ share, low, high })) bar.style.setProperty(`--${name}`, `${value * 100}%`);
  return [h("span", { class: "figures precision-share" }, `${Math.round(share * 100)} %`), bar,
    h("span", { class: "figures quiet" }, t("precision.interval", { low: percent(low).replace(/\.\d$/, ""), high: percent(high).replace(/\.\d$/, "") }))];
}
