/* What staff put on the screen: a reminder covers the work and never the clock; messages stand beside it. */

import { byId, el } from "./dom.js";
import { announce, clockTime, readJson, say } from "./text.js";

const TOLD_APART = ["二.1", "二.2", "二.3"];

/** The notice's own words for a clause, from the rules that the page carries; empty when it carries none. */
export function clauseText(rules, code) {
  const clauses = (rules?.clauses ?? []).flatMap((tier) => tier.clauses.map((clause) => ({ ...clause, tier })));
  return clauses.find((clause) => clause.code === code) ?? null;
}

export class Notices {
  constructor(link) {
    this.link = link;
    this.rules = readJson("rules");
    this.shown = new Set();
    this.open = null;
  }

  /** Show the state's notices: the oldest unread reminder over the work, everything else beside it. */
  show(notices) {
    const unread = notices.find((notice) => notice.kind === "REMINDER" && notice.read_at === null) ?? null;
    if (unread?.id !== this.open?.id) this.cover(unread);
    this.list(notices.filter((notice) => notice.kind === "MESSAGE" || notice.read_at !== null));
  }

  cover(notice) {
    this.open = notice;
    const slot = byId("reminder-slot");
    for (const covered of [byId("work-inner"), byId("navigator"), byId("hand-in")]) if (covered) covered.inert = notice !== null;
    byId("desk")?.classList.toggle("covered", notice !== null);
    if (!slot) return;
    slot.replaceChildren(...(notice ? [this.reminder(notice)] : []));
    if (!notice) return;
    slot.querySelector(".reminder-card").focus();
    announce(say("reminder.title"), true);
    this.tell(notice, "shown");
  }

  reminder(notice) {
    const clause = clauseText(this.rules, notice.clause);
    const what = TOLD_APART.includes(notice.clause) ? notice.clause : "other";
    return el("div", { class: "reminder" },
      el("section", { class: "reminder-card stack", role: "alertdialog", "aria-labelledby": "reminder-title", "aria-describedby": "reminder-do", tabIndex: -1 },
        el("p", { class: "shape attention" }, say("reminder.word"), " ", el("span", { class: "figures faint" }, clockTime(notice.issued_at))),
        el("h2", { id: "reminder-title" }, say("reminder.title")),
        notice.clause && el("blockquote", { class: "clause" },
          el("p", {}, el("b", { class: "figures" }, notice.clause), " ", clause?.text ?? ""),
          clause && el("p", { class: "small quiet" }, say("reminder.consequence", { text: clause.tier.consequence }))),
        notice.body && !clause && el("p", {}, notice.body),
        el("p", { id: "reminder-do" }, el("b", {}, say("reminder.do")), " ", say(`reminder.do.${what}`)),
        el("p", { class: "small faint" }, say("reminder.clock")),
        el("div", {}, el("button", { class: "button primary big", type: "button", onclick: (event) => this.read(event, notice) }, say("reminder.read")))));
  }

  async read({ currentTarget }, notice) {
    currentTarget.disabled = true;
    await this.tell(notice, "read").finally(() => { currentTarget.disabled = false; });
  }

  /** Tell the server that a notice was shown or read; what fails is said again when it is shown or pressed again. */
  async tell(notice, what) {
    if (what === "shown" && this.shown.has(notice.id)) return;
    const message = { type: `notice.${what}`, notice: notice.id };
    try {
      await this.link.act(message, `/api/exam/notices/${notice.id}/${what}`);
      this.shown.add(notice.id);
    } catch {
      announce(say("link.offline"));
    }
  }

  list(notices) {
    const place = byId("messages");
    if (!place) return;
    const wanted = new Set(notices.map((notice) => `notice-${notice.id}`));
    for (const child of [...place.children]) if (!wanted.has(child.id)) child.remove();
    for (const notice of notices.filter((one) => !byId(`notice-${one.id}`))) {
      place.prepend(this.entry(notice));
      if (notice.kind === "MESSAGE" && notice.read_at === null) this.tell(notice, "shown");
    }
  }

  entry(notice) {
    const title = notice.kind === "MESSAGE" ? say("message.from_staff") : say("message.reminder", { clause: notice.clause });
    return el("article", { class: "message", id: `notice-${notice.id}` },
      el("p", { class: "over" }, title, " ", el("span", { class: "figures" }, clockTime(notice.issued_at, false))),
      notice.kind === "MESSAGE" && el("p", {}, notice.body));
  }
}
