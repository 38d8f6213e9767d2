/* Put a small picture somewhere on a large one; its middle is the point. */

import { el } from "../dom.js";
import { points } from "./points.js";

export function build(spec, ctx) {
  const { media, width, height, alt = "" } = spec.object;
  const face = () => {
    const image = el("img", { src: ctx.urls[media] ?? "", alt, draggable: false });
    // As large beside the big picture as it is drawn, however large that is shown.
    image.style.width = `${(100 * width) / spec.picture.width}cqw`;
    image.style.aspectRatio = `${width} / ${height}`;
    return image;
  };
  const widget = points(spec, ctx, { face, add: "object.add" });
  widget.stage.element.classList.add("objects");
  return widget;
}
