/* A picture with places on it: real buttons over it in percent of its size, so that they grow and shrink with it. */

import { el } from "../dom.js";
import { toggle } from "./parts.js";
import { word } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The box around a place: left, top, width, height in pixels of the picture. */
export function box({ shape, coords }, { width, height }) {
  if (shape === "default") return [0, 0, width, height];
  if (shape === "rect") return [coords[0], coords[1], coords[2] - coords[0], coords[3] - coords[1]];
  if (shape !== "poly") {
    const [x, y, rx, ry = rx] = coords;
    return [x - rx, y - ry, 2 * rx, 2 * ry];
  }
  const [xs, ys] = [0, 1].map((odd) => coords.filter((_, place) => place % 2 === odd));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
}

/** The middle of a place, for lines and numbers. */
export function middle(spot, picture) {
  const [x, y, width, height] = box(spot, picture);
  return [x + width / 2, y + height / 2];
}

function outline(spot, [x, y, width, height]) {
  if (spot.shape === "poly") return svg("polygon", { points: spot.coords.map((one, place) => one - (place % 2 ? y : x)).join(" ") });
  if (spot.shape === "circle" || spot.shape === "ellipse") return svg("ellipse", { cx: width / 2, cy: height / 2, rx: width / 2, ry: height / 2 });
  return svg("rect", { width, height });
}

/** Only the shape itself answers a press, not its box. */
function shaped(button, spot, [x, y, width, height]) {
  if (spot.shape === "circle" || spot.shape === "ellipse") button.style.borderRadius = "50%";
  if (spot.shape !== "poly") return;
  const percent = (one, place) => (place % 2 ? (one - y) / height : (one - x) / width) * 100;
  const points = spot.coords.map((one, place) => `${percent(one, place).toFixed(3)}%`);
  button.style.clipPath = `polygon(${points.map((one, place) => (place % 2 ? `${one},` : one)).join(" ").replace(/,$/, "")})`;
}

export class Stage {
  constructor(picture, ctx) {
    this.picture = picture;
    this.image = el("img", { src: ctx.urls[picture.media] ?? "", alt: picture.alt ?? "", draggable: false });
    this.element = el("div", { class: "stage" }, this.image);
    this.element.style.maxInlineSize = `${picture.width}px`;
    this.element.style.aspectRatio = `${picture.width} / ${picture.height}`;
  }

  put(node, x, y, width = null, height = null) {
    const of = (part, whole) => `${(100 * part) / whole}%`;
    Object.assign(node.style, { insetInlineStart: of(x, this.picture.width), top: of(y, this.picture.height) });
    if (width !== null) Object.assign(node.style, { width: of(width, this.picture.width), height: of(height, this.picture.height) });
    return node;
  }

  name(spot, place) {
    return spot.label || word("place", { n: place + 1 });
  }

  /** The names of places by id. */
  names(spots) {
    return Object.fromEntries(spots.map((spot, place) => [spot.id, this.name(spot, place)]));
  }

  /** A button for each place; `onPress(spot, button)`. */
  spots(spots, onPress) {
    this.buttons = spots.map((spot, place) => {
      const area = box(spot, this.picture);
      const look = svg("svg", { viewBox: `0 0 ${area[2]} ${area[3]}`, preserveAspectRatio: "none", "aria-hidden": "true" }, outline(spot, area));
      const button = toggle({ class: "spot", "data-id": spot.id, "aria-label": this.name(spot, place), onclick: () => onPress(spot, button) }, look);
      shaped(button, spot, area);
      return this.put(button, ...area);
    });
    this.element.append(...this.buttons);
    return this.buttons;
  }

  /** Where a press fell, in whole pixels of the picture, never outside it. */
  pointOf({ clientX, clientY }) {
    const { left, top, width, height } = this.element.getBoundingClientRect();
    const within = (part, most) => Math.round(Math.min(1, Math.max(0, part)) * most);
    return [within((clientX - left) / width, this.picture.width), within((clientY - top) / height, this.picture.height)];
  }
}
