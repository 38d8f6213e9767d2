/* A table deliverable: a small sheet of cells with keys, rows that come and go, and rows pasted from a spreadsheet. */

import { el, write } from "./dom.js";
import { announce, say } from "./text.js";
import { Typing } from "./typing.js";

/** Rows of a pasted text: lines and tabs, as every spreadsheet copies. */
export function pastedRows(text) {
  return text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
}

/** `rows` with `block` written from (row, column) on; grown by rows up to `most`, never by columns. */
export function withBlock(rows, block, { row, column }, most) {
  const width = rows[0].length;
  const grown = rows.map((cells) => [...cells]);
  while (grown.length < Math.min(most, row + block.length)) grown.push(new Array(width).fill(""));
  block.forEach((cells, down) => cells.forEach((cell, along) => {
    if (grown[row + down] && column + along < width) grown[row + down][column + along] = cell.trim();
  }));
  return grown;
}

export class TableWork {
  constructor({ deliverable, answers, frozen }) {
    Object.assign(this, { deliverable, answers, frozen });
    this.typing = new Typing({ begin: () => answers.editing(deliverable.id), keep: () => this.keep() });
    this.rows = this.fitted(answers.get(deliverable.id).value?.rows ?? []);
    this.body = el("tbody");
    this.add = el("button", { class: "button small", type: "button", onclick: () => this.addRow(this.rows.length) }, say("table.add"));
    this.note = el("p", { class: "small faint figures" });
    this.element = el("div", { class: "stack tight" },
      el("div", { class: "scroll" }, el("table", { class: "table sheet" }, el("thead", {}, el("tr", {},
        el("th", { class: "number", "aria-label": say("table.row") }), deliverable.columns.map((name) => el("th", { scope: "col" }, name)), el("th"))), this.body)),
      el("div", { class: "row" }, this.add, this.note));
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("paste", (event) => this.paste(event));
    this.body.addEventListener("focusout", ({ relatedTarget }) => this.body.contains(relatedTarget) || this.typing.flush());
    this.draw();
  }

  blank() {
    return new Array(this.deliverable.columns.length).fill("");
  }

  /** At least as many rows as are asked for. */
  fitted(rows) {
    const fitted = rows.map((row) => [...row]);
    while (fitted.length < Math.max(1, this.deliverable.min_rows)) fitted.push(this.blank());
    return fitted;
  }

  draw() {
    this.body.replaceChildren(...this.rows.map((cells, row) => el("tr", {}, el("th", { scope: "row", class: "number faint" }, String(row + 1)),
      cells.map((cell, column) => el("td", {}, this.cell(cell, row, column))),
      el("td", { class: "row-acts" }, el("button", { class: "switch", type: "button", title: say("table.remove"), "aria-label": say("table.remove.n", { n: row + 1 }), onclick: () => this.removeRow(row) }, "×")))));
    this.add.disabled = this.rows.length >= this.deliverable.max_rows;
    const { min_rows: min, max_rows: max } = this.deliverable;
    write(this.note, say("table.rows", { n: this.rows.length, min, max }));
  }

  cell(value, row, column) {
    return el("textarea", {
      class: "cell-input", value, rows: 1, spellcheck: false, "data-row": row, "data-column": column,
      "aria-label": `${this.deliverable.columns[column]} ${row + 1}`, oninput: ({ target }) => this.write(target, row, column),
    });
  }

  write(target, row, column) {
    if (this.frozen()) target.value = this.rows[row][column];
    this.rows[row][column] = target.value;
    this.typing.touched();
  }

  key(event) {
    const cell = event.target.closest(".cell-input");
    if (!cell || event.isComposing) return;
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    const ups = cell.selectionStart === 0 ? row - 1 : undefined;
    const downs = cell.selectionEnd === cell.value.length ? row + 1 : undefined;
    const to = { ArrowUp: ups, ArrowDown: downs, Enter: row + 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || to === this.rows.length)) this.addRow(event.ctrlKey ? row + 1 : to);
    this.focus(to, column);
  }

  focus(row, column) {
    this.body.querySelector(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  }

  addRow(at) {
    if (this.frozen() || this.rows.length >= this.deliverable.max_rows) return;
    this.rows.splice(at, 0, this.blank());
    this.redraw();
    this.focus(at, 0);
  }

  removeRow(row) {
    if (this.frozen()) return;
    this.rows.splice(row, 1);
    this.rows = this.fitted(this.rows);
    this.redraw();
    announce(say("table.removed", { n: row + 1 }));
  }

  paste(event) {
    const cell = event.target.closest(".cell-input");
    const block = pastedRows(event.clipboardData.getData("text/plain"));
    if (!cell || this.frozen() || (block.length === 1 && block[0].length === 1)) return;
    event.preventDefault();
    const at = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
    this.rows = withBlock(this.rows, block, at, this.deliverable.max_rows);
    this.redraw();
    this.focus(at.row, at.column);
  }

  redraw() {
    this.draw();
    this.typing.touched();
  }

  keep() {
    const { marked } = this.answers.get(this.deliverable.id);
    return this.answers.set(this.deliverable.id, { rows: this.rows.map((row) => [...row]) }, marked);
  }

  flush() {
    return this.typing.flush();
  }

  adopt({ value }) {
    if (this.typing.dirty || !value || JSON.stringify(this.fitted(value.rows)) === JSON.stringify(this.rows)) return;
    this.rows = this.fitted(value.rows);
    this.draw();
  }
}
