/* The grader's sheet: the work on the left, the rubric in the middle, notes and next on the right. */

import { byId } from "../dom.js";
import { Finishing } from "./finishing.js";
import { listen } from "./keys.js";
import { Lines } from "./lines.js";
import { Note } from "./note.js";
import { Outgoing } from "./outgoing.js";
import { Stopwatch } from "./stopwatch.js";
import { Tabs } from "./tabs.js";

const sheet = byId("sheet");
const code = sheet.dataset.code;
const done = Boolean(sheet.dataset.done);

const tabs = new Tabs(sheet);
const outgoing = new Outgoing(byId("link-strip"));
const lines = new Lines(byId("lines"), {
  outgoing,
  done,
  url: `/api/grading/${code}/marks/`,
  onChosen: (deliverable) => tabs.showDeliverable(deliverable),
});
const note = new Note({ outgoing, url: `/api/grading/${code}/note/` });
const finishing = new Finishing({ lines, note, outgoing, url: `/api/grading/${code}/finish/` });
const watch = new Stopwatch(byId("time"), code);

listen({ lines, tabs, finishing });
lines.begin();
if (!done) watch.begin();
