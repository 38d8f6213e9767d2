/* Choose places of a picture. */

import { toggled } from "./lists.js";
import { changeOr, press } from "./parts.js";
import { Stage } from "./picture.js";

export function build(spec, ctx) {
  const stage = new Stage(spec.picture, ctx);
  const buttons = stage.spots(spec.spots, ({ id }) => changeOr(ctx, toggled(ctx.list(), id, spec.max ?? 1)));
  return { element: stage.element, show: (list) => buttons.forEach((one) => press(one, list.includes(one.dataset.id))) };
}
