/* What the candidate's answers are, purely: choosing, merging the server's with this machine's, progress, the way through. */

/** The states of one answer on the page. Only the server's `saved` for the newest `seq` makes `saved`. */
export const STATUS = Object.freeze({
  EMPTY: "empty", EDITING: "editing", SENDING: "sending", SAVED: "saved", WAITING: "waiting", REFUSED: "refused",
});

export const STATUSES = Object.values(STATUS);

/** The server's responses and what this machine knows as one; the larger `seq` is the later one. What waits has no status yet. */
export function merge(responses, entries) {
  const answers = new Map();
  for (const [item, one] of Object.entries(responses)) {
    answers.set(item, { seq: one.seq, value: one.value, marked: one.marked, status: STATUS.SAVED });
  }
  for (const entry of entries) {
    const known = answers.get(entry.item);
    if (known && known.seq >= entry.seq) continue;
    const { seq, value, marked, status = STATUS.WAITING } = entry;
    answers.set(entry.item, { seq, value, marked, status });
  }
  return answers;
}

/** Those entries of the outbox that the server already holds, or holds something later for. */
export function outdated(responses, entries) {
  return entries.filter((entry) => responses[entry.item] && responses[entry.item].seq >= entry.seq);
}

/** The value after option `id` was pressed: several may stand in a multiple item, in the options' order; pressed again it goes. */
export function choose(item, type, value, id) {
  if (type !== "multiple") return value.length === 1 && value[0] === id ? value : [id];
  const chosen = new Set(value);
  if (!chosen.delete(id)) chosen.add(id);
  return item.options.map((option) => option.id).filter((one) => chosen.has(one));
}

/** Whether a value says anything: a list with something in it, a text, a table with a filled cell, an interaction. */
export function isAnswered(value) {
  if (!value) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value.text === "string") return value.text.trim() !== "";
  return Object.values(value).flat(2).some((one) => typeof one === "string" && one.trim() !== "");
}

/** Answered and all, of a list of items. */
export function progress(items, answers) {
  const done = items.filter((item) => isAnswered(answers.get(item.id)?.value)).length;
  return { done, of: items.length };
}

/** Items without an answer first to last; items marked to come back to. */
export function leftOpen(items, answers) {
  return {
    unanswered: items.filter((item) => !isAnswered(answers.get(item.id)?.value)),
    marked: items.filter((item) => answers.get(item.id)?.marked),
  };
}

/** The index reached from `from` by `step`, kept within `length`. */
export function move(from, step, length) {
  return Math.min(length - 1, Math.max(0, from + step));
}

/** The option meant by a key: A to E by place, T and F by the id of a true-false item; null when none. */
export function optionForKey(item, type, key) {
  const letter = key.toUpperCase();
  if (type === "true_false" && (letter === "T" || letter === "F")) {
    return item.options.find((option) => option.id === letter)?.id ?? null;
  }
  const place = letter.length === 1 ? letter.charCodeAt(0) - 65 : -1;
  return place >= 0 && place < 5 ? (item.options[place]?.id ?? null) : null;
}

/** What the page says of all answers at once. */
export function overall(answers) {
  const counts = { waiting: 0, refused: 0, editing: 0 };
  for (const { status } of answers.values()) {
    if (status === STATUS.WAITING || status === STATUS.SENDING) counts.waiting += 1;
    if (status === STATUS.REFUSED) counts.refused += 1;
    if (status === STATUS.EDITING) counts.editing += 1;
  }
  return counts;
}
