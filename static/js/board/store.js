// The board's state: a snapshot, then numbered events on top of it; pure reducer and a small store around it.

export const COLLECTIONS = ["session_header", "sitting_tile", "incident_card", "reminder_card", "case_card", "view_card", "leave_card", "device_card"];

/** A board that has heard nothing yet. `number` is null until the first snapshot. */
export function emptyBoard() {
  const objects = Object.fromEntries(COLLECTIONS.map((name) => [name, new Map()]));
  return { number: null, objects, seats: {}, telemetryAt: null };
}

/** `{board, gap}` after one server message; `gap` says that a number was missed and a snapshot is needed. */
export function reduce(board, message) {
  const step = STEPS[message.type];
  return step ? step(board, message) : { board, gap: false };
}

const STEPS = { snapshot: fromSnapshot, event: withEvent, telemetry: withTelemetry };

function fromSnapshot(board, { number, objects }) {
  const fresh = emptyBoard();
  return { board: { ...board, number, objects: replaced(fresh.objects, objects) }, gap: false };
}

function withEvent(board, { number, objects }) {
  if (board.number === null || number <= board.number) return { board, gap: false };
  if (number > board.number + 1) return { board, gap: true };
  return { board: { ...board, number, objects: replaced(board.objects, objects) }, gap: false };
}

function withTelemetry(board, { number, seats, now }) {
  const gap = board.number !== null && number > board.number;
  return { board: { ...board, seats, telemetryAt: now }, gap };
}

/** Each given object takes the place of the one with its id, or is new; collections we do not know are left out. */
function replaced(objects, given) {
  const result = { ...objects };
  for (const name of COLLECTIONS) {
    if (!given[name]) continue;
    result[name] = new Map(result[name]);
    for (const one of given[name]) result[name].set(one.id, one);
  }
  return result;
}

/** The session's header, or null before the snapshot. */
export function headerOf(board) {
  return board.objects.session_header.values().next().value ?? null;
}

/** Everything the board knows of one seat: `{tile, seat, viewed, incidents, reminders, cases, leaves, devices}`; null when unknown. */
export function seatView(board, id) {
  const tile = board.objects.sitting_tile.get(id);
  if (!tile) return null;
  const own = (name) => [...board.objects[name].values()].filter((one) => one.sitting === id);
  return {
    ...emptyView(board, tile),
    incidents: own("incident_card").sort((a, b) => b.started_at - a.started_at),
    reminders: own("reminder_card").sort((a, b) => b.issued_at - a.issued_at),
    cases: own("case_card").sort((a, b) => b.id - a.id),
    leaves: own("leave_card").sort((a, b) => b.begins_at - a.begins_at),
    devices: own("device_card").sort((a, b) => b.granted_at - a.granted_at),
  };
}

/** Every seat's view, in no promised order. */
export function seatViews(board) {
  const views = new Map([...board.objects.sitting_tile.values()].map((tile) => [tile.id, emptyView(board, tile)]));
  const sort = (name, list) => {
    for (const one of board.objects[name].values()) views.get(one.sitting)?.[list].push(one);
  };
  sort("incident_card", "incidents");
  sort("reminder_card", "reminders");
  sort("case_card", "cases");
  sort("leave_card", "leaves");
  sort("device_card", "devices");
  return [...views.values()];
}

function emptyView(board, tile) {
  const viewed = board.objects.view_card.get(tile.id) ?? null;
  return { tile, seat: board.seats[tile.id] ?? null, viewed, incidents: [], reminders: [], cases: [], leaves: [], devices: [] };
}

/** Holds the board, tells listeners after each message, and keeps the distance to the server's clock. */
export class Store {
  constructor(clock = () => Date.now()) {
    this.board = emptyBoard();
    this.clock = clock;
    this.offset = 0;
    this.listeners = new Set();
  }

  /** The server's time now, in milliseconds. */
  now() {
    return this.clock() + this.offset;
  }

  /** Take a message in; returns whether a number was missed. */
  take(message) {
    if (typeof message.now === "number") this.offset = message.now - this.clock();
    const before = this.board;
    const { board, gap } = reduce(before, message);
    this.board = board;
    if (board !== before) for (const listener of this.listeners) listener(board, before);
    return gap;
  }

  /** Call `listener(board, before)` after each change. */
  subscribe(listener) {
    this.listeners.add(listener);
  }
}
