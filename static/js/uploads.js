/* One file on its way (tus 1.0.0): in pieces, gone on with after every break, its SHA-256 reckoned as it is read. */

import { HttpError, fetchGood, post } from "./http.js";
import { Sha256 } from "./sha256.js";
import { backoff } from "./socket.js";

const PIECE = 1024 * 1024;
const TUS = { "Tus-Resumable": "1.0.0" };
const URL_BASE = "/api/exam/uploads/";
const FINAL = new Set([401, 403, 404, 413, 415]);

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The SHA-256 of a file, read piece by piece; `onProgress(bytes)` after each. */
export async function hashFile(file, onProgress = () => {}) {
  const sha = new Sha256();
  for (let at = 0; at < file.size; at += PIECE) {
    sha.update(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
    onProgress(Math.min(file.size, at + PIECE));
  }
  return sha.hex();
}

export class Upload extends EventTarget {
  /** Event `change` after every step. `version` is the file object of an upload that broke off, to go on with. */
  constructor({ file, deliverable, version = null }) {
    super();
    Object.assign(this, { file, deliverable, offset: version?.received ?? 0, id: version?.id ?? null });
    Object.assign(this, { sha256: "", hashed: 0, state: "sending", error: "", stopped: false, tries: 0 });
  }

  get url() {
    return `${URL_BASE}${this.id}/`;
  }

  /** Send everything; resolves when the server has every byte and the hash is known, or it cannot be. */
  async run() {
    const hashing = hashFile(this.file, (n) => this.change({ hashed: n }));
    try {
      if (this.id === null) await this.create();
      else await this.askOffset();
      while (this.offset < this.file.size && !this.stopped) await this.piece();
      if (!this.stopped) this.change({ sha256: await hashing, state: "received" });
    } catch (error) {
      this.change({ state: "failed", error: error.code ?? "unreadable" });
    }
  }

  async create() {
    const metadata = `deliverable ${base64(this.deliverable)},name ${base64(this.file.name)}`;
    const headers = { ...TUS, "Upload-Length": String(this.file.size), "Upload-Metadata": metadata };
    const response = await this.persist(() => fetchGood(URL_BASE, { method: "POST", headers }));
    this.change({ id: Number(response.headers.get("Location").replace(/\/$/, "").split("/").pop()) });
  }

  async askOffset() {
    const response = await this.persist(() => fetchGood(this.url, { method: "HEAD", headers: TUS, cache: "no-store" }));
    this.change({ offset: Number(response.headers.get("Upload-Offset")) });
  }

  /** One piece. Whatever broke, the server is asked how far it came before going on. */
  async piece() {
    const headers = { ...TUS, "Upload-Offset": String(this.offset), "Content-Type": "application/offset+octet-stream" };
    const body = this.file.slice(this.offset, this.offset + PIECE);
    try {
      const response = await fetchGood(this.url, { method: "PATCH", headers, body });
      this.tries = 0;
      this.change({ offset: Number(response.headers.get("Upload-Offset")), state: "sending" });
    } catch (error) {
      if (!(error instanceof HttpError) || FINAL.has(error.status)) throw error;
      if (error.code !== "wrong_offset") await this.rest();
      await this.askOffset();
    }
  }

  /** Try until it works or the server says no for good. */
  async persist(step) {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        const forGood = !(error instanceof HttpError) || FINAL.has(error.status) || error.status === 409;
        if (forGood || this.stopped) throw error;
        await this.rest();
      }
    }
  }

  async rest() {
    this.change({ state: "interrupted" });
    await pause(backoff(this.tries));
    this.tries += 1;
  }

  stop() {
    this.change({ stopped: true, state: "stopped" });
  }

  /** This version counts from now on. Resolves to the server's file object; throws `HttpError`. */
  confirm() {
    return post(`${this.url}confirm/`, { sha256: this.sha256 });
  }

  change(fields) {
    Object.assign(this, fields);
    this.dispatchEvent(new Event("change"));
  }
}
