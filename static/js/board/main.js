// The invigilator's room board: puts the parts together and passes on what the server says.

import { tickTimes, useTimeZone } from "./dom.js";
import { Drawer } from "./drawer.js";
import { listenToKeys, showHelp } from "./keys.js";
import { Link } from "./link.js";
import { SeatMap } from "./map.js";
import { News } from "./news.js";
import { Pictures } from "./pictures.js";
import { RoomPanel, waitingItems } from "./room.js";
import { Store } from "./store.js";
import { TopBar } from "./topbar.js";
import { Visits } from "./visits.js";
import { t } from "./words.js";

const byId = (id) => document.getElementById(id);

/** The page: what every part may use of the others. */
class Board {
  constructor({ session, me, reasons, clauses }) {
    Object.assign(this, { session, me, reasons, clauses, chosen: null });
    this.store = new Store();
    this.visited = new Visits(session);
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
    this.drawer = new Drawer(byId("board-drawer"), this);
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
    this.visited.begin(this.store.now());
    byId("board-page").dataset.loaded = "yes";
    this.map.sortNow();
  }

  /** Bring every part up to date. */
  update() {
    byId("board-page").dataset.link = this.link.shown;
    this.top.update();
    if (this.store.board.number === null) return;
    this.map.update();
    this.room.update();
    this.drawer.update();
    this.#tick();
  }

  #tick() {
    const now = this.store.now();
    this.top.tick(now);
    this.drawer.tick(now);
    for (const tile of this.map.tiles.values()) tile.age(now);
    tickTimes(byId("board-page"), now);
  }

  #drawn(sitting, size, picture) {
    if (size === "thumbnail") this.map.tiles.get(sitting)?.draw(picture);
    if (size === "full" && sitting === this.drawer.id) this.drawer.draw(picture);
  }

  /** Open the drawer for a seat. */
  open(id) {
    this.chosen = id;
    this.visited.mark(id, this.store.now());
    byId("board-room").hidden = true;
    byId("board-drawer").hidden = false;
    this.drawer.open(id);
    this.update();
  }

  /** Close the drawer; the focus goes back to the seat's tile. */
  close() {
    if (this.chosen === null) return;
    const tile = this.map.tiles.get(this.chosen);
    this.chosen = null;
    this.drawer.close();
    byId("board-drawer").hidden = true;
    byId("board-room").hidden = false;
    tile?.element.focus();
    this.update();
  }

  /** Open the next seat of those that wait: the most in need first, then the longest wait, then round again. */
  openNext() {
    const waiting = waitingItems(this.store.board).sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.at - b.at);
    const seats = [...new Set(waiting.map(({ id }) => id))];
    if (seats.length) this.open(seats[(seats.indexOf(this.chosen) + 1) % seats.length]);
    else this.say(t("keys.nothing_waits"));
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
const LEVELS = ["act_now", "attention", "technical"];

useTimeZone(byId("board-page").dataset.timeZone);
new Board(JSON.parse(byId("board").textContent)).start();
