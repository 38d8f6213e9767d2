// What the room can do without until somebody asks: the dialogs and the key map, fetched when the first one opens.

import { t } from "./words.js";

/** `askOnce` of the dialogs; a field that is given as `[maker, ...arguments]` is made there. The text of what went wrong when they did not come. */
export async function askOnce(question) {
  const dialog = await import("./dialog.js").catch(() => null);
  if (!dialog) return t("act.unreachable");
  const fields = (question.fields ?? []).map(([maker, ...given]) => dialog[maker](...given));
  return dialog.askOnce({ ...question, fields });
}

/** A text field, made when its dialog opens. */
export const textField = (...given) => ["textField", ...given];

/** The keys and what they do. */
export async function showHelp() {
  const help = await import("./help.js").catch(() => null);
  help?.showHelp();
}
