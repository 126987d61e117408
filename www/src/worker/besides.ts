// What is asked on a file besides its report: both files are read again, by one instance.
import type { LikeColumn } from "../report";
import type { Again, Ask, Compared, Told, Word } from "./protocol";

type Read = (offset: number, length: number) => Uint8Array;

/** What the engine does of it. */
export interface Besides {
  against(read: Read, size: number): void;
  performance(read: Read, size: number, asked: Ask): Told;
  compared(read: Read, size: number, asked: Word): Compared;
}

/** What the page shows of a word: all of it is in the JSON, and would keep the page busy unpacking it. */
function shown({ document, json }: Compared): Compared {
  const { like, multivariate } = document;
  const findings = document.findings.filter(({ column }) => column === null);
  if (!like) return { document: { ...(multivariate && { multivariate }), findings }, json };
  const bare = (column: LikeColumn) => ({ ...column, methods: column.methods.map((method) => ({ ...method, chunks: [] })) });
  return { document: { like: { ...like, columns: like.columns.map(bare), ranking: [] }, findings }, json };
}

/** Answers, unless something has to be scanned again first. */
export function answer(
  settled: { again: Again } | { again: null; besides: Besides },
  { file, before, ask }: { file: File; before: File | null; ask: Ask | Word },
  reader: (file: File) => Read,
): { again: Again } | ({ again: null } & (Told | Compared)) {
  if (settled.again !== null) return settled;
  const { besides } = settled;
  if (before) besides.against(reader(before), before.size);
  const read = reader(file);
  return {
    again: null,
    ...(typeof ask === "string" ? shown(besides.compared(read, file.size, ask)) : besides.performance(read, file.size, ask)),
  };
}
