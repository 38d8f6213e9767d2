/* The practical player: tasks as tabs, the brief and materials beside the work, every deliverable with its own state. */

import { byId, el, oneClass, write } from "./dom.js";
import { listen } from "./keys.js";
import { STATUSES, isAnswered } from "./state.js";
import { bytes, say } from "./text.js";

const KINDS = {
  text: () => import("./text_work.js").then((m) => m.TextWork),
  table: () => import("./table_work.js").then((m) => m.TableWork),
  file: () => import("./file_work.js").then((m) => m.FileWork),
};
const ENGLISH = document.documentElement.lang === "en";

/** The title in the page's language; where the author gave no English one, the Chinese. */
const title = (one) => (ENGLISH && one.title_en) || one.title;

/** The works of the kinds `names`, by name; of all without any. */
export async function worksOf(names = Object.keys(KINDS)) {
  return Object.fromEntries(await Promise.all([...new Set(names)].map(async (name) => [name, await KINDS[name]()])));
}

export class Practical {
  /** A player with the works that its paper needs, and no others. */
  static async of(parts) {
    const kinds = parts.paper.tasks.flatMap(({ deliverables }) => deliverables.map(({ kind }) => kind));
    return new Practical({ ...parts, works: await worksOf(kinds) });
  }

  constructor({ paper, answers, frozen, works }) {
    Object.assign(this, { paper, answers, frozen, kinds: works, at: 0, works: new Map() });
    this.tabs = paper.tasks.map((task, place) => this.tab(task, place));
    byId("task-tabs").replaceChildren(...this.tabs);
    byId("task-tabs").addEventListener("keydown", (event) => this.arrow(event));
    this.panels = paper.tasks.map((task) => this.panel(task));
    byId("deliverables").replaceChildren(...this.panels);
    answers.addEventListener("change", ({ detail }) => this.changed(detail));
    document.addEventListener("keydown", (event) => this.altKey(event));
    listen(() => null);
    for (const id of this.works.keys()) this.changed(id);
    this.open(0);
  }

  tab(task, place) {
    return el("button", { type: "button", role: "tab", id: `tab-${task.id}`, "aria-controls": `panel-${task.id}`, onclick: () => this.open(place) },
      el("span", { class: "task-name" }, `${place + 1}. ${title(task)}`),
      el("span", { class: "small faint figures task-meta" }, say("task.meta", { minutes: task.minutes, points: task.points }), " · ", el("span", { class: "task-done" })));
  }

  arrow({ key }) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (!by) return;
    this.open((this.at + by + this.tabs.length) % this.tabs.length);
    this.tabs[this.at].focus();
  }

  altKey(event) {
    const place = Number(event.code.replace("Digit", "")) - 1;
    if (!event.altKey || !this.tabs[place]) return;
    event.preventDefault();
    this.open(place);
  }

  open(place) {
    this.at = place;
    this.tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === place));
      tab.tabIndex = i === place ? 0 : -1;
      this.panels[i].hidden = i !== place;
    });
    byId("brief").replaceChildren(...this.brief(this.paper.tasks[place]));
    byId("brief").scrollTop = 0;
    byId("deliverables").scrollTop = 0;
  }

  brief(task) {
    return [
      el("h1", {}, title(task)),
      task.site && el("p", { class: "small faint" }, task.site),
      this.paper.equipment.length > 0 && el("p", { class: "strip" }, say("task.equipment", { things: this.paper.equipment.map((one) => say(`task.equipment.${one}`)).join(say("task.equipment.between")) })),
      el("div", { class: "stack tight brief-text" }, task.brief.map((paragraph) => el("p", {}, paragraph))),
      task.materials.length > 0 && el("h2", {}, say("task.materials")),
      task.materials.length > 0 && el("ul", { class: "materials" }, task.materials.map((material) => this.material(material))),
    ].filter(Boolean);
  }

  material(material) {
    return el("li", {}, el("a", { href: material.url, download: material.name }, material.title || material.name),
      el("span", { class: "small faint figures" }, `${material.name} · ${bytes(material.size)}`),
      el("span", { class: "mono faint cut", title: material.sha256 }, `SHA-256 ${material.sha256.slice(0, 16)}…`));
  }

  panel(task) {
    return el("div", { id: `panel-${task.id}`, class: "panel", role: "tabpanel", "aria-labelledby": `tab-${task.id}` },
      task.deliverables.map((deliverable) => this.deliverable(deliverable)));
  }

  deliverable(deliverable) {
    const state = el("span", { class: "answer-state small", role: "status" });
    const parts = { deliverable, answers: this.answers, frozen: this.frozen, files: this.paper.files[deliverable.id] ?? [], onChange: () => this.count() };
    const work = new this.kinds[deliverable.kind](parts);
    this.works.set(deliverable.id, { work, state });
    return el("section", { class: "deliverable", "data-item": deliverable.id, "aria-labelledby": `title-${deliverable.id}` },
      el("header", { class: "item-head" }, el("h2", { id: `title-${deliverable.id}` }, title(deliverable)),
        el("span", { class: "over" }, say(`kind.${deliverable.kind}`)), state),
      work.element);
  }

  changed(id) {
    const known = this.works.get(id);
    if (!known) return;
    const { status } = this.answers.get(id);
    if (known.work.counts === undefined) {
      write(known.state, status === "empty" ? "" : say(`answer.${status}`));
      oneClass(known.state, STATUSES, status);
    }
    known.work.adopt?.(this.answers.get(id));
    this.count();
  }

  /** Whether a deliverable has something that counts: a confirmed file, or an answer that says something. */
  done(deliverable) {
    const { work } = this.works.get(deliverable.id);
    return work.counts === undefined ? isAnswered(this.answers.get(deliverable.id).value) : work.counts;
  }

  count() {
    this.paper.tasks.forEach((task, i) => {
      if (!this.tabs) return;
      const done = task.deliverables.filter((one) => this.works.has(one.id) && this.done(one)).length;
      write(this.tabs[i].querySelector(".task-done"), say("task.done", { done, of: task.deliverables.length }));
    });
  }

  /** Settle what is being typed. */
  async flush() {
    await Promise.all([...this.works.values()].map(({ work }) => work.flush?.()));
  }

  /** For the hand-in dialog: what has nothing yet comes first, then files that were sent and not confirmed. */
  summary(close) {
    const all = this.paper.tasks.flatMap((task, place) => task.deliverables.map((one) => ({ one, place })));
    const row = ({ one, place }) => el("li", {}, el("button", { class: "button plain small", type: "button", onclick: () => this.jump(close, place, one) }, `${place + 1}. ${title(one)}`));
    const group = (key, rows) => rows.length > 0 && el("section", { class: "stack tight" },
      el("p", { class: "shape attention" }, say(key, { n: rows.length })), el("ul", { class: "plain-list" }, rows.map(row)));
    const open = all.filter(({ one }) => !this.done(one));
    const unconfirmed = all.filter(({ one }) => this.works.get(one.id).work.unconfirmed);
    return [
      group("hand_in.nothing_yet", open), group("hand_in.unconfirmed", unconfirmed),
      open.length === 0 && el("p", { class: "shape ok" }, say("hand_in.all_done", { n: all.length })),
    ].filter(Boolean);
  }

  jump(close, place, deliverable) {
    close();
    this.open(place);
    document.querySelector(`[data-item="${deliverable.id}"]`).scrollIntoView({ block: "start" });
  }
}
