// Incidents of one seat: what was seen, the proof, the clauses it may touch, and the acts in the order to think of them.

import { act, actButton } from "./acts.js";
import { proposeCase } from "./cases.js";
import { clauseToRemind } from "./conduct.js";
import { askOnce, choiceField } from "./dialog.js";
import { clockText, h, marked } from "./dom.js";
import { isOpen, isUndecided, isWorking } from "./need.js";
import { isPictured, reasonLine } from "./reasons.js";
import { openByRisk } from "./risk.js";
import { captions, evidenceFigure } from "./stills.js";
import { seatView } from "./store.js";
import { toldList } from "./told.js";
import { t, word } from "./words.js";

/** The open incidents of a seat as cards, the weightiest first; `page` is the board page's `{me, reasons, clauses, current(view)}`. */
export function openIncidents(view, page) {
  const open = openByRisk(view, page.store.now());
  const heading = h("h3", { class: "over" }, t("drawer.incidents"));
  if (open.length) return [heading, ...open.map((incident) => incidentCard(incident, view, page))];
  return view.reminders.length + view.cases.length ? [] : [heading, h("p", { class: "quiet small" }, t("incident.none"))];
}

function incidentCard(incident, view, page) {
  const pictures = incident.stills.map((still, index) => evidenceFigure(still, captions(incident)[index], incident));
  return h("article", { class: "incident", "data-incident": incident.id, "data-risk": incident.risk },
    incidentHead(incident, view), pictures.length ? h("div", { class: "stills" }, pictures) : noPicture(incident),
    toldList(incident), clauseList(incident), h("div", { class: "acts" }, incidentActs(incident, view, page)));
}

/** What the page or the server noticed itself never had a picture; of the rest it is said. */
function noPicture(incident) {
  return isPictured(incident) ? h("p", { class: "quiet small" }, t("incident.no_still")) : null;
}

function incidentHead(incident, view) {
  return h("header", { class: "incident-head" },
    h("h3", {}, marked(incident.risk, word("incident", incident.code))), h("span", { class: "badge push" }, word("incident_state", incident.state)),
    h("p", { class: "figures small quiet" }, word("risk", incident.risk), " · ", clockText(incident.started_at), " · ", reasonLine(incident, view, { brief: true })));
}

function clauseList({ clauses, risk }) {
  if (clauses.length === 0) return h("p", { class: "small quiet" }, t(risk === "technical" ? "incident.technical" : "incident.no_clause"));
  const line = ({ code, text, reminder_required: first }) =>
    h("li", {}, h("details", {}, h("summary", { title: text }, h("b", {}, code), first ? h("span", { class: "badge" }, t("clause.reminder_first")) : null, " ", text)));
  return h("div", { class: "clauses small" }, h("p", { class: "quiet" }, t("incident.may_touch")), h("ul", {}, clauses.map(line)));
}

const EXPORTERS = ["chief_invigilator", "officer"];

function incidentActs(incident, view, page) {
  const clause = clauseToRemind(incident);
  const looked = incident.state !== "RAISED";
  return [
    looked ? null : actButton({ name: `look-${incident.id}`, label: t("act.look"), hotkey: "L", run: () => look(incident) }),
    actButton({ name: `dismiss-${incident.id}`, label: t("act.dismiss"), hotkey: "D", run: () => dismiss(incident, page) }),
    clause && isWorking(view.tile) ? remindButton(clause, incident, { view, page }) : null,
    EXPORTERS.some((role) => page.me.roles.includes(role)) ? h("a", { class: "button small plain", href: `/api/incidents/${incident.id}/export`, download: true, "data-act": `export-${incident.id}` }, t("act.export")) : null,
    incident.clauses.length ? actButton({ name: `case-${incident.id}`, label: t(incident.clauses.some(({ code }) => code === "三.1") ? "act.report_use" : "act.propose"), tone: "plain", run: () => proposeCase(view, page, { incident }) }) : null,
  ].filter(Boolean);
}

/** One reminder of a clause at a time: while one waits for its decision, the button says so. */
function remindButton(clause, incident, { view, page }) {
  const waits = view.reminders.some((one) => one.clause === clause.code && isUndecided(one));
  return actButton({
    name: `remind-${incident.id}`, label: t("act.remind", { clause: clause.code }), hotkey: waits ? null : "R", tone: "primary",
    closed: waits ? t("remind.decide_first") : null, run: () => remind(view, page, { clause: clause.code, incident }),
  });
}

/** "Looked at": says that a person has seen it, and nothing more. */
export function look(incident) {
  return act(`/api/incidents/${incident.id}/acknowledge`);
}

/** Dismiss with a reason of the list. */
export function dismiss(incident, { reasons, store }) {
  const { tile } = seatView(store.board, incident.sitting);
  const options = reasons.map((reason) => ({ value: reason, label: word("reason", reason) }));
  askOnce({
    title: t("dismiss.title", { incident: word("incident", incident.code), seat: tile.seat, name: tile.name }), lines: [t("dismiss.consequence")], confirm: t("act.dismiss"),
    fields: [choiceField("reason", t("dismiss.reason"), { options })],
    run: (values) => act(`/api/incidents/${incident.id}/dismiss`, values),
  });
}

/** Remind a candidate of a clause, with its words; `incident` is what led to it, if anything did. */
export function remind(view, { clauses }, { clause = null, incident = null } = {}) {
  const options = clauses.filter((one) => one.reminder_required).map(({ code, text }) => ({ value: code, label: code, detail: text }));
  askOnce({
    title: t("remind.title", { seat: view.tile.seat, name: view.tile.name }), lines: [t("remind.consequence")], confirm: t("remind.confirm"),
    fields: [choiceField("clause", t("remind.clause"), { options, value: clause })],
    run: (values) => act(`/api/sittings/${view.tile.id}/remind`, incident ? { ...values, incident: incident.id } : values),
  });
}

/** What was settled at a seat: dismissed or in a case, one line each. */
export function settledIncidents({ incidents }) {
  const settled = incidents.filter((one) => !isOpen(one));
  const line = (one) => h("li", {}, h("span", { class: "figures" }, clockText(one.started_at)), " ", word("incident", one.code), " · ",
    one.dismissed_because ? word("reason", one.dismissed_because) : word("incident_state", one.state));
  return settled.length ? h("ul", { class: "settled small quiet" }, settled.map(line)) : null;
}
