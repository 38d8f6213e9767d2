/* Reads an Office Open XML workbook into rows: values as they are shown (percent, dates), and the formulas behind them. */

import { say } from "../text.js";
import { Archive } from "./zip.js";

const MOST_SHEETS = 20;
const MOST_ROWS = 2000;
const MOST_COLUMNS = 100;
const PERCENTS = new Set([9, 10]);
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);

/** `[{name, rows: [[{value, formula}]]}]`; throws with words for people when it is no workbook. */
export async function readWorkbook(buffer) {
  try {
    const archive = new Archive(buffer);
    const book = await xml(archive, "xl/workbook.xml");
    const paths = targets(await xml(archive, "xl/_rels/workbook.xml.rels"));
    const about = { strings: strings(await xml(archive, "xl/sharedStrings.xml")), formats: formats(await xml(archive, "xl/styles.xml")) };
    const sheets = tags(book, "sheet").slice(0, MOST_SHEETS);
    return await Promise.all(sheets.map((sheet) => readSheet(archive, sheet, { paths, about })));
  } catch {
    throw new Error(say("grading.workbook.bad"));
  }
}

async function readSheet(archive, sheet, { paths, about }) {
  const id = sheet.getAttribute("r:id");
  const page = await xml(archive, paths.get(id));
  return { name: sheet.getAttribute("name"), rows: rows(page, about) };
}

async function xml(archive, path) {
  const text = await archive.text(path);
  return text === null ? null : new DOMParser().parseFromString(text, "application/xml");
}

const tags = (node, name) => (node ? [...node.getElementsByTagNameNS("*", name)] : []);

function targets(relations) {
  const full = (target) => (target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  return new Map(tags(relations, "Relationship").map((one) => [one.getAttribute("Id"), full(one.getAttribute("Target"))]));
}

/** A shared string may be in pieces with formats of their own; readings beside Chinese characters are no part of it. */
function strings(shared) {
  const own = (node) => node.parentNode.localName !== "rPh";
  return tags(shared, "si").map((item) => tags(item, "t").filter(own).map((piece) => piece.textContent).join(""));
}

/** The number format of each cell style: `percent`, `date` or none, with the digits after the point. */
function formats(styles) {
  const custom = new Map(tags(styles, "numFmt").map((one) => [Number(one.getAttribute("numFmtId")), one.getAttribute("formatCode")]));
  const [used] = tags(styles, "cellXfs");
  return tags(used, "xf").map((one) => kind(Number(one.getAttribute("numFmtId")), custom));
}

function kind(id, custom) {
  const code = custom.get(id) ?? "";
  const digits = code.match(/\.(0+)/)?.[1].length ?? (id === 10 ? 2 : 0);
  if (PERCENTS.has(id) || /0%/.test(code)) return { kind: "percent", digits };
  if ((id >= 14 && id <= 22) || /[ymd]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]/g, ""))) return { kind: "date" };
  return { kind: "" };
}

function rows(page, about) {
  const found = [];
  for (const row of tags(page, "row")) {
    const at = Number(row.getAttribute("r")) - 1;
    if (at < 0 || at >= MOST_ROWS) continue;
    while (found.length <= at) found.push([]);
    for (const cell of tags(row, "c")) put(found[at], cell, about);
  }
  const width = Math.max(0, ...found.map((row) => row.length));
  return found.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? { value: "" }));
}

function put(row, cell, about) {
  const letters = cell.getAttribute("r")?.match(/^[A-Z]{1,3}/)?.[0] ?? "";
  const at = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  if (at >= 0 && at < MOST_COLUMNS) row[at] = { value: shown(cell, about), formula: tags(cell, "f")[0]?.textContent };
}

function shown(cell, { strings: texts, formats: styles }) {
  const raw = tags(cell, "v")[0]?.textContent ?? "";
  const type = cell.getAttribute("t");
  if (type === "s") return texts[Number(raw)] ?? "";
  if (type === "inlineStr") return tags(cell, "t").map((piece) => piece.textContent).join("");
  if (type === "b") return raw === "1" ? "TRUE" : "FALSE";
  if (type === "str" || type === "e" || raw === "") return raw;
  return figure(Number(raw), styles[Number(cell.getAttribute("s") ?? 0)]);
}

/** Twelve digits hide what binary fractions add to a sum. */
function figure(number, style) {
  if (style?.kind === "percent") return `${(number * 100).toFixed(style.digits)}%`;
  if (style?.kind === "date") return new Date(EPOCH + number * DAY_MS).toISOString().replace("T00:00:00.000Z", "").slice(0, 16);
  return String(Number(number.toPrecision(12)));
}
