/* SHA-256 in pieces (FIPS 180-4), in plain JavaScript: a venue's LAN without TLS has no SubtleCrypto. */

const K = constants(64, 1 / 3);
const START = constants(8, 1 / 2);

/** The first 32 bits of the fractional parts of the first `count` primes' roots, as the standard derives them. */
function constants(count, power) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    if (isPrime(n)) found.push(((n ** power % 1) * 2 ** 32) >>> 0);
  }
  return new Uint32Array(found);
}

function isPrime(n) {
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
  return true;
}

const turn = (x, n) => (x >>> n) | (x << (32 - n));

export class Sha256 {
  constructor() {
    this.hash = new Uint32Array(START);
    this.words = new Uint32Array(64);
    this.block = new Uint8Array(64);
    this.filled = 0;
    this.length = 0;
  }

  /** Take in more bytes (Uint8Array). */
  update(bytes) {
    this.length += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      if (this.filled === 0 && bytes.length - at >= 64) {
        this.compress(bytes, at);
        at += 64;
      } else {
        at += this.fill(bytes, at);
      }
    }
    return this;
  }

  fill(bytes, at) {
    const taken = Math.min(64 - this.filled, bytes.length - at);
    this.block.set(bytes.subarray(at, at + taken), this.filled);
    this.filled += taken;
    if (this.filled === 64) {
      this.compress(this.block, 0);
      this.filled = 0;
    }
    return taken;
  }

  compress(bytes, at) {
    const w = this.words;
    for (let i = 0, j = at; i < 16; i += 1, j += 4) {
      w[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
    }
    for (let i = 16; i < 64; i += 1) {
      const x = w[i - 15];
      const y = w[i - 2];
      w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    this.rounds(w);
  }

  rounds(w) {
    let [a, b, c, d, e, f, g, h] = this.hash;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0;
      d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { this.hash[i] += value; });
  }

  /** The digest as 64 hexadecimal digits; nothing may be taken in after it. */
  hex() {
    const bits = this.length * 8;
    this.update(new Uint8Array([0x80]));
    this.update(new Uint8Array((120 - this.filled) % 64));
    const tail = new DataView(new ArrayBuffer(8));
    tail.setUint32(0, Math.floor(bits / 2 ** 32));
    tail.setUint32(4, bits >>> 0);
    this.update(new Uint8Array(tail.buffer));
    return Array.from(this.hash, (word) => word.toString(16).padStart(8, "0")).join("");
  }
}
