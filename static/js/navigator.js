/* The navigator: sections with their progress, and every item as a small number that shows how it stands. */

import { byId, el, oneClass, write } from "./dom.js";
import { STATUS, isAnswered, progress } from "./state.js";
import { say } from "./text.js";

const COLUMNS = 12;

/** The one word for a cell: unsaved before answered, answered before empty; `marked` stands beside it. */
export function cellState({ value, status }) {
  if (status === STATUS.REFUSED) return "refused";
  if ([STATUS.EDITING, STATUS.SENDING, STATUS.WAITING].includes(status)) return "unsaved";
  return isAnswered(value) ? "saved" : "empty";
}

export class Navigator {
  constructor({ sections, answers, go, standing = () => null, partly = null }) {
    Object.assign(this, { sections, answers, go, standing, partly, columns: COLUMNS, cells: new Map(), counts: new Map() });
    byId("navigator").replaceChildren(...sections.map((section) => this.section(section)));
    for (const id of this.cells.keys()) this.refresh(id);
  }

  section(section) {
    const count = el("span", { class: "figures small faint" });
    this.counts.set(section.id, count);
    return el("section", { class: "nav-section" },
      el("h2", { class: "nav-title" }, el("span", {}, section.title), count),
      el("div", { class: "cells" }, section.items.map((item) => this.cell(item))));
  }

  cell(item) {
    const cell = el("button", { class: "cell", type: "button", tabIndex: -1, onclick: () => this.go(item.id) }, String(item.number));
    this.cells.set(item.id, { cell, number: item.number });
    return cell;
  }

  refresh(id) {
    const { cell, number } = this.cells.get(id);
    const answer = this.answers.get(id);
    const standing = this.standing(id);
    const known = cellState(answer);
    const state = known === "empty" && standing === "full" ? "saved" : known;
    const part = state === "saved" && standing === "part";
    cell.classList.toggle("part", part);
    oneClass(cell, ["empty", "saved", "unsaved", "refused"], state);
    cell.classList.toggle("marked", answer.marked);
    cell.setAttribute("aria-label", this.label(part, answer.marked ? `cell.${state}.marked` : `cell.${state}`, number));
    const section = this.sections.find((one) => one.items.some((item) => item.id === id));
    const { done, of } = progress(section.items, this.answers.map);
    const filed = section.items.filter((item) => !isAnswered(this.answers.get(item.id).value) && this.standing(item.id) === "full").length;
    write(this.counts.get(section.id), `${done + filed} / ${of}`);
  }

  /** Words for a cell; `partly` says those of an item that is only partly answered. */
  label(part, key, n) {
    return part && this.partly ? this.partly(key.endsWith(".marked") ? "cell.part.marked" : "cell.part", { n }) : say(key, { n });
  }

  /** Exactly one cell can be reached with Tab: the current one. */
  current(id) {
    if (this.now) {
      this.now.removeAttribute("aria-current");
      this.now.tabIndex = -1;
    }
    this.now = this.cells.get(id).cell;
    this.now.setAttribute("aria-current", "true");
    this.now.tabIndex = 0;
    this.now.scrollIntoView({ block: "nearest" });
  }
}
