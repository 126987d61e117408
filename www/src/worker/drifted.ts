// Looking into a drift that was found: both files are read again, by one instance.
import type { Again, Found } from "./protocol";

type Read = (offset: number, length: number) => Uint8Array;

/** What the engine does of it. */
export interface Drifted {
  against(read: Read, size: number, name: string): void;
  look(read: Read, size: number, whole: boolean, tell: (bytes: number) => void): Found;
}

/** Looks, unless something has to be scanned again first. */
export function look(
  settled: { again: Again } | { again: null; drifted: Drifted },
  { file, before, whole }: { file: File; before: File | null; whole: boolean },
  reader: (file: File) => Read,
  tell: (bytes: number, rows: number) => void,
): { again: Again } | ({ again: null } & Found) {
  if (settled.again !== null) return settled;
  const { drifted } = settled;
  if (before) drifted.against(reader(before), before.size, before.name);
  return { again: null, ...drifted.look(reader(file), file.size, whole, (bytes) => tell(bytes, 0)) };
}
