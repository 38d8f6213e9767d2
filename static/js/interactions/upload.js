/* Hand in a file: the same way as practical work, with versions, SHA-256 and a confirmation. */

import { FileWork } from "../file_work.js";

export function build(spec, ctx) {
  const deliverable = { id: ctx.item, accept: spec.accept, max_bytes: spec.max_bytes };
  const work = new FileWork({ deliverable, frozen: ctx.frozen, files: ctx.files(), onChange: () => ctx.filed(work) });
  ctx.filed(work);
  return { element: work.element, show: () => {} };
}
