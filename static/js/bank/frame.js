/* From the page to its preview frame: what to show, as soon as the frame can. */

export class Frame {
  constructor(element) {
    this.element = element;
    this.item = null;
    element.addEventListener("ready", () => this.#draw());
  }

  show(item) {
    this.item = item;
    this.#draw();
  }

  #draw() {
    const show = this.element.contentWindow?.showItem;
    if (this.item && show) show(this.item);
  }
}
