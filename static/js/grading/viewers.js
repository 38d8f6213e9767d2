/* Shows a work file in the page: picture with zoom, PDF, text, sheet, film with frame steps. */

import { fetchGood } from "../http.js";
import { el } from "../dom.js";
import { say } from "../text.js";
import { readSheet } from "./sheets.js";
import { Player } from "./player.js";
import { readWorkbook } from "./workbook.js";

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_ROWS = 1000;

const MAKERS = { image, pdf, text, sheet, workbook, video };

/** Build the viewer that `element.dataset.viewer` names; a failure is said in its place. */
export async function view(element) {
  const { viewer, url, name } = element.dataset;
  const tools = element.closest(".file").querySelector("[data-tools]");
  try {
    await MAKERS[viewer](element, { url, name, tools });
  } catch (error) {
    element.replaceChildren(el("p", { class: "strip act-now", role: "alert" }, error.message));
  }
}

function image(element, { url, name, tools }) {
  const picture = el("img", { src: url, alt: name });
  const shown = { zoom: 0 };
  const set = (zoom) => {
    shown.zoom = zoom;
    element.classList.toggle("fit", zoom === 0);
    picture.style.width = zoom ? `${picture.naturalWidth * zoom}px` : "";
    label.textContent = zoom ? `${Math.round(zoom * 100)} %` : say("grading.zoom.fit");
  };
  const now = () => shown.zoom || picture.clientWidth / (picture.naturalWidth || 1);
  const label = el("span", { class: "small figures keep" });
  tools.append(
    tool("−", "grading.zoom.out", () => set(Math.max(now() / 1.25, 0.05))),
    tool("+", "grading.zoom.in", () => set(Math.min(now() * 1.25, 8))),
    tool("1:1", "grading.zoom.full", () => set(1)),
    tool(say("grading.zoom.fit"), "grading.zoom.fit", () => set(0)),
    label,
  );
  picture.addEventListener("load", () => (label.textContent = `${picture.naturalWidth} × ${picture.naturalHeight}`));
  picture.addEventListener("error", () => element.replaceChildren(el("p", { class: "strip act-now" }, say("grading.file.unreadable"))));
  element.classList.add("fit");
  element.append(picture);
}

function pdf(element, { url, name }) {
  element.append(el("iframe", { src: url, title: name }));
}

async function bytesOf(url) {
  const response = await fetchGood(url, { headers: { Range: `bytes=0-${MOST_BYTES - 1}` } });
  return response.arrayBuffer();
}

/** UTF-8, or what spreadsheets on Chinese Windows write. */
function decode(buffer) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer, { stream: true });
  } catch {
    return new TextDecoder("gb18030").decode(buffer);
  }
}

async function text(element, { url }) {
  element.append(el("article", { class: "work-text" }, decode(await bytesOf(url))));
}

async function sheet(element, { url, name, tools }) {
  const rows = readSheet(decode(await bytesOf(url)), name.endsWith(".tsv") ? "\t" : undefined);
  tools.append(el("span", { class: "small figures keep" }, say("grading.sheet.rows", { n: rows.length })));
  element.append(...grid(rows.map((row) => row.map((value) => ({ value })))));
}

/** Every sheet of the workbook behind a choice; formulas can be shown in place of what they came to. */
async function workbook(element, { url, tools }) {
  const sheets = await readWorkbook(await (await fetchGood(url)).arrayBuffer());
  const choice = el("select", { class: "input speed", "aria-label": say("grading.workbook.sheet") });
  choice.append(...sheets.map((one, at) => el("option", { value: String(at) }, one.name)));
  const formulas = el("button", { class: "button small", type: "button", "aria-pressed": "false" }, say("grading.workbook.formulas"));
  const show = () => {
    const shown = formulas.getAttribute("aria-pressed") === "true";
    const rows = sheets[Number(choice.value)].rows;
    element.replaceChildren(...grid(rows.map((row) => row.map((cell) => (shown && cell.formula ? { value: `=${cell.formula}`, formula: cell.value } : cell)))));
  };
  choice.addEventListener("change", show);
  formulas.addEventListener("click", () => {
    formulas.setAttribute("aria-pressed", String(formulas.getAttribute("aria-pressed") !== "true"));
    show();
  });
  tools.append(choice, formulas);
  show();
}

/** Rows of `{value, formula}` as a table, numbered; a formula stands in the cell's title. */
function grid(rows) {
  const line = (row, at) =>
    el("tr", {}, el("th", { class: "number faint", scope: "row" }, String(at + 1)), row.map((cell) => el("td", { title: cell.formula ?? "" }, cell.value)));
  const table = el("table", { class: "table work-table" }, el("tbody", {}, rows.slice(0, MOST_ROWS).map(line)));
  const cut = rows.length > MOST_ROWS ? [el("p", { class: "strip" }, say("grading.sheet.cut", { n: MOST_ROWS }))] : [];
  return [el("div", { class: "scroll" }, table), ...cut];
}

function video(element, { url, tools }) {
  const film = el("video", { src: url, controls: true, preload: "metadata" });
  element.player = new Player(film);
  element.append(film);
  tools.append(...element.player.controls());
}

function tool(shown, key, act) {
  return el("button", { class: "button small", type: "button", title: say(key), "aria-label": say(key), onclick: act }, shown);
}
