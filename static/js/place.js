/* Whether the candidate is at the page: hidden, without the keyboard, out of full screen. Only where the work needs no other program. */

import { FullScreen } from "./full_screen.js";

/** `mark(kind, going)` begins and ends what lasts. */
export function watchPlace(mark) {
  let choosing = false;
  const look = () => mark("away", document.hidden || (!document.hasFocus() && !choosing));
  const chosen = () => {
    choosing = false;
    setTimeout(look);
  };
  // The browser's own dialog for a file takes the keyboard and the full screen; the candidate was asked to open it.
  document.addEventListener("click", ({ target }) => { choosing ||= target.type === "file"; }, true);
  for (const name of ["change", "cancel"]) document.addEventListener(name, chosen, true);
  document.addEventListener("visibilitychange", look);
  addEventListener("blur", () => setTimeout(look));
  addEventListener("focus", chosen);
  const screen = new FullScreen();
  screen.addEventListener("left", () => choosing || mark("fullscreen_exit", true));
  screen.addEventListener("entered", () => mark("fullscreen_exit", false));
  screen.start();
}
