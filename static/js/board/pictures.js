// Webcam pictures by asking for them: one question at a time, small ones for the tiles, a large one for the open seat.

export const EVERY_MS = { thumbnail: 2000, full: 1000 };
const ANSWER_WITHIN_MS = 4000;
const TRAIL_LENGTH = 6;
const TRAIL_EVERY_MS = 10_000;
const HEADER_BYTES = 16;

/** The pictures in one binary message: `[{sitting, capturedAt, jpeg}]`; RangeError when it is cut short. */
export function parseBundle(buffer) {
  const view = new DataView(buffer);
  const pictures = [];
  for (let at = 0; at < view.byteLength; ) {
    const length = view.getUint32(at + 12);
    const end = at + HEADER_BYTES + length;
    if (end > view.byteLength) throw new RangeError(`picture of ${length} bytes is cut short`);
    const jpeg = new Uint8Array(buffer, at + HEADER_BYTES, length);
    pictures.push({ sitting: view.getUint32(at), capturedAt: Number(view.getBigUint64(at + 4)), jpeg });
    at = end;
  }
  return pictures;
}

/** Which size to ask for now, or null: `asked` and `wanted` by size, times in ms; the large one goes first. */
export function nextQuestion({ asked, wanted, pending }, now) {
  if (pending && now - pending.at < ANSWER_WITHIN_MS) return null;
  const due = (size) => wanted[size].length > 0 && now - asked[size] >= EVERY_MS[size];
  return ["full", "thumbnail"].find(due) ?? null;
}

/** Asks, keeps the newest picture of each seat and size, and the last minute's small ones of every seat. */
export class Pictures {
  constructor({ send, clock = () => performance.now() }) {
    this.send = send;
    this.clock = clock;
    this.state = { asked: { thumbnail: -Infinity, full: -Infinity }, wanted: { thumbnail: [], full: [] }, pending: null };
    this.newest = { thumbnail: new Map(), full: new Map() };
    this.trails = new Map();
    this.listeners = new Set();
  }

  /** Want these sittings' pictures of `size` from now on; a change of the large one is asked for at once. */
  want(size, sittings) {
    const { wanted, asked } = this.state;
    const changed = sittings.some((id) => !wanted[size].includes(id));
    wanted[size] = [...sittings];
    if (changed) asked[size] = -Infinity;
  }

  /** Call `listener(sitting, size, {blob, capturedAt})` for each picture. */
  subscribe(listener) {
    this.listeners.add(listener);
  }

  /** Ask when it is time; called a few times a second. */
  tick() {
    const now = this.clock();
    const size = nextQuestion(this.state, now);
    if (!size) return;
    this.state.asked[size] = now;
    const sent = this.send({ type: "frames.wanted", size, sittings: this.state.wanted[size] });
    this.state.pending = sent ? { size, at: now } : null;
  }

  /** Take an answer in. */
  take(buffer) {
    const size = this.state.pending?.size ?? "thumbnail";
    this.state.pending = null;
    for (const { sitting, capturedAt, jpeg } of parseBundle(buffer)) {
      const picture = { capturedAt, blob: new Blob([jpeg], { type: "image/jpeg" }) };
      this.newest[size].set(sitting, picture);
      if (size === "thumbnail") this.#remember(sitting, picture);
      for (const listener of this.listeners) listener(sitting, size, picture);
    }
  }

  /** The last minute of a seat, oldest first. */
  trail(sitting) {
    return this.trails.get(sitting) ?? [];
  }

  #remember(sitting, picture) {
    const trail = this.trail(sitting);
    const last = trail.at(-1);
    if (last && picture.capturedAt - last.capturedAt < TRAIL_EVERY_MS) return;
    this.trails.set(sitting, [...trail, picture].slice(-TRAIL_LENGTH));
  }
}

/** Put `picture` on `image`; its old address is given back once the new picture stands. */
export function draw(image, picture) {
  if (image.dataset.at === String(picture.capturedAt)) return;
  image.dataset.at = String(picture.capturedAt);
  const url = URL.createObjectURL(picture.blob);
  const give = () => URL.revokeObjectURL(url);
  image.addEventListener("load", give, { once: true });
  image.addEventListener("error", give, { once: true });
  image.src = url;
}
