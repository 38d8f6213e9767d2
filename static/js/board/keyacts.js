// What the keys do at a seat: always to the incident that is marked in the drawer, else to the seat's weightiest.

import { clauseToRemind } from "./conduct.js";
import { dismiss, look, remind } from "./incidents.js";
import { askLeave, noteReturn } from "./leave.js";
import { isUndecided, isWorking, openLeave } from "./need.js";
import { openByRisk } from "./risk.js";
import { t } from "./words.js";

/** Confirm: it has been looked at, and where a clause asks for a reminder, its dialog stands open with the clause chosen. */
export async function confirm(view, board) {
  const incident = board.current(view);
  if (!incident) return board.say(t("keys.nothing_to_look_at"));
  const wrong = incident.state === "RAISED" ? await look(incident) : null;
  if (wrong) return board.wrong(wrong);
  const clause = clauseToRemind(incident);
  const waits = view.reminders.some((one) => one.clause === clause?.code && isUndecided(one));
  if (!clause || waits || !isWorking(view.tile)) return board.say(t(waits ? "remind.decide_first" : "keys.looked"));
  return remind(view, board, { incident, clause: clause.code });
}

/** Remind of the first clause that asks for it, of an incident's or of any. */
export function remindTop(view, board) {
  if (!isWorking(view.tile)) return board.say(t("keys.not_working"));
  const incident = [board.current(view), ...openByRisk(view, board.store.now())].find(clauseToRemind) ?? null;
  return remind(view, board, { incident, clause: clauseToRemind(incident)?.code ?? null });
}

/** Say that the incident has been looked at. */
export async function lookTop(view, board) {
  const incident = board.current(view);
  if (incident?.state !== "RAISED") return board.say(t("keys.nothing_to_look_at"));
  const wrong = await look(incident);
  return wrong ? board.wrong(wrong) : board.say(t("keys.looked"));
}

/** Dismiss it, with a reason of the list. */
export function dismissTop(view, board) {
  const incident = board.current(view);
  return incident ? dismiss(incident, board) : board.say(t("keys.nothing_to_dismiss"));
}

/** Play the clip of the incident. */
export async function playTop(view, board) {
  const incident = board.current(view);
  const clip = incident?.stills.find((one) => one.kind === "CLIP" && !one.gone);
  if (!clip) return board.say(t("keys.no_clip"));
  return (await import("./clip.js")).playClip(clip, incident);
}

/** Give leave. */
export function giveLeave(view, board) {
  if (!isWorking(view.tile)) return board.say(t("keys.not_working"));
  return openLeave(view) ? board.say(t("keys.already_away")) : askLeave(view);
}

/** The candidate is back. */
export async function takeBack(view, board) {
  const wrong = await noteReturn(view);
  if (wrong === undefined) return board.say(t("keys.nobody_away"));
  return wrong ? board.wrong(wrong) : board.say(t("keys.noted_back"));
}
