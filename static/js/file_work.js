/* A file deliverable: choose or drop, watch it go, see its hash, confirm it; every version stays, the last confirmed one counts. */

import { el, write } from "./dom.js";
import { announce, bytes, clockTime, say } from "./text.js";
import { Upload } from "./uploads.js";

/** Why a file cannot be taken, before a byte is sent: `forbidden_type`, `too_large`, `empty_file`; empty when it can. */
export function fileFault(file, { accept, max_bytes: most }) {
  const name = file.name.toLowerCase();
  if (!accept.some((ending) => name.endsWith(ending.toLowerCase()))) return "forbidden_type";
  if (file.size > most) return "too_large";
  return file.size === 0 ? "empty_file" : "";
}

export class FileWork {
  constructor({ deliverable, frozen, files, onChange }) {
    Object.assign(this, { deliverable, frozen, versions: [...files], onChange, upload: null });
    this.input = el("input", { type: "file", class: "sr-only", id: `file-${deliverable.id}`, onchange: () => this.chosen(this.input.files) });
    this.input.accept = deliverable.accept.join(",");
    this.zone = el("label", { class: "drop", for: this.input.id }, el("span", { class: "button small" }, say("file.choose")),
      el("span", { class: "small faint" }, say("file.limits", { accept: deliverable.accept.join(" "), most: bytes(deliverable.max_bytes) })));
    this.fault = el("p", { class: "shape attention", role: "alert", hidden: true });
    this.now = el("div", { class: "upload-now" });
    this.list = el("div");
    this.element = el("div", { class: "stack tight" }, this.input, this.zone, this.fault, this.now, this.list);
    this.zone.addEventListener("dragover", (event) => event.preventDefault());
    this.zone.addEventListener("drop", (event) => this.dropped(event));
    this.draw();
  }

  /** Whether a confirmed version counts. */
  get counts() {
    return this.versions.some((version) => version.counts);
  }

  /** Whether a file was sent, wholly, and not confirmed, after the one that counts. */
  get unconfirmed() {
    return this.upload?.state === "received" || this.versions.at(-1)?.state === "RECEIVED";
  }

  dropped(event) {
    event.preventDefault();
    this.chosen(event.dataTransfer.files);
  }

  chosen([file]) {
    this.input.value = "";
    if (!file || this.frozen()) return;
    const fault = fileFault(file, this.deliverable);
    this.complain(fault);
    if (fault) return;
    this.upload?.stop();
    const version = this.broken(file);
    this.upload = new Upload({ file, deliverable: this.deliverable.id, version });
    this.upload.addEventListener("change", () => this.drawUpload());
    this.drawUpload();
    this.upload.run();
  }

  /** An upload of the same file that broke off earlier, to go on with. */
  broken(file) {
    const same = this.upload?.id && this.upload.file.name === file.name && this.upload.file.size === file.size;
    if (same) return { id: this.upload.id, received: this.upload.offset };
    return this.versions.find((one) => one.state !== "CONFIRMED" && one.name === file.name && one.size === file.size) ?? null;
  }

  complain(fault) {
    this.fault.hidden = !fault;
    if (fault) write(this.fault, say(`file.${fault}`, { accept: this.deliverable.accept.join(" "), most: bytes(this.deliverable.max_bytes) }));
  }

  drawUpload() {
    const { upload } = this;
    if (!upload) return this.now.replaceChildren();
    this.parts ??= this.uploadParts();
    if (!this.parts.box.isConnected) this.now.replaceChildren(this.parts.box);
    const { file, offset, state } = upload;
    write(this.parts.name, file.name);
    write(this.parts.size, `${bytes(offset)} / ${bytes(file.size)}`);
    this.parts.bar.value = file.size ? offset / file.size : 0;
    write(this.parts.state, state === "failed" ? say(`file.${this.known(upload.error)}`, this.words()) : say(`upload.${state}`));
    this.parts.state.className = `shape small ${{ received: "attention", failed: "attention", interrupted: "technical" }[state] ?? ""}`;
    write(this.parts.hash, upload.sha256 ? `SHA-256 ${upload.sha256}` : "");
    this.parts.confirm.hidden = state !== "received";
    this.onChange();
    return undefined;
  }

  known(code) {
    return ["too_large", "forbidden_type", "not_open", "offline", "hash_differs", "incomplete"].includes(code) ? code : "failed";
  }

  words() {
    return { accept: this.deliverable.accept.join(" "), most: bytes(this.deliverable.max_bytes) };
  }

  uploadParts() {
    const name = el("b", { class: "cut" });
    const size = el("span", { class: "figures small faint push" });
    const bar = el("progress", { max: 1, value: 0 });
    const state = el("span", { role: "status" });
    const hash = el("p", { class: "mono faint" });
    const confirm = el("button", { class: "button primary", type: "button", onclick: () => this.confirm() }, say("upload.confirm"));
    const box = el("div", { class: "upload card tight stack tight" }, el("div", { class: "row" }, name, size), bar, hash, el("div", { class: "split" }, state, confirm));
    return { box, name, size, bar, state, hash, confirm };
  }

  async confirm() {
    this.parts.confirm.disabled = true;
    try {
      this.accept(await this.upload.confirm());
    } catch (error) {
      this.complain(this.known(error.code));
    } finally {
      this.parts.confirm.disabled = false;
    }
  }

  /** The server's word on the version: it counts now, and those before it no longer. */
  accept(file) {
    const others = this.versions.filter((one) => one.id !== file.id).map((one) => ({ ...one, counts: false }));
    this.versions = [...others, file].sort((a, b) => a.version - b.version);
    this.upload = null;
    this.complain("");
    this.drawUpload();
    this.draw();
    announce(say("upload.counts", { version: file.version }));
    this.onChange();
  }

  draw() {
    if (!this.versions.length) return this.list.replaceChildren(el("p", { class: "small faint" }, say("file.none")));
    return this.list.replaceChildren(el("table", { class: "table" },
      el("thead", {}, el("tr", {}, ["version", "name", "size", "hash", "state"].map((column) => el("th", { scope: "col" }, say(`file.column.${column}`))))),
      el("tbody", {}, this.versions.map((version) => this.row(version)).reverse())));
  }

  row(version) {
    const state = version.counts ? el("span", { class: "badge ok" }, say("file.state.counts"))
      : el("span", { class: "small faint" }, say(`file.state.${version.state}`));
    const when = version.confirmed_at ? el("span", { class: "small faint figures" }, ` ${clockTime(version.confirmed_at)}`) : "";
    return el("tr", {}, el("td", { class: "figures" }, String(version.version)), el("td", {}, version.name),
      el("td", { class: "figures keep" }, bytes(version.size)), el("td", { class: "mono", title: version.sha256 }, version.sha256 ? `${version.sha256.slice(0, 16)}…` : "–"),
      el("td", {}, state, when));
  }
}
