/* Reads a ZIP archive by its central directory; what it unpacks is limited, so that a small file cannot fill the memory. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const MOST_BYTES = 40 * 1024 * 1024;

/** Entries by name; `text(name)` unpacks one as UTF-8, null when there is none. Throws on what is no archive. */
export class Archive {
  constructor(buffer) {
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.entries = new Map(this.#directory());
  }

  async text(name) {
    const entry = this.entries.get(name);
    if (!entry) return null;
    const start = entry.at + 30 + this.view.getUint16(entry.at + 26, true) + this.view.getUint16(entry.at + 28, true);
    const packed = this.bytes.subarray(start, start + entry.size);
    if (entry.method === 0) return new TextDecoder().decode(packed);
    if (entry.method !== 8) throw new Error(`method ${entry.method}`);
    return inflate(packed);
  }

  *#directory() {
    let at = this.#end();
    let left = this.view.getUint16(at + 10, true);
    at = this.view.getUint32(at + 16, true);
    for (; left > 0; left -= 1) {
      if (this.view.getUint32(at, true) !== ENTRY) throw new Error("no entry");
      const [name, extra, comment] = [28, 30, 32].map((offset) => this.view.getUint16(at + offset, true));
      const text = new TextDecoder().decode(this.bytes.subarray(at + 46, at + 46 + name));
      yield [text, { method: this.view.getUint16(at + 10, true), size: this.view.getUint32(at + 20, true), at: this.view.getUint32(at + 42, true) }];
      at += 46 + name + extra + comment;
    }
  }

  #end() {
    for (let at = this.bytes.length - 22; at >= Math.max(0, this.bytes.length - 66000); at -= 1) {
      if (this.view.getUint32(at, true) === END) return at;
    }
    throw new Error("no archive");
  }
}

async function inflate(packed) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let total = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    total += value.length;
    if (total > MOST_BYTES) throw new Error("too large");
    text += decoder.decode(value, { stream: true });
  }
}
