/* Answers are lists of strings: choosing, ordering and pairing as pure functions; null where a limit forbids it. 0 is no limit. */

export const full = (count, max) => max > 0 && count >= max;

/** `id` chosen, or taken back; where one is allowed, the other gives way. */
export function toggled(list, id, max) {
  if (list.includes(id)) return list.filter((one) => one !== id);
  if (max === 1) return [id];
  return full(list.length, max) ? null : [...list, id];
}

/** The entry at `from` moved by `by`, kept within the list. */
export function moved(list, from, by) {
  const rest = list.filter((_, place) => place !== from);
  rest.splice(Math.min(rest.length, Math.max(0, from + by)), 0, list[from]);
  return rest;
}

export const without = (list, place) => list.filter((_, at) => at !== place);

export const ends = (pair) => pair.split(" ");

/** How often `id` stands on `side` (0, 1; any without) of the pairs. */
export function uses(list, id, side) {
  return list.flatMap((pair) => (side === undefined ? ends(pair) : [ends(pair)[side]])).filter((one) => one === id).length;
}

/** The pair `a b` added; at an end that takes one, the earlier pair gives way. */
export function paired(list, [a, b], { left, right, all }) {
  const kept = list.filter((pair) => !(left === 1 && ends(pair)[0] === a) && !(right === 1 && ends(pair)[1] === b));
  const over = full(uses(kept, a, 0), left) || full(uses(kept, b, 1), right) || full(kept.length, all);
  return over ? null : [...kept, `${a} ${b}`];
}

/** The same between things of one set, where it does not matter which stands first. */
export function associated(list, [a, b], { left, right, all }) {
  const same = (pair) => pair === `${a} ${b}` || pair === `${b} ${a}`;
  if (list.some(same)) return list;
  const has = (pair, id) => ends(pair).includes(id);
  const kept = list.filter((pair) => !(left === 1 && has(pair, a)) && !(right === 1 && has(pair, b)));
  const over = full(uses(kept, a), left) || full(uses(kept, b), right) || full(kept.length, all);
  return over ? null : [...kept, `${a} ${b}`];
}
