/* The editor: rows that come and go, the preview that follows the fields, and a warning before words are lost. */

import { byId, el } from "../dom.js";
import { fetchGood } from "../http.js";
import { Frame } from "./frame.js";

const PAUSE_MS = 400;
const form = byId("editor");
const frame = new Frame(byId("preview"));
let waiting = 0;
let dirty = false;

async function preview() {
  const response = await fetchGood("/api/bank/draft/", { method: "POST", body: new FormData(form) });
  const { item, faults } = await response.json();
  byId("preview-faults").replaceChildren(...Object.values(faults ?? {}).map((text) => el("li", { class: "shape attention" }, text)));
  if (item) frame.show(item);
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(() => preview().catch(() => {}), PAUSE_MS);
}

function number() {
  document.querySelectorAll(".edit-row").forEach((row, place) => {
    const right = row.querySelector("[name=right]");
    if (right) right.value = String(place);
    for (const input of row.querySelectorAll("[aria-label]")) {
      input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, String(place + 1)));
    }
  });
}

byId("add-row")?.addEventListener("click", () => {
  const rows = [...document.querySelectorAll(".edit-row")];
  const row = rows.at(-1).cloneNode(true);
  for (const input of row.querySelectorAll("input")) {
    if (["radio", "checkbox"].includes(input.type)) input.checked = false;
    else input.value = "";
  }
  rows.at(-1).after(row);
  number();
  row.querySelector("[name=first]").focus();
});

byId("rows")?.addEventListener("click", ({ target }) => {
  if (!target.closest(".remove-row") || document.querySelectorAll(".edit-row").length <= 2) return;
  target.closest(".edit-row").remove();
  number();
  dirty = true;
  later();
});

form.addEventListener("input", () => { dirty = true; later(); });
form.addEventListener("submit", () => { dirty = false; });
form.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") form.requestSubmit();
});
globalThis.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
later();
