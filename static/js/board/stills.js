// Pictures that are looked at: evidence stills with what was seen drawn over them, clips, and a larger view of any of them.

import { clockText, h, svgElement } from "./dom.js";
import { t, word } from "./words.js";

/** A still or a clip with its time below it; pressing it opens it large. What is gone says why. */
export function evidenceFigure(evidence, caption, incident) {
  if (evidence.gone) return goneFigure(evidence, caption);
  return evidence.kind === "CLIP" ? clipFigure(evidence, incident) : stillFigure(evidence, caption);
}

function goneFigure({ gone, captured_at: at }, caption) {
  return h("figure", { class: "still" }, h("span", { class: "still-frame" }, h("span", { class: "still-missing small" }, word("gone", gone))),
    h("figcaption", { class: "figures" }, `${caption} ${clockText(at)}`));
}

function clipFigure(clip, incident) {
  const play = async () => (await import("./clip.js")).playClip(clip, incident);
  return h("figure", { class: "still" },
    h("button", { class: "still-open clip-open", type: "button", "data-act": `clip-${incident.id}`, onclick: play }, h("span", { class: "clip-sign", "aria-hidden": "true" }), h("span", {}, t("clip.open"))),
    h("figcaption", { class: "figures" }, `${t("clip.title")} ${clockText(clip.captured_at)}`));
}

function stillFigure(still, caption) {
  const picture = withBoxes(still);
  const label = t("still.open", { caption, time: clockText(still.captured_at) });
  return h("figure", { class: "still" },
    h("button", { class: "still-open", type: "button", "aria-label": label, onclick: () => enlarge(still, caption) }, picture),
    h("figcaption", { class: "figures" }, `${caption} ${clockText(still.captured_at)}`));
}

/** The still's picture and, once its size is known, its boxes in an SVG of the same size. */
function withBoxes(still) {
  const image = h("img", { src: still.url, alt: "", loading: "lazy" });
  const frame = h("span", { class: "still-frame" }, image);
  image.addEventListener("load", () => frame.append(overlay(still.boxes, image.naturalWidth, image.naturalHeight)), { once: true });
  image.addEventListener("error", () => frame.replaceChildren(h("span", { class: "still-missing small" }, t("still.missing"))), { once: true });
  return frame;
}

/** The boxes as an SVG of a picture of `width` by `height` pixels. */
export function overlay(boxes, width, height) {
  const svg = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, class: "still-boxes", "aria-hidden": "true" });
  for (const box of boxes) svg.append(rectangle(box), boxLabel(box, height));
  return svg;
}

function rectangle({ x1, y1, x2, y2, label }) {
  return svgElement("rect", { x: x1, y: y1, width: x2 - x1, height: y2 - y1, class: `box box-${label}` });
}

function boxLabel({ x1, y1, label, score }, height) {
  const size = Math.max(11, height / 24);
  const text = svgElement("text", { x: x1, y: Math.max(size, y1 - size / 3), "font-size": size, class: "box-label" });
  text.textContent = `${word("label", label)} ${Number(score).toFixed(2)}`;
  return text;
}

function enlarge(still, caption) {
  const close = h("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("dialog.close"));
  const dialog = h("dialog", { class: "viewer", onclose: () => dialog.remove() },
    h("header", {}, h("h2", {}, `${caption} ${clockText(still.captured_at)}`)),
    h("div", { class: "body stack tight" }, withBoxes(still), h("p", { class: "mono faint" }, `SHA-256 ${still.sha256}`)),
    h("footer", {}, close));
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

/** What to call each still of an incident, by its place in time: before, during, after. */
export function captions(incident) {
  const ended = incident.ended_at ?? Infinity;
  return incident.stills.map(({ captured_at: at }) => t(at < incident.started_at ? "still.before" : at > ended ? "still.after" : "still.during"));
}

/** The last minute of a seat, as small pictures with their age; `give` collects the addresses to give back. */
export function trailStrip(trail, give) {
  return trail.map(({ blob, capturedAt }) => {
    const url = URL.createObjectURL(blob);
    give.push(url);
    return h("figure", { class: "trail-still" }, h("img", { src: url, alt: "" }), h("figcaption", { class: "figures" }, clockText(capturedAt)));
  });
}
