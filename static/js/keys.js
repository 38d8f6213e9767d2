/* Keys of the page: which act each one means, asleep while somebody types or a dialog is open, and their help. */

import { byId } from "./dom.js";

/** Whether the key belongs to what has the focus (a field, an open dialog) and not to the page. */
export function belongsElsewhere(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  if (document.querySelector("dialog[open]") || document.querySelector(".reminder")) return true;
  return Boolean(event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])"));
}

/** `acts(event)` gives the act of a key or null; `?` opens the help. */
export function listen(acts) {
  const help = byId("keys-dialog");
  byId("show-keys")?.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (belongsElsewhere(event)) return;
    const act = event.key === "?" ? () => help.showModal() : acts(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
