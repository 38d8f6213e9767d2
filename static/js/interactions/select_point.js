/* Point at a picture. */

import { points } from "./points.js";

export const build = (spec, ctx) => points(spec, ctx, { add: "point.add" });
