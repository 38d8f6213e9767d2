// The page's words, from the language catalogue: by key, with values, and for the codes that the server sends.

/** The text of `board.<key>`, with `%(name)s` filled in from `values`. */
export function t(key, values = {}) {
  return interpolate(gettext(`board.${key}`), values, true);
}

/** The word for a code of the server, e.g. `word("state", "SEATED")`; a code without a word stands as it came. */
export function word(family, code) {
  const key = `board.${family}.${code}`;
  const text = gettext(key);
  return text === key ? code : text;
}
