// What is new, said once: a line for screen readers, and a single tone for those who switched it on.

import { refresh } from "./dom.js";
import { t, word } from "./words.js";

const KEPT = "board.sound";

/** The incidents of `board` that `before` did not have; none when `before` had heard nothing yet. */
export function newIncidents(board, before) {
  if (before.number === null) return [];
  return [...board.objects.incident_card.values()].filter((one) => one.state === "RAISED" && !before.objects.incident_card.has(one.id));
}

/** Says new incidents aloud to assistive technology; `button` switches the tone. */
export class News {
  constructor({ live, button }) {
    this.live = live;
    this.button = button;
    this.on = localStorage.getItem(KEPT) === "on";
    button.addEventListener("click", () => this.#toggle());
    this.#show();
  }

  /** Tell of everything new. */
  tell(board, before) {
    const fresh = newIncidents(board, before);
    if (fresh.length === 0) return;
    const seat = (one) => board.objects.sitting_tile.get(one.sitting)?.seat ?? "";
    this.live.textContent = fresh.map((one) => t("news.incident", { seat: seat(one), incident: word("incident", one.code), risk: word("risk", one.risk) })).join(" ");
    if (this.on && fresh.some(({ risk }) => risk !== "technical")) tone();
  }

  #toggle() {
    this.on = !this.on;
    localStorage.setItem(KEPT, this.on ? "on" : "off");
    if (this.on) tone();
    this.#show();
  }

  #show() {
    this.button.setAttribute("aria-pressed", String(this.on));
    refresh(this.button, this.on, () => t(this.on ? "sound.on" : "sound.off"));
  }
}

/** One short, soft tone. */
function tone() {
  const audio = new AudioContext();
  const [note, volume] = [audio.createOscillator(), audio.createGain()];
  note.frequency.value = 660;
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.35);
  note.connect(volume).connect(audio.destination);
  note.onended = () => audio.close();
  note.start();
  note.stop(audio.currentTime + 0.35);
}
