// When each seat was last opened on this machine, so that a seat nobody has looked at for long can say so.

/** `key` names the session; `now` is the server's time when the page began, from which an unopened seat counts. */
export class Visits {
  constructor(key, storage = sessionStorage) {
    this.key = `board.visits.${key}`;
    this.storage = storage;
    this.times = JSON.parse(storage.getItem(this.key) ?? "{}");
  }

  /** Begin to count at `now`, unless an earlier page of this session already did. */
  begin(now) {
    if (this.times.begun === undefined) this.#set("begun", now);
  }

  /** The seat `id` has been opened. */
  mark(id, now) {
    this.#set(id, now);
  }

  /** When the seat was last opened, or when counting began. */
  at(id) {
    return this.times[id] ?? this.times.begun ?? Infinity;
  }

  #set(name, value) {
    this.times[name] = value;
    this.storage.setItem(this.key, JSON.stringify(this.times));
  }
}
