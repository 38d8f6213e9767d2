/* How far an item is answered: `empty`, `part` or `full`, by what each of its interactions asks for. Pure. */

const least = (spec, all) => spec.min || Math.min(all, spec.max || all);

const NEEDS = {
  order: (spec) => least(spec, spec.options.length),
  graphic_order: (spec) => least(spec, spec.spots.length),
  match: (spec) => least(spec, spec.sources.length),
  gap_match: (spec) => least(spec, spec.gaps.length),
};

/** How many strings a whole answer to one interaction has at least. */
export function needed(spec) {
  return NEEDS[spec.kind]?.(spec) ?? Math.max(1, spec.min ?? 0);
}

export function standing(item, value) {
  const asked = Object.entries(item.interactions).filter(([, { kind }]) => kind !== "media" && kind !== "upload");
  const given = asked.map(([name]) => (value?.[name] ?? []).filter((one) => one !== "").length);
  if (given.every((count) => count === 0)) return "empty";
  return asked.every(([, spec], place) => given[place] >= needed(spec)) ? "full" : "part";
}
