/* The small still of the camera beside the work, and one line on how the camera is. */

import { byId, oneClass, write } from "./dom.js";
import { say } from "./text.js";

const MEANING = { live: "ok", waived: "ok", starting: "technical", unsent: "technical" };

export function showStill(camera) {
  const image = byId("camera-still");
  if (!image) return;
  camera.addEventListener("still", ({ detail }) => replace(image, detail));
  camera.addEventListener("state", ({ detail }) => line(detail));
  line(camera.state ?? "starting");
}

/** Staff have let this candidate work without a camera. */
export function showWaived() {
  if (byId("camera-line")) line("waived");
}

function replace(image, blob) {
  const old = image.src;
  image.src = URL.createObjectURL(blob);
  image.hidden = false;
  byId("still-empty").hidden = true;
  if (old.startsWith("blob:")) URL.revokeObjectURL(old);
}

function line(state) {
  const element = byId("camera-line");
  write(element, say(`camera.line.${state}`));
  oneClass(element, ["ok", "technical", "attention"], MEANING[state] ?? "attention");
}
