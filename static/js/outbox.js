/* Answers on this machine until the server has said `saved`: one row a sitting and item, in IndexedDB, shared by tabs. */

const NAME = "exam-outbox";
const STORE = "answers";

function asPromise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["sitting", "item"] });
  return asPromise(request);
}

/** The row to store when `entry` meets what another tab may have stored: the later press wins, with a larger seq. */
export function later(stored, entry) {
  const seq = stored && stored.seq >= entry.seq ? stored.seq + 1 : entry.seq;
  return { ...entry, seq };
}

export class Outbox {
  constructor(sitting, database) {
    this.sitting = sitting;
    this.database = database;
    this.memory = new Map();
    this.size = 0;
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`${NAME}:${sitting}`) : null;
    this.onOther = () => {};
    if (this.channel) this.channel.onmessage = ({ data }) => this.onOther(data);
  }

  /** The sitting's outbox. `durable` is false when the browser stores nothing: then it lives in memory and the page says so. */
  static async open(sitting) {
    const database = await openDatabase().catch(() => null);
    const outbox = new Outbox(sitting, database);
    outbox.size = await outbox.count();
    return outbox;
  }

  get durable() {
    return this.database !== null;
  }

  store(mode) {
    return this.database.transaction(STORE, mode).objectStore(STORE);
  }

  /** Keep an answer; returns it with the `seq` it is to be sent with. */
  async put({ item, seq, value, marked }) {
    const entry = { sitting: this.sitting, item, seq, value, marked };
    const kept = this.durable ? await this.putDurable(entry) : this.putMemory(entry);
    this.size = await this.count();
    this.channel?.postMessage({ kept });
    return kept;
  }

  async putDurable(entry) {
    const store = this.store("readwrite");
    const kept = later(await asPromise(store.get([this.sitting, entry.item])), entry);
    await asPromise(store.put(kept));
    return kept;
  }

  putMemory(entry) {
    const kept = later(this.memory.get(entry.item), entry);
    this.memory.set(entry.item, kept);
    return kept;
  }

  /** The server holds `seq` of the item, or a later one: forget it, unless something newer has come meanwhile. */
  async forget(item, seq) {
    if (this.durable) await this.forgetDurable(item, seq);
    else if (this.memory.get(item)?.seq <= seq) this.memory.delete(item);
    this.size = await this.count();
    this.channel?.postMessage({ saved: { item, seq } });
  }

  async forgetDurable(item, seq) {
    const store = this.store("readwrite");
    const stored = await asPromise(store.get([this.sitting, item]));
    if (stored && stored.seq <= seq) await asPromise(store.delete([this.sitting, item]));
  }

  /** Everything of this sitting that waits. */
  async all() {
    if (!this.durable) return [...this.memory.values()];
    return asPromise(this.store("readonly").getAll(this.range()));
  }

  async count() {
    if (!this.durable) return this.memory.size;
    return asPromise(this.store("readonly").count(this.range()));
  }

  range() {
    return IDBKeyRange.bound([this.sitting, ""], [this.sitting, "\uffff"]);
  }
}
