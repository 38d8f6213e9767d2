/* What several interactions are built from: buttons that stay pressed, names as they are spoken, changes within the limits. */

import { el } from "../dom.js";
import { spoken } from "./html.js";
import { speak } from "./words.js";

/** Names of options by id, as they are spoken. */
export const namesOf = (options) => Object.fromEntries(options.map((one) => [one.id, spoken(one.html)]));

export function toggle(props, ...children) {
  return el("button", { type: "button", "aria-pressed": "false", ...props }, ...children);
}

export const press = (button, on) => button.setAttribute("aria-pressed", String(on));

/** Change the answer, or say why it cannot be. */
export function changeOr(ctx, list) {
  if (list) ctx.change(list);
  else speak("full");
}
