// Tells the server that somebody on duty has a seat open, so that every board of the room knows who was looked at.

import { act } from "./acts.js";

export const DWELL_MS = 1500;
export const AGAIN_MS = 60_000;
export const IDLE_MS = 120_000;
const ROLES = ["invigilator", "chief_invigilator"];

/** Whether the open seat should be told now: `{openedAt, toldAt, activeAt}` in ms; a page that nobody touches looks at nothing. */
export function isLookDue({ openedAt, toldAt, activeAt }, now) {
  if (openedAt === null || now - openedAt < DWELL_MS || now - activeAt > IDLE_MS) return false;
  return toldAt === null || now - toldAt >= AGAIN_MS;
}

/** `me` says whether this person's looks count: only those of who is on duty in the room. */
export class Looks {
  constructor(me, { clock = () => performance.now(), tell = (id) => act(`/api/sittings/${id}/viewed`) } = {}) {
    Object.assign(this, { clock, tell });
    this.counts = ROLES.some((role) => me.roles.includes(role));
    this.state = { openedAt: null, toldAt: null, activeAt: clock() };
    for (const kind of ["pointermove", "pointerdown", "keydown"]) addEventListener(kind, () => this.touch(), { passive: true });
  }

  /** Somebody is at the machine. */
  touch() {
    this.state.activeAt = this.clock();
  }

  /** The seat `id` is open from now on; null when none is. */
  open(id) {
    if (id === this.id) return;
    this.id = id;
    this.state = { ...this.state, openedAt: id === null ? null : this.clock(), toldAt: null };
  }

  /** Tell when it is time; called every second. */
  tick() {
    const now = this.clock();
    if (!this.counts || document.hidden || !isLookDue(this.state, now)) return;
    this.state.toldAt = now;
    this.tell(this.id);
  }
}
