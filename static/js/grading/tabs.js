/* The deliverables as tabs; a file's viewer is built when its tab is first shown. */

import { view } from "./viewers.js";

export class Tabs {
  constructor(root) {
    this.tabs = [...root.querySelectorAll("[role=tab]")];
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.show(tab));
      tab.addEventListener("keydown", (event) => this.#arrows(event));
    }
    this.show(this.tabs.find((tab) => tab.ariaSelected === "true") ?? this.tabs[0]);
  }

  get shown() {
    return this.tabs.find((tab) => tab.ariaSelected === "true");
  }

  /** What the shown tab can be driven by: a player has `frame(step)` and `toggle()`. */
  get player() {
    return this.#viewer(this.shown)?.player ?? null;
  }

  show(chosen) {
    for (const tab of this.tabs) {
      tab.ariaSelected = String(tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      this.#panel(tab).hidden = tab !== chosen;
    }
    const viewer = this.#viewer(chosen);
    if (viewer && !viewer.dataset.ready) {
      viewer.dataset.ready = "1";
      view(viewer);
    }
  }

  showDeliverable(deliverable) {
    const tab = this.tabs.find((one) => one.dataset.deliverable === deliverable);
    if (tab && tab !== this.shown) this.show(tab);
  }

  step(by) {
    const at = this.tabs.indexOf(this.shown) + by;
    this.show(this.tabs[(at + this.tabs.length) % this.tabs.length]);
  }

  #arrows(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.step(by);
    this.shown.focus();
  }

  #panel(tab) {
    return document.getElementById(tab.getAttribute("aria-controls"));
  }

  #viewer(tab) {
    return this.#panel(tab).querySelector(".viewer");
  }
}
