// What the benchmark's tables are made with: seeded random numbers, and CSV cells written as bytes. Integer arithmetic and
// the four operations of doubles only, so that a seed gives the same bytes on every machine.

import { closeSync, openSync, renameSync, writeSync } from "node:fs";

const encoder = new TextEncoder();

/** A cell that is written again and again. */
export const word = (text) => encoder.encode(text);

/** The generator sfc32. */
export class Random {
  #state = new Int32Array(4);

  constructor(seed) {
    this.#state.set([seed, 0x9e3779b9, 0x243f6a88, 1]);
    for (let i = 0; i < 16; i++) this.bits();
  }

  /** 32 bits, signed. */
  bits() {
    const s = this.#state;
    const next = (((s[0] + s[1]) | 0) + s[3]) | 0;
    s[3] = (s[3] + 1) | 0;
    s[0] = s[1] ^ (s[1] >>> 9);
    s[1] = (s[2] + (s[2] << 3)) | 0;
    s[2] = (((s[2] << 21) | (s[2] >>> 11)) + next) | 0;
    return next;
  }

  /** In [0, 1). */
  unit() {
    return (this.bits() >>> 0) / 4294967296;
  }

  /** An integer in [0, n). */
  below(n) {
    return Math.floor(this.unit() * n);
  }

  /** An integer in [0, n), small ones far more often: density falls as the inverse of a power. */
  skewed(n) {
    const u = this.unit();
    return Math.floor(u * u * u * n);
  }

  /** True once in `n`. */
  once(n) {
    return this.bits() >>> 0 < 4294967296 / n;
  }

  /** About normal, mean 0 and deviation 1. */
  normal() {
    return (this.unit() + this.unit() + this.unit() + this.unit() - 2) * 1.7320508075688772;
  }

  /** One of them. */
  of(list) {
    return list[this.below(list.length)];
  }
}

/** Appends cells to a file that takes its name only when it is whole. */
export class Writer {
  #path;
  #file;
  #bytes = new Uint8Array(8 << 20);
  #at = 0;
  #digits = new Uint8Array(20);
  #first = true;
  #row = 0;
  #cells = [];

  constructor(path) {
    this.#path = path;
    this.#file = openSync(`${path}.part`, "w");
  }

  /** A cell of these bytes. */
  bytes(cell) {
    this.next();
    this.append(cell);
  }

  /** Begins a cell. */
  next() {
    if (!this.#first) this.byte(44);
    this.#first = false;
    this.#cells.push(this.#at);
  }

  /** The cells of the row so far, as they stand in the file. */
  cells() {
    const bytes = Buffer.from(this.#bytes.buffer);
    const end = (i) => (i + 1 < this.#cells.length ? this.#cells[i + 1] - 1 : this.#at);
    return this.#cells.map((from, i) => bytes.toString("utf8", from, end(i)));
  }

  /** Puts other cells in place of those of the row so far. */
  rewrite(cells) {
    this.#at = this.#row;
    this.#first = true;
    this.#cells = [];
    for (const cell of cells) this.bytes(word(cell));
  }

  /** Continues a cell. */
  append(bytes) {
    const to = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < bytes.length; i++) to[at++] = bytes[i];
    this.#at = at;
  }

  /** Continues a cell by one byte. */
  byte(value) {
    this.#bytes[this.#at++] = value;
  }

  /** Continues a cell by an integer of at least `width` digits. */
  integer(value, width = 1) {
    if (value < 0) this.byte(45);
    let rest = Math.abs(value);
    let n = 0;
    do {
      const tens = Math.floor(rest / 10);
      this.#digits[n++] = 48 + rest - tens * 10;
      rest = tens;
    } while (rest > 0 || n < width);
    while (n > 0) this.byte(this.#digits[--n]);
  }

  /** Continues a cell by `value / 10 ** places`. */
  decimal(value, places) {
    const scale = 10 ** places;
    if (value < 0) this.byte(45);
    const whole = Math.floor(Math.abs(value) / scale);
    this.integer(whole);
    this.byte(46);
    this.integer(Math.abs(value) - whole * scale, places);
  }

  /** Continues a cell by a date, as days since 1970-01-01. */
  date(days) {
    const z = days + 719468;
    const era = Math.floor(z / 146097);
    const day = z - era * 146097;
    const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36524) - Math.floor(day / 146096)) / 365);
    const of = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const m = Math.floor((5 * of + 2) / 153);
    this.integer(year + era * 400 + (m < 10 ? 0 : 1), 4);
    this.byte(45);
    this.integer(m < 10 ? m + 3 : m - 9, 2);
    this.byte(45);
    this.integer(of - Math.floor((153 * m + 2) / 5) + 1, 2);
  }

  /** Ends the row. */
  end() {
    this.byte(10);
    this.#first = true;
    if (this.#at > 7 << 20) this.#flush();
    this.#row = this.#at;
    this.#cells = [];
  }

  /** Ends the file. */
  close() {
    this.#flush();
    closeSync(this.#file);
    renameSync(`${this.#path}.part`, this.#path);
  }

  #flush() {
    let from = 0;
    while (from < this.#at) from += writeSync(this.#file, this.#bytes, from, this.#at - from);
    this.#at = 0;
  }
}
