/* The list by key: / searches, J and K go along the rows, Enter opens, [ and ] turn pages. */

import { byId } from "../dom.js";
import { listen } from "../keys.js";

const rows = [...document.querySelectorAll("#items tbody tr")];
let at = -1;

function go(by) {
  rows[at]?.classList.remove("active");
  at = Math.min(rows.length - 1, Math.max(0, at + by));
  rows[at].classList.add("active");
  rows[at].querySelector("a").focus();
}

for (const select of document.querySelectorAll("#search select")) {
  select.addEventListener("change", () => byId("search").requestSubmit());
}

listen(({ key }) => ({
  "/": () => byId("words").focus(),
  j: rows.length ? () => go(1) : null, k: rows.length ? () => go(-1) : null,
  "[": byId("page-back") && (() => byId("page-back").click()), "]": byId("page-on") && (() => byId("page-on").click()),
}[key] ?? null));
