/* From a press to `saved`: every answer goes to the outbox, then to the server, again and again until the server has it. */

import { post } from "./http.js";
import { STATUS, merge, outdated, overall } from "./state.js";

const AGAIN_MS = 4000;
const BUSY_MS = 1000;
const BATCH = 200;

export class Answers extends EventTarget {
  /** Begin with what this machine still holds: it is known before the first of it is sent, so that its `saved` finds it. */
  static async of({ outbox, link }) {
    return new Answers({ outbox, link, map: merge({}, await outbox.all()) });
  }

  /** Event `change` (detail: the item's id) after each change of an answer's status or value. */
  constructor({ outbox, link, map }) {
    super();
    Object.assign(this, { outbox, link, map, refused: new Map(), sentAt: new Map(), sending: false });
    link.addEventListener("message", ({ detail }) => this.take(detail));
    link.addEventListener("way", ({ detail }) => this.takeWay(detail));
    outbox.onOther = (news) => this.takeOther(news);
    setInterval(() => this.sendAll(AGAIN_MS), AGAIN_MS);
  }

  /** Take the paper's responses in; they may be older than what was saved since they were asked for. */
  async load(responses) {
    const known = [...this.map].map(([item, answer]) => ({ item, ...answer }));
    this.map = merge(responses, known);
    for (const entry of outdated(responses, known)) await this.outbox.forget(entry.item, responses[entry.item].seq);
    await this.sendAll();
  }

  get(item) {
    return this.map.get(item) ?? { seq: 0, value: null, marked: false, status: STATUS.EMPTY };
  }

  /** Without a socket, what was under way may not have arrived: it waits again. */
  takeWay(way) {
    if (way !== "socket") {
      for (const [item, { seq, status }] of this.map) {
        if (status === STATUS.SENDING) this.mark(item, seq, STATUS.WAITING);
      }
    }
    this.sendAll();
  }

  counts() {
    return overall(this.map);
  }

  /** Shown while somebody types, before the answer is kept. */
  editing(item) {
    this.update(item, { ...this.get(item), status: STATUS.EDITING });
  }

  /** Keep an answer and send it. What is on the page changes at once; `saved` only when the server says so. */
  async set(item, value, marked) {
    const seq = this.get(item).seq + 1;
    this.refused.delete(item);
    // "Waiting on this machine" is said only of what lies on it: until then the answer is being edited.
    const keeping = { seq, value, marked, status: STATUS.EDITING };
    this.update(item, keeping);
    const kept = await this.outbox.put({ item, seq, value, marked });
    if (this.get(item) === keeping) this.update(item, { ...keeping, seq: kept.seq, status: STATUS.WAITING });
    if (this.get(item).seq < kept.seq) this.map.set(item, { ...this.get(item), seq: kept.seq });
    this.transmit(kept);
  }

  transmit(entry) {
    this.sentAt.set(entry.item, performance.now());
    const { item, seq, value, marked } = entry;
    if (this.link.send({ type: "answer", item, seq, value, marked })) this.mark(item, seq, STATUS.SENDING);
    else this.sendAll();
  }

  /** Send what waits and was not sent in the last `since` milliseconds: over the socket, else in one request. */
  async sendAll(since = 0) {
    const due = performance.now() - since;
    const waiting = (await this.outbox.all()).filter(
      (entry) => this.refused.get(entry.item) !== entry.seq && (this.sentAt.get(entry.item) ?? -Infinity) <= due,
    );
    if (!waiting.length) return;
    if (this.link.open) waiting.forEach((entry) => this.transmit(entry));
    else await this.post(waiting.slice(0, BATCH));
  }

  async post(entries) {
    if (this.sending) return;
    this.sending = true;
    try {
      const answers = entries.map(({ item, seq, value, marked }) => ({ item, seq, value, marked }));
      const { results } = await post("/api/exam/answers", { answers });
      for (const result of results) await this.take(result);
    } catch {
      for (const entry of entries) this.mark(entry.item, entry.seq, STATUS.WAITING);
    } finally {
      this.sending = false;
    }
  }

  async take(message) {
    if (message.type === "saved") await this.saved(message.item, message.seq);
    else if (message.type === "refused") await this.refuse(message);
  }

  async saved(item, seq) {
    await this.outbox.forget(item, seq);
    this.mark(item, seq, STATUS.SAVED);
  }

  async refuse({ item, seq, code, stored_seq: stored }) {
    if (code === "busy") {
      this.mark(item, seq, STATUS.WAITING);
      setTimeout(() => this.sendAll(), BUSY_MS);
    } else if (code === "stale") {
      await this.outbox.forget(item, seq);
      this.dispatchEvent(new CustomEvent("stale", { detail: { item, stored } }));
    } else {
      this.refused.set(item, seq);
      this.mark(item, seq, STATUS.REFUSED);
    }
  }

  /** Another tab kept an answer, or heard `saved`: the page shows the same. */
  takeOther({ kept, saved }) {
    if (saved) this.mark(saved.item, saved.seq, STATUS.SAVED);
    if (!kept || kept.seq <= this.get(kept.item).seq) return;
    this.update(kept.item, { seq: kept.seq, value: kept.value, marked: kept.marked, status: STATUS.SENDING });
  }

  /** The server's truth for one item, after it said that it holds something later. */
  adopt(item, response) {
    if (response && response.seq >= this.get(item).seq) this.update(item, { ...response, status: STATUS.SAVED });
  }

  /** Only the newest `seq` may change what is shown. */
  mark(item, seq, status) {
    const known = this.get(item);
    if (known.seq !== seq || known.status === STATUS.EDITING) return;
    this.update(item, { ...known, status });
  }

  update(item, answer) {
    this.map.set(item, answer);
    this.dispatchEvent(new CustomEvent("change", { detail: item }));
  }
}
