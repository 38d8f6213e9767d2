// The invigilator's room board: puts the parts together and passes on what the server says.

import { tickTimes, useTimeZone } from "./dom.js";
import { listenToKeys } from "./keys.js";
import { showHelp } from "./later.js";
import { Link } from "./link.js";
import { Looks } from "./looks.js";
import { SeatMap } from "./map.js";
import { News } from "./news.js";
import { Pictures } from "./pictures.js";
import { openByRisk } from "./risk.js";
import { nextPlace, RoomPanel } from "./room.js";
import { Store } from "./store.js";
import { TopBar } from "./topbar.js";
import { t } from "./words.js";

const byId = (id) => document.getElementById(id);

/** The page: what every part may use of the others. */
class Board {
  constructor({ session, me, reasons, clauses }) {
    Object.assign(this, { session, me, reasons, clauses, chosen: null, pointed: null, last: null });
    this.store = new Store();
    this.looks = new Looks(me);
    this.link = new Link({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/board/${session}/`,
      snapshotUrl: `/api/board/${session}/snapshot`,
      onMessage: (message) => this.#heard(message),
      onBinary: (buffer) => this.pictures.take(buffer),
      onState: () => this.update(),
    });
    this.pictures = new Pictures({ send: (question) => this.link.send(question) });
    this.open = this.open.bind(this);
  }

  /** Build the parts and begin. */
  start() {
    this.top = new TopBar(byId("board-top"), this);
    this.map = new SeatMap(byId("board-map"), this);
    this.room = new RoomPanel(byId("board-room"), this);
    this.news = new News({ live: byId("live"), button: byId("board-sound") });
    this.store.subscribe((board, before) => this.#changed(board, before));
    this.pictures.subscribe((sitting, size, picture) => this.#drawn(sitting, size, picture));
    byId("board-help").addEventListener("click", showHelp);
    listenToKeys(this);
    this.link.start();
    setInterval(() => this.pictures.tick(), 200);
    setInterval(() => this.#tick(), 1000);
  }

  #heard(message) {
    if (this.store.take(message)) this.link.wantSnapshot();
  }

  #changed(board, before) {
    if (before.number === null && board.number !== null) this.#begin();
    this.news.tell(board, before);
    this.update();
  }

  #begin() {
    setTimeout(() => this.#seatParts().catch(() => null), LATER_MS);
    byId("board-page").dataset.loaded = "yes";
    this.map.sortNow();
    this.room.sortNow();
  }

  /** The drawer and the acts at a seat come when the room is on the screen; what did not come is asked for again. */
  #seatParts() {
    this.parts ??= Promise.all([import("./drawer.js"), import("./keyacts.js")]).then(([{ Drawer }, acts]) => {
      this.drawer = new Drawer(byId("board-drawer"), this);
      return acts;
    }).catch((problem) => {
      this.parts = null;
      throw problem;
    });
    return this.parts;
  }

  /** Do at a seat what a key says, by its name among the acts. */
  async atSeat(name, view) {
    const acts = await this.#seatParts().catch(() => null);
    return acts ? acts[name](view, this) : this.wrong(t("act.unreachable"));
  }

  /** Bring every part up to date. */
  update() {
    byId("board-page").dataset.link = this.link.shown;
    this.top.update();
    if (this.store.board.number === null) return;
    this.map.update();
    this.room.update();
    this.drawer?.update();
    this.#tick();
  }

  #tick() {
    const now = this.store.now();
    this.top.tick(now);
    this.drawer?.tick(now);
    this.looks.tick();
    for (const tile of this.map.tiles.values()) tile.age(now);
    tickTimes(byId("board-page"), now);
  }

  #drawn(sitting, size, picture) {
    if (size === "thumbnail") this.map.tiles.get(sitting)?.draw(picture);
    if (size === "full" && sitting === this.drawer?.id) this.drawer.draw(picture);
  }

  /** Open the drawer for a seat, at one of its incidents if one is named. */
  async open(id, incident = null) {
    if (!(await this.#seatParts().catch(() => null))) return this.wrong(t("act.unreachable"));
    Object.assign(this, { chosen: id, pointed: incident });
    this.looks.open(id);
    byId("board-room").hidden = true;
    byId("board-drawer").hidden = false;
    this.drawer.open(id);
    return this.update();
  }

  /** The incident that keys and marks mean at a seat: the one pointed at, else its weightiest; null without one. */
  current(view) {
    const open = openByRisk(view, this.store.now());
    return open.find(({ id }) => id === this.pointed) ?? open[0] ?? null;
  }

  /** `{index, count}`: where the open seat and incident stand in the list of what waits; -1 when they do not. */
  place() {
    const items = this.room.items();
    const fits = this.pointed === null ? ({ id }) => id === this.chosen : ({ incident }) => incident?.id === this.pointed;
    return { index: items.findIndex(fits), count: items.length };
  }

  /** Close the drawer; the focus goes back to the seat's tile. */
  close() {
    if (this.chosen === null) return;
    const tile = this.map.tiles.get(this.chosen);
    Object.assign(this, { chosen: null, pointed: null, last: null });
    this.looks.open(null);
    this.drawer.close();
    byId("board-drawer").hidden = true;
    byId("board-room").hidden = false;
    tile?.element.focus();
    this.room.sortNow();
    this.update();
  }

  /** Open what comes `step` places further in the list of what waits, round and round. */
  async openNext(step) {
    const items = this.room.items();
    if (items.length === 0) return this.say(t("keys.nothing_waits"));
    const next = nextPlace({ ...this.place(), last: this.last }, step);
    this.last = next;
    await this.open(items[next].id, items[next].incident?.id ?? null);
    return this.drawer?.focus();
  }

  /** Say something small, in the page and to assistive technology. */
  say(text) {
    byId("board-said").textContent = text;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => byId("board-said").replaceChildren(), SAID_MS);
    byId("live").textContent = text;
  }

  /** Say that an act by key did not succeed. */
  wrong(text) {
    clearTimeout(this.saying);
    byId("board-said").textContent = text;
    byId("live-now").textContent = text;
  }
}

const SAID_MS = 8000;
const LATER_MS = 500;

useTimeZone(byId("board-page").dataset.timeZone);
new Board(JSON.parse(byId("board").textContent)).start();
