// Asking once before an official act: what it does in plain words, what has to be given, and the error where it happened.

import { h } from "./dom.js";
import { t } from "./words.js";

/**
 * `question`: `{title, lines, fields, confirm, tone, run}`. `lines` are paragraphs or elements; `fields` come from the makers
 * below; `plain` leaves out the way back, where there is nothing to go back from; `wide` is for what needs two columns; `run(values)` does the act and gives null, or the text of what went wrong, which is then shown in the dialog.
 */
export function askOnce(question) {
  const problem = h("p", { class: "act-error", role: "alert", hidden: true });
  const fields = question.fields ?? [];
  const confirm = h("button", { class: `button ${question.tone ?? "primary"}`, value: "yes" }, question.confirm);
  const cancel = h("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("dialog.cancel"));
  const lines = (question.lines ?? []).map((line) => (typeof line === "string" ? h("p", {}, line) : line));
  const form = h("form", { method: "dialog", onsubmit: (event) => submit(event, { question, fields, problem, confirm, dialog }) },
    h("header", {}, h("h2", {}, question.title)),
    h("div", { class: "body stack" }, lines, fields.map((field) => field.element), problem),
    h("footer", {}, question.plain ? null : cancel, confirm));
  const dialog = h("dialog", { class: question.wide ? "ask wide" : "ask", "aria-label": question.title, onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
  (form.querySelector("[data-first]") ?? confirm).focus();
}

async function submit(event, { question, fields, problem, confirm, dialog }) {
  event.preventDefault();
  const values = Object.fromEntries(fields.map((field) => [field.name, field.value()]));
  const missing = fields.find((field) => !field.valid());
  if (missing) return tell(problem, missing.missing);
  confirm.disabled = true;
  const wrong = await question.run(values);
  confirm.disabled = false;
  return wrong ? tell(problem, wrong) : dialog.close();
}

function tell(problem, text) {
  problem.textContent = text;
  problem.hidden = false;
}

/** A text that must be given, unless `optional`. */
export function textField(name, label, { optional = false, first = false, value = "" } = {}) {
  const input = h("textarea", { name, rows: "2", maxlength: "200", "data-first": first });
  input.value = value;
  return {
    name, missing: t("dialog.text_missing", { label }),
    element: h("label", { class: "field" }, h("span", { class: "label" }, label), input),
    value: () => input.value.trim(),
    valid: () => optional || input.value.trim().length > 0,
  };
}

/** A whole number between two bounds. */
export function numberField(name, label, { min, max, value }) {
  const input = h("input", { type: "number", name, min, max, value, inputmode: "numeric", "data-first": true });
  return {
    name, missing: t("dialog.number_missing", { label, min, max }),
    element: h("label", { class: "field field-short" }, h("span", { class: "label" }, label), input),
    value: () => input.valueAsNumber,
    valid: () => Number.isInteger(input.valueAsNumber) && input.valueAsNumber >= min && input.valueAsNumber <= max,
  };
}

/** One of several: `options` are `{value, label, detail, more}`, those with `more` folded away; the digit keys choose too. */
export function choiceField(name, label, { options, value = null, onchange = () => {} }) {
  const rows = options.map((option, index) => choiceRow({ name, option, index, value, onchange }));
  const chosen = () => rows.map((row) => row.querySelector("input")).find((input) => input.checked);
  const more = rows.filter((row, index) => options[index].more);
  const element = h("fieldset", { class: "field choices", onkeydown: (event) => pickByDigit(event, rows) }, h("legend", {}, label),
    rows.filter((row) => !more.includes(row)), more.length ? h("details", {}, h("summary", {}, t("dialog.more")), more) : null);
  return {
    name, element, missing: t("dialog.choice_missing", { label }),
    value: () => chosen()?.value ?? null,
    valid: () => Boolean(chosen()),
  };
}

function choiceRow({ name, option, index, value, onchange }) {
  const first = value ? option.value === value : index === 0;
  const input = h("input", { type: "radio", name, value: option.value, checked: option.value === value, "data-first": first, onchange: () => onchange(option.value) });
  return h("label", { class: "choice" }, input, h("b", {}, option.label), h("span", {}, option.detail ?? ""), index < 9 ? h("kbd", { "aria-hidden": "true" }, String(index + 1)) : null);
}

function pickByDigit(event, rows) {
  const input = /^[1-9]$/.test(event.key) ? rows[Number(event.key) - 1]?.querySelector("input") : null;
  if (!input) return;
  input.checked = true;
  input.focus();
  input.dispatchEvent(new Event("change"));
}
