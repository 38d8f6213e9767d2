/* Full screen: asked for by a press of the candidate, and offered again, calmly, when it was left. */

import { byId, el } from "./dom.js";
import { announce, say } from "./text.js";

/** Whether the page has the whole screen: by its own request, or by the browser's key or kiosk mode. */
export function isFull() {
  return document.fullscreenElement !== null || matchMedia("(display-mode: fullscreen)").matches;
}

export class FullScreen extends EventTarget {
  /** Events: `entered`, and `left` for a page that had been in full screen. */
  start() {
    this.full = isFull();
    this.been = this.full;
    document.addEventListener("fullscreenchange", () => this.look());
    matchMedia("(display-mode: fullscreen)").addEventListener("change", () => this.look());
    this.show();
  }

  look() {
    const full = isFull();
    if (full === this.full) return;
    this.full = full;
    this.been = true;
    this.dispatchEvent(new Event(full ? "entered" : "left"));
    this.show();
  }

  /** The offer stands beside the work and moves nothing in it. */
  show() {
    byId("full-screen")?.remove();
    if (this.full || !document.fullscreenEnabled) return;
    const text = say(this.been ? "full_screen.left" : "full_screen.ask");
    byId("messages")?.before(el("section", { class: "message stack tight", id: "full-screen" }, el("p", {}, text),
      el("button", { class: "button small wide", type: "button", onclick: () => this.enter() }, say(this.been ? "full_screen.back" : "full_screen.enter"))));
    if (this.been) announce(text);
  }

  /** Escape closes the page's own dialogs, so where the browser allows it the key stays with the page. */
  async enter() {
    try {
      await document.documentElement.requestFullscreen({ navigationUI: "hide" });
      await navigator.keyboard?.lock?.(["Escape"]);
    } catch (error) {
      console.warn(`full screen: ${error.message}`);
    }
  }
}
