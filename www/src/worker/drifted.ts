// Looking into a drift that was found: both files are read again, by one instance.
import type { Again, Found } from "./protocol";

type Read = (offset: number, length: number) => Uint8Array;

/** What the engine does of it. */
export interface Drifted {
  look(
    read: Read,
    size: number,
    before: Read | undefined,
    beforeSize: number,
    beforeName: string,
    whole: boolean,
    tell: (bytes: number) => void,
  ): Found;
}

/** Looks, unless something has to be scanned again first. */
export function look(
  settled: { again: Again } | { again: null; drifted: Drifted },
  { file, before, whole }: { file: File; before: File | null; whole: boolean },
  reader: (file: File) => Read,
  tell: (bytes: number, rows: number) => void,
): { again: Again } | ({ again: null } & Found) {
  if (settled.again !== null) return settled;
  const told = (bytes: number) => tell(bytes, 0);
  const read = before ? reader(before) : undefined;
  const found = settled.drifted.look(reader(file), file.size, read, before?.size ?? 0, before?.name ?? "", whole, told);
  return { again: null, ...found };
}
