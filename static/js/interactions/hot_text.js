/* Choose among words of a text: each is a button in its line. */

import { el } from "../dom.js";
import { toggled } from "./lists.js";
import { changeOr, press, toggle } from "./parts.js";

export function build(spec, ctx) {
  const element = el("div", { class: "hot-text" }, ctx.html(spec.html));
  const buttons = spec.texts.map((id) => {
    const place = element.querySelector(`[data-hot="${CSS.escape(id)}"]`);
    const set = () => {
      const list = toggled(ctx.list(), id, spec.max ?? 1);
      changeOr(ctx, list && spec.texts.filter((one) => list.includes(one)));
    };
    const button = toggle({ class: "hot", "data-id": id, onclick: set }, ...(place?.childNodes ?? [id]));
    place?.replaceWith(button);
    return button;
  });
  return { element, show: (list) => buttons.forEach((one) => press(one, list.includes(one.dataset.id))) };
}
