// What breaks the contract in a file that was reported on: every offender, the rows they stand in, and the file's rows told
// apart. The file is gone over again when somebody asks.
import type { Engine } from "./engine";
import type { Apart, Cells, Groups, Located, Offenders, Packed, Raw } from "./worker/protocol";

export type { Apart, Cells, Located, Offenders, Raw };

/** How many bytes were gone over. */
export type Told = (bytes: number) => void;

/* Rows that are remembered. */
const REMEMBERED = 4096;
/* Milliseconds that the engine of the larger build is kept after the last record. */
const KEPT = 60_000;

/** A row by the offset of one before it that is known, and how many rows are between. */
function placeOf({ index, apart }: Located, row: number): [number, number] {
  return [index?.[Math.floor((row - 1) / apart)] ?? 0, (row - 1) % apart];
}

export class Violations {
  /** The file. */
  readonly file: File;
  /** Whether rows stand in the file as records that can be read one by one, as far as that is known. */
  haveRecords = false;
  #engine: Engine;
  #settling: Packed;
  #located: Promise<Located> | null = null;
  #rows = new Map<number, Cells | null>();
  /** An engine of the build that has all. */
  #beside: Engine | null = null;
  #idle = 0;
  #wanted = new Map<number, Array<(cells: Cells | null) => void>>();

  constructor(engine: Engine, file: File, settling: Packed) {
    this.#engine = engine;
    this.file = file;
    this.#settling = settling;
  }

  /** Every offender. */
  located(told: Told): Promise<Located> {
    const { file } = this;
    this.#located ??= this.#engine.call("locate", { file, settling: this.#settling }, told);
    this.#located.then(
      ({ index }) => (this.haveRecords = index !== null),
      () => (this.#located = null),
    );
    return this.#located;
  }

  /** The file's rows told apart. */
  apart(told: Told): Promise<Apart> {
    return this.#engine.call("setApart", { file: this.file, settling: this.#settling }, told);
  }

  /** The cells of a data row (from 1) where they are known already. */
  known(row: number): Cells | null | undefined {
    return this.#rows.get(row);
  }

  /** The cells of a data row; `null` where they cannot be read. All rows that are asked for in one go are read in one go. */
  async row(row: number): Promise<Cells | null> {
    const known = this.#rows.get(row);
    if (known !== undefined) return known;
    return new Promise((resolve) => {
      if (this.#wanted.size === 0) queueMicrotask(() => void this.#read());
      const waiting = this.#wanted.get(row);
      if (waiting) waiting.push(resolve);
      else this.#wanted.set(row, [resolve]);
    });
  }

  /** The record of a data row as it stands in the file; `null` where there is none to be read. */
  async raw(row: number): Promise<Raw | null> {
    const located = await this.#located;
    if (!located?.index || row < 1) return null;
    const engine = (this.#beside ??= this.#engine.aside());
    clearTimeout(this.#idle);
    try {
      return await engine.call("raw", { file: this.file, settling: this.#settling, at: placeOf(located, row) });
    } finally {
      clearTimeout(this.#idle);
      this.#idle = window.setTimeout(() => {
        engine.end();
        this.#beside = null;
      }, KEPT);
    }
  }

  async #read() {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    const found = await this.#found(wanted.map(([row]) => row)).catch(() => wanted.map(() => null));
    wanted.forEach(([row, waiting], i) => {
      const cells = found[i] ?? null;
      this.#rows.set(row, cells);
      for (const resolve of waiting) resolve(cells);
    });
    for (const row of this.#rows.keys()) {
      if (this.#rows.size <= REMEMBERED) break;
      this.#rows.delete(row);
    }
  }

  async #found(rows: number[]): Promise<Array<Cells | null>> {
    const located = await this.#located;
    if (!located?.index) return rows.map(() => null);
    const at = rows.map((row) => placeOf(located, row));
    return this.#engine.call("rows", { file: this.file, settling: this.#settling, at });
  }
}

const decoder = new TextDecoder();

/** The text of a group. */
export function textOf(groups: Groups, at: number): string {
  const start = at === 0 ? 0 : groups.ends[at - 1]!;
  return decoder.decode(groups.texts.subarray(start, groups.ends[at]));
}

/** The value of a group of offenders; `null` is a missing cell. */
export function valueOf(offenders: Offenders, at: number): string | null {
  return at === offenders.missing ? null : textOf(offenders.values, at);
}
