// Going over a file again after its report: every cell that breaks the contract, and the rows that are set apart for it.
import { units } from "./units";
import type { Apart, Located, Offenders } from "./protocol";

/** What the engine does of it. */
export interface Locating<Scan> {
  scan(): Scan | undefined;
  scanned(scan: Scan): Uint8Array | undefined;
  cut(): number | undefined;
  supply(bytes: Uint8Array): boolean;
  chunks(): [Chunk[], Chunk[]];
  readonly isColumnar: boolean;
  write(read: Read, size: number, sink: (to: number, bytes: Uint8Array) => void): void;
  ledger(): Apart["ledger"];
  finish(): { rules: Offenders[]; index: Float64Array | null; apart: number };
  free(): void;
}
type Chunk = Uint8Array | [number, number];
type Read = (offset: number, length: number) => Uint8Array;

/* Bytes that are handed to the browser at once. */
const AT_ONCE = 16 << 20;

/** A file that is made of parts of another and of bytes. The browser holds on to what it was handed, on disk where it is much. */
class Made {
  #parts: Blob[] = [];
  #next: BlobPart[] = [];
  #bytes = 0;

  add(part: BlobPart, bytes: number) {
    this.#next.push(part);
    this.#bytes += bytes;
    if (this.#bytes < AT_ONCE) return;
    this.#parts.push(new Blob(this.#next));
    this.#next = [];
    this.#bytes = 0;
  }

  get blob(): Blob {
    return new Blob([...this.#parts, ...this.#next]);
  }
}

/** Goes over the file; `feed` scans a part, `cut` is told of what each piece of it became. */
async function over<Scan>(
  file: File,
  locating: Locating<Scan>,
  feed: (scan: Scan) => Promise<void>,
  lines: (bytes: Uint8Array) => void,
  chunks: () => void,
) {
  for (let scan; (scan = locating.scan()); ) {
    await feed(scan);
    const told = locating.scanned(scan);
    if (told === undefined) continue;
    lines(told);
    const from = locating.cut();
    if (from === undefined) continue;
    for await (const bytes of units(file, from)) {
      const more = locating.supply(bytes);
      chunks();
      if (!more) break;
    }
  }
}

/** Sets the rows apart that break the contract. */
export async function setApart<Scan>(
  file: File,
  locating: Locating<Scan>,
  feed: (scan: Scan) => Promise<void>,
  read: Read,
): Promise<Apart> {
  const made = [new Made(), new Made()];
  const table = new Made();
  await over(
    file,
    locating,
    feed,
    (bytes) => table.add(bytes as BlobPart, bytes.length),
    () =>
      locating.chunks().forEach((chunks, to) => {
        for (const chunk of chunks)
          if (chunk instanceof Uint8Array) made[to]!.add(chunk as BlobPart, chunk.length);
          else made[to]!.add(file.slice(...chunk), 0);
      }),
  );
  if (locating.isColumnar) locating.write(read, file.size, (to, bytes) => made[to]!.add(bytes as BlobPart, bytes.length));
  return { clean: made[0]!.blob, quarantined: made[1]!.blob, violations: table.blob, ledger: locating.ledger() };
}

/** Locates every cell that breaks the contract. */
export async function locate<Scan>(
  file: File,
  locating: Locating<Scan>,
  feed: (scan: Scan) => Promise<void>,
  send: (rules: Array<Offenders | null>, buffers: ArrayBuffer[]) => void,
): Promise<Located> {
  await over(file, locating, feed, () => {}, () => {});
  const { rules, index, apart } = locating.finish();
  for (let at = 0; at < rules.length; at += 64) {
    const part = rules.slice(at, at + 64).map((rule) => (rule.count > 0 ? rule : null));
    send(part, part.flatMap((rule) => (rule ? arrays(rule) : [])));
  }
  return { document: {}, index, apart };
}

function arrays({ rows, lines, bytes, of, shaped, values, shapes }: Offenders): ArrayBuffer[] {
  const groups = [values, shapes].flatMap(({ texts, ends, counts }) => [texts, ends, counts]);
  return [rows, lines, bytes, of, shaped, ...groups].map((array) => array.buffer as ArrayBuffer);
}
