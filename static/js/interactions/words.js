/* The words of the interactions: fetched once, in the page's language; and what a screen reader is told. */

import { announce } from "../text.js";

let words = {};

export async function loadWords() {
  words = (await import(`/exam/interactions.js?language=${document.documentElement.lang}`)).default;
}

/** The text for `interaction.KEY`, with `%(name)s` filled from `values`. */
export function word(key, values = {}) {
  return (words[`interaction.${key}`] ?? key).replace(/%\((\w+)\)s/g, (_, name) => String(values[name]));
}

export const speak = (key, values) => announce(word(key, values));
