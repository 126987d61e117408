// What a file is, as its name and its first bytes show it, and whether two can be of one kind.

const HEAD = 4096;

/* ODCS, suites of Great Expectations, JSON Schemas, Table Schemas. */
const CONTRACTS = [
  /"kind"\s*:\s*"DataContract"/,
  /"expectations"\s*:\s*\[\s*(?:\]|\{\s*"(?:expectation_)?(?:type|id|kwargs|meta|notes|severity)")/,
  /"\$schema"\s*:\s*"[^"]*json-schema/,
  /"(?:fields|resources)"\s*:\s*\[\s*\{\s*"(?:name|type|path|title|profile|schema)"/,
];

/** What a file looks like, from its name and its first bytes; `marks` are those that a folder of profiles keeps beside them. */
export async function kindOf(file: File): Promise<"contract" | "profile" | "marks" | "data"> {
  const name = file.name.toLowerCase();
  if (/\.ya?ml$/.test(name) || /\.odcs(\.|$)/.test(name)) return "contract";
  if (name.endsWith(".profile.json")) return "profile";
  if (!name.endsWith(".json")) return "data";
  const head = await file
    .slice(0, HEAD)
    .text()
    .catch(() => "");
  if (/^\s*\{\s*"driftline_profile"/.test(head)) return "profile";
  if (/^\s*\{\s*"driftline_history"/.test(head)) return "marks";
  return /^\s*\{/.test(head) && CONTRACTS.some((signs) => signs.test(head)) ? "contract" : "data";
}

/** The names of the columns, as the head of a text file shows them; empty where it does not. */
async function namesIn(file: File): Promise<Set<string>> {
  const text = await file
    .slice(0, HEAD)
    .text()
    .catch(() => "");
  if (/^\s*[[{]/.test(text)) return new Set([...text.matchAll(/"([^"\\]+)"\s*:/g)].map((match) => match[1]!));
  // A control character: not text.
  if (/[\0-\x08]/.test(text)) return new Set();
  const header = /^\ufeff?([^\r\n]*)/.exec(text)?.[1] ?? "";
  return new Set(header.split(/[,;\t|]/).map((name) => name.replace(/^"|"$/g, "")));
}

/** Whether half of the columns of the one with fewer are in the other. */
function overlap(x: Set<string>, y: Set<string>): boolean {
  return 2 * [...x].filter((name) => y.has(name)).length >= Math.min(x.size, y.size);
}

/** Whether two files can be of one kind: half of the columns of either are in the other, as far as that can be seen. */
export async function areAlike(a: File, b: File): Promise<boolean> {
  const [x, y] = await Promise.all([namesIn(a), namesIn(b)]);
  return x.size === 0 || y.size === 0 ? x.size === y.size : overlap(x, y);
}

/** Whether two files are seen to be of two tables. */
export async function areApart(a: File, b: File): Promise<boolean> {
  const [x, y] = await Promise.all([namesIn(a), namesIn(b)]);
  return x.size > 0 && y.size > 0 && !overlap(x, y);
}
