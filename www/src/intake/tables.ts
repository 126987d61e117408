// Which dropped file is another table that the contract refers to: by its name.

/** The other tables that a contract refers to where it is that of a file of this name. */
export type Ask = (contract: File, name: string) => Promise<string[]>;

const ENDINGS = /(?:\.(?:csv|tsv|tab|txt|json|jsonl|ndjson|parquet|pq|arrow|arrows|feather|ipc|gz))+$/;
const YEAR = "(?:19|20)\\d\\d";
const MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)";
const DATED = new RegExp(
  `_(?:${YEAR}(?:_?(?:q[1-4]|(?:0[1-9]|1[0-2])(?:_?(?:0[1-9]|[12]\\d|3[01]))?))?|${MONTH}(?:_?${YEAR})?)$`,
);

/** As names are compared: small, words by lines, without a schema before a dot. */
function bare(name: string): string {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return last.trim().replace(/[-\s]+/g, "_");
}

function isSame(a: string, b: string): boolean {
  const many = (word: string) => [`${word}s`, `${word}es`, word.replace(/y$/, "ies")];
  return a === b || many(a).includes(b) || many(b).includes(a);
}

/** Whether a file is called as a table: with a date behind it or not, as one or as many. */
export function isNamed(file: string, table: string): boolean {
  const stem = file
    .toLowerCase()
    .replace(ENDINGS, "")
    .replace(/\s*\(\d+\)$/, "");
  // A date may be behind a dot.
  const whole = stem.replace(/[-.\s]+/g, "_");
  const names = [bare(stem), whole, whole.replace(DATED, ""), bare(stem).replace(DATED, "")];
  return names.some((name) => name !== "" && isSame(name, bare(table.toLowerCase())));
}

/** The table that a file is, of these; one of exactly its name before all others. */
function tableOf(file: File, tables: string[]): string | undefined {
  const exact = file.name.toLowerCase().replace(ENDINGS, "");
  return tables.find((table) => table.toLowerCase() === exact) ?? tables.find((table) => isNamed(file.name, table));
}

/**
 * Which of these files are other tables of the contract's. The file that it judges is none of them: `current` where that is
 * settled, else the first that no other one refers to.
 */
export async function tablesAmong(
  contract: File,
  files: File[],
  current: File | null,
  ask: Ask,
): Promise<Map<File, string>> {
  const wanted = new Map<File, string[]>();
  for (const file of files) wanted.set(file, await ask(contract, file.name).catch(() => []));
  const refers = (from: File, to: File) => tableOf(to, wanted.get(from)!) !== undefined;
  const able = files.filter((file) => !refers(file, file));
  const first = able.find((file) => !able.some((other) => other !== file && refers(other, file)));
  const judged = current ?? first ?? able[0];
  const tables = judged ? wanted.get(judged)! : [...wanted.values()].flat();
  return new Map(
    files.flatMap((file) => {
      const table = file === judged ? undefined : tableOf(file, tables);
      return table === undefined ? [] : [[file, table] as const];
    }),
  );
}
