// Building and refreshing elements: one function to make them, words with their shape, and times that tick by themselves.

const SVG = "http://www.w3.org/2000/svg";
/** An element: `h("p", {class: "x", onclick: f, "data-id": 3}, "text", child)`; attributes that are false or null are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A word with the shape of its meaning before it: `level` is `act_now`, `attention`, `technical`, `ok`, `hand` or nothing. */
export function marked(level, text, { badge = false } = {}) {
  return h("span", { class: `${badge ? "badge" : "shape"} ${meaning(level)}` }, text);
}

/** The class of a level; a quiet one has none. */
export function meaning(level) {
  return level === "quiet" || !level ? "" : level.replace("_", "-");
}

/** An SVG element with attributes. */
export function svgElement(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Set text only where it differs, so that nothing is read out or laid out twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Set or take away an attribute only where it differs. */
export function setAttribute(element, name, value) {
  if (value === null || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Build a section anew only when what it shows has changed; what had the focus by `data-act` has it again. */
export function refresh(host, shown, build) {
  const signature = JSON.stringify(shown);
  if (host.signature === signature) return false;
  host.signature = signature;
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.act : null;
  host.replaceChildren(...[build()].flat().filter(Boolean));
  if (focused) host.querySelector(`[data-act="${CSS.escape(focused)}"]`)?.focus();
  return true;
}

/** `m:ss`, or `h:mm:ss` from an hour on, of a length in ms; never below zero. */
export function lengthText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A short age for small places: `4s`, `3m`, `2h`. */
export function ageText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)}m` : `${Math.floor(seconds / 3600)}h`;
}

let timeZone;

/** Show the wall clock of this time zone from now on. */
export function useTimeZone(name) {
  timeZone = name || undefined;
}

/** The venue's wall clock at a server time, with seconds unless told otherwise. */
export function clockText(ms, { seconds = true } = {}) {
  const shown = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  return new Intl.DateTimeFormat("en-GB", seconds ? { ...shown, second: "2-digit" } : shown).format(ms);
}

/** A length that counts by itself: since `at`, or until it; `tickTimes` moves it. */
export function ticking(kind, at, form = "length") {
  return h("time", { class: "ticking", [`data-${kind}`]: at, "data-form": form });
}

/** Bring every `ticking` under `root` to `now`. */
export function tickTimes(root, now) {
  for (const element of root.querySelectorAll("time.ticking")) {
    const { since, until, form } = element.dataset;
    const ms = since ? now - Number(since) : Number(until) - now;
    setText(element, form === "age" ? ageText(ms) : lengthText(ms));
  }
}
