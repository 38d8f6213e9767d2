// Reminders and cases of one seat: the check-list that fills as conditions are met, and the confirmation it opens.

import { act, actButton } from "./acts.js";
import { confirmClosedBy, consequenceKey, mayPropose, openingReminder, reminderSteps } from "./conduct.js";
import { askOnce, choiceField, textField } from "./dialog.js";
import { clockText, h, marked, ticking } from "./dom.js";
import { isCaseOpen, isOpen, isUndecided, isWorking } from "./need.js";
import { t, word } from "./words.js";

/** Every case with its conditions and every reminder with its steps: `{waiting, settled}`, those that wait for a person apart. */
export function conductCards(view, page) {
  const card = (rule, make) => (list) => list.filter(rule).map((one) => make(one, view, page));
  const pick = (caseRule, reminderRule) => [...card(caseRule, caseCard)(view.cases), ...card(reminderRule, reminderCard)(view.reminders)];
  const waits = (one) => isUndecided(one) || leadsToCase(one, view);
  return { waiting: pick(isCaseOpen, waits), settled: pick((one) => !isCaseOpen(one), (one) => !waits(one)) };
}

function reminderCard(reminder, view, page) {
  return h("article", { class: "conduct" },
    h("header", { class: "split" }, h("h3", {}, t("reminder.title", { clause: reminder.clause })), h("span", { class: "small quiet" }, reminder.issued_by)),
    checkList(reminderSteps(reminder).map((step) => ({ ...step, label: word("step", step.code) }))),
    isUndecided(reminder) ? decision(reminder) : null, leadsToCase(reminder, view) ? nextStep(reminder, view, page) : null);
}

function checkList(steps) {
  const line = ({ label, at, met = at !== null }) =>
    h("li", { class: met ? "met" : "unmet" }, met ? marked("ok", label) : h("span", {}, label), at ? h("span", { class: "figures" }, clockText(at)) : null);
  return h("ol", { class: "checks" }, steps.map(line));
}

function decision(reminder) {
  const settle = (verdict, consequence) => askOnce({
    title: t(`act.${verdict}`), lines: [t(consequence)], confirm: t(`act.${verdict}`),
    fields: [textField("note", t("note.seen"), { first: true })],
    run: (values) => act(`/api/reminders/${reminder.id}/${verdict}`, values),
  });
  return h("div", {}, h("p", { class: "small quiet" }, t("reminder.comply_by", { time: clockText(reminder.comply_by) }), " ", ticking("until", reminder.comply_by)),
    h("div", { class: "acts" },
      actButton({ name: `complied-${reminder.id}`, label: t("act.complied"), tone: "primary", run: () => act(`/api/reminders/${reminder.id}/complied`) }),
      actButton({ name: `not-complied-${reminder.id}`, label: t("act.not_complied"), run: () => settle("not_complied", "reminder.not_complied_means") })));
}

/** Whether a reminder was not complied with and no case of its clause has followed yet. */
function leadsToCase({ clause, state }, { tile, cases }) {
  return state === "NOT_COMPLIED" && isWorking(tile) && !cases.some((card) => card.clause === clause && card.state !== "WITHDRAWN");
}

function nextStep(reminder, view, page) {
  const incident = view.incidents.find((one) => one.id === reminder.incident && isOpen(one)) ?? null;
  const propose = () => proposeCase(view, page, { clause: reminder.clause, incident });
  return h("div", { class: "acts" }, actButton({ name: `case-of-${reminder.id}`, label: t("act.propose_clause", { clause: reminder.clause }), run: propose }));
}

function caseCard(card, view, page) {
  const clause = clauseOf(page, card.clause);
  const steps = card.conditions.map((one) => ({ ...one, label: word("condition", one.code) }));
  return h("article", { class: "conduct case", "data-state": card.state },
    h("header", { class: "split" }, h("h3", {}, t("case.title", { clause: card.clause })), h("span", { class: "badge" }, word("case_state", card.state))),
    h("p", { class: "small" }, clause.text),
    h("p", { class: "small quiet" }, proposedLine(card)),
    checkList(steps),
    isCaseOpen(card) ? caseActs(card, clause, { view, page }) : settledCase(card));
}

function proposedLine({ proposed_by: name, proposed_at: at, note }) {
  return [at ? t("case.proposed", { name, time: clockText(at) }) : t("case.reported"), note].filter(Boolean).join(" · ");
}

function settledCase(card) {
  if (!card.confirmed_by) return null;
  return h("p", { class: "small" }, t("case.settled", { name: card.confirmed_by, time: clockText(card.confirmed_at) }));
}

function caseActs(card, clause, { view, page }) {
  const closed = confirmClosedBy(card, clause.tier, page.me);
  const why = closed ? t("case.closed_by", { condition: word("condition_missing", closed) }) : null;
  const propose = () => proposeCase(view, page, { clause: clause.code });
  return h("div", { class: "acts" },
    card.state === "OPEN" && mayPropose(clause.tier, page.me) ? actButton({ name: `propose-${card.id}`, label: t("act.propose"), run: propose }) : null,
    actButton({ name: `confirm-${card.id}`, label: t("act.confirm"), tone: "danger", closed: why, run: () => settle(card, "confirm", t(consequenceKey(clause.tier, card.severity))) }),
    actButton({ name: `withdraw-${card.id}`, label: t("act.withdraw"), run: () => settle(card, "withdraw", t("case.withdraw_means")) }));
}

function settle(card, verdict, consequence) {
  askOnce({
    title: t(`case.${verdict}_title`, { clause: card.clause }), confirm: t(`act.${verdict}`), tone: verdict === "confirm" ? "danger" : "primary",
    lines: [h("p", { class: "strip attention" }, consequence)], fields: [textField("note", t("note.decision"), { first: true })],
    run: (values) => act(`/api/cases/${card.id}/${verdict}`, values),
  });
}

/** Propose a case: a deliberate second act, with a clause and a note; `incident` and `clause` are where it starts from. */
export function proposeCase(view, page, { incident = null, clause = null } = {}) {
  const own = incident ? incident.clauses.map(({ code }) => code) : [];
  const known = page.clauses.filter(({ code }) => (clause ? code === clause : true));
  const options = [...known].sort((a, b) => own.includes(b.code) - own.includes(a.code));
  const words = h("div");
  const severity = choiceField("severity", t("case.severity"), { options: ["MINOR", "SERIOUS"].map((value) => ({ value, label: word("severity", value) })), value: "MINOR", onchange: () => tell() });
  const choice = choiceField("clause", t("case.clause"), { value: clause ?? own.at(-1) ?? null, onchange: () => tell(), options: options.map(({ code, text }) => ({ value: code, label: code, detail: text, more: own.length > 0 && !own.includes(code) })) });
  const tell = () => explain({ words, severity, chosen: clauseOf(page, choice.value()), view, me: page.me });
  tell();
  askOnce({
    title: t("case.propose_title", { seat: view.tile.seat, name: view.tile.name }), confirm: t("act.propose"),
    lines: [t("case.propose_means"), h("div", { class: "strip attention" }, words)], fields: [choice, severity, textField("note", t("note.required"))],
    run: (values) => act(`/api/sittings/${view.tile.id}/case`, proposal(values, { view, page, incident })),
  });
}

function explain({ words, severity, chosen, view, me }) {
  severity.element.hidden = !chosen?.severity_required;
  if (!chosen) return words.replaceChildren(t("case.choose_clause"));
  const blocked = chosen.reminder_required && !openingReminder(view.reminders, chosen.code);
  const lines = [t(consequenceKey(chosen.tier, severity.value())), blocked ? t("case.needs_reminder") : null, mayPropose(chosen.tier, me) ? null : t(`case.only_reports_${chosen.tier}`)];
  return words.replaceChildren(...lines.filter(Boolean).map((line) => h("span", {}, line)));
}

function proposal({ clause, severity, note }, { view, page, incident }) {
  const chosen = clauseOf(page, clause);
  const reminder = chosen.reminder_required ? openingReminder(view.reminders, clause) : null;
  return {
    clause, note,
    ...(chosen.severity_required ? { severity } : {}),
    ...(incident ? { incident: incident.id } : {}),
    ...(reminder ? { reminder: reminder.id } : {}),
  };
}

const clauseOf = (page, code) => page.clauses.find((one) => one.code === code) ?? null;
