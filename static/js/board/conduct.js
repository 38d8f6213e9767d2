// The rules of reminders and cases that a person must see before acting: pure, and always decided again by the server.

/** The steps of a reminder, in order, each with the time it was reached or null: reminded, shown, read, decided. */
export function reminderSteps(reminder) {
  const decided = reminder.decided_at ? reminder.state.toLowerCase() : "decision";
  return [
    { code: "reminded", at: reminder.issued_at },
    { code: "shown", at: reminder.shown_at },
    { code: "read", at: reminder.read_at },
    { code: decided, at: reminder.decided_at },
  ];
}

/** The reminder that opens the way to a case under `clause`: not complied with, the newest; null without one. */
export function openingReminder(reminders, clause) {
  const fit = reminders.filter((one) => one.clause === clause && one.state === "NOT_COMPLIED");
  return fit.sort((a, b) => b.decided_at - a.decided_at)[0] ?? null;
}

// Who signs first and who signs second, by tier of the clause (requirements B.2).
const ROOM = ["invigilator", "chief_invigilator"];
const PROPOSERS = { 2: ROOM, 3: ["chief_invigilator"], 4: ["officer"] };
const CONFIRMERS = { 2: ROOM, 3: ["officer"], 4: ["officer"] };

/** Whether `me` may sign a case of this tier as the first person; anybody on duty may report one. */
export function mayPropose(tier, me) {
  return PROPOSERS[tier].some((role) => me.roles.includes(role));
}

/** Why `me` cannot confirm a case of this tier now: the code of what is missing, or null when confirming is open. */
export function confirmClosedBy(card, tier, me) {
  const unmet = card.conditions.find((one) => !one.met);
  if (unmet) return unmet.code;
  if (card.proposed_by === me.name) return "second_person";
  return CONFIRMERS[tier].some((role) => me.roles.includes(role)) ? null : "officer";
}

/** The clause to remind for an incident: the first of its proposals that asks for a reminder; null without one. */
export function clauseToRemind(incident) {
  return incident?.clauses.find((clause) => clause.reminder_required) ?? null;
}

/** What a confirmed case brings, as the key of the notice's words: by tier, and for the fourth by severity. */
export function consequenceKey(tier, severity) {
  return Number(tier) === 4 ? `consequence.4_${(severity ?? "MINOR").toLowerCase()}` : `consequence.${tier}`;
}
