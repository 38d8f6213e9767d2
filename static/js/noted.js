/* What the page has noticed and staff can see, in plain words for the candidate: nothing is noted behind anybody's back. */

import { byId, el } from "./dom.js";
import { announce, clockTime, say } from "./text.js";

const MOST = 3;
const TOLD = new Set(["away", "fullscreen_exit", "second_display", "paste", "copy", "print_screen", "devtools", "virtual_camera"]);

export class NotedCard {
  constructor() {
    this.lines = new Map();
  }

  /** A signal that is part of an incident from now; what is only technical has its own place on the page. */
  add({ kind, page, n, at }) {
    if (!TOLD.has(kind)) return;
    const text = say("noted.line", { time: clockTime(at), what: say(`noted.${kind}`) });
    if (!this.lines.has(`${page}/${n}`)) announce(text);
    this.lines.set(`${page}/${n}`, text);
    this.show();
  }

  show() {
    byId("noted")?.remove();
    const lines = [...this.lines.values()].slice(-MOST);
    byId("messages")?.before(el("section", { class: "message stack tight", id: "noted" },
      el("p", { class: "over" }, say("noted.title")), lines.map((line) => el("p", { class: "figures" }, line)),
      el("p", { class: "small faint" }, say("noted.help"))));
  }
}
