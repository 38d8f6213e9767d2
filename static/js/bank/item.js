/* The item's page: the preview, and the keys E, A and R. */

import { byId } from "../dom.js";
import { belongsElsewhere } from "../keys.js";
import { readJson } from "../text.js";
import { Frame } from "./frame.js";

new Frame(byId("preview")).show(readJson("shown"));

document.addEventListener("keydown", (event) => {
  if (belongsElsewhere(event)) return;
  const target = { e: byId("edit"), a: byId("approve"), r: byId("comment") }[event.key.toLowerCase()];
  if (!target) return;
  event.preventDefault();
  target.focus();
  if (event.key.toLowerCase() === "e") target.click();
});
