/* Words and figures for people: catalogue texts with values, times, sizes, and what a screen reader is told. */

const ZONE = readJson("zone") || undefined;

/** The catalogue's text for `key`, with `%(name)s` filled from `values`. */
export function say(key, values) {
  const text = globalThis.gettext(key);
  return values ? globalThis.interpolate(text, values, true) : text;
}

/** Like `say`, for a number `n` of things. */
export function sayCount(key, n, values = {}) {
  return globalThis.interpolate(globalThis.ngettext(key, key, n), { n, ...values }, true);
}

/** What a `<script type="application/json" id=…>` of the page holds; null when it is not there. */
export function readJson(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : null;
}

/** A length of time as it is shown on the exam clock: `1:29:59` or `29:59`; never below zero. */
export function duration(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${parts.join(":")}` : parts.join(":");
}

/** A moment of the server's as a clock time in the venue's zone. */
export function clockTime(ms, seconds = true) {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: seconds ? "2-digit" : undefined, hour12: false,
  }).format(ms);
}

/** A moment of the server's as date and time in the venue's zone: `2026-03-28 10:30:00`. */
export function moment(ms) {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
  return `${day.format(ms)} ${clockTime(ms)}`;
}

/** Bytes in the unit that reads best. */
export function bytes(n) {
  const units = ["B", "KB", "MB", "GB"];
  let unit = 0;
  let value = n;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Characters as the server counts them. */
export function characters(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Tell a screen reader; `now` interrupts it. */
export function announce(text, now = false) {
  const region = document.getElementById(now ? "live-now" : "live");
  if (region) region.textContent = text;
}
