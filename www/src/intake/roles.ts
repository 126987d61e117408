// Which dropped file is what: the contract by its kind, the reference by its date, other tables by their names, of many files
// of one kind the newest as the one to judge; every guess can be changed by hand.
import { MARKS } from "../folder";
import { tablesAmong, type Ask } from "./tables";

/** What a file is for. */
export type Role = "current" | "reference" | "earlier" | "contract" | "other" | "marks";

/** The part a file plays. */
export interface Part {
  role: Role;
  /** What the contract calls the table of an `other`. */
  table: string | null;
}

/** A file with its part and why. */
export interface Chosen extends Part {
  file: File;
  why: string;
}

/** What tells a part from all others, but for earlier files: there may be many. */
export function keyOf({ role, table }: Part): string {
  return role === "other" ? `other ${table}` : role;
}

const HEAD = 4096;
const BY_HAND = "you chose it so";
const INCIDENT = "an incident: no other file is compared with it";

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

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The date in a file name as a number that sorts (`20250300` for March 2025), or `null`. */
export function dateInName(name: string): number | null {
  const digits = /(?<!\d)(19\d\d|20\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(0[1-9]|[12]\d|3[01]))?(?!\d)/.exec(name);
  if (digits) return Number(digits[1]) * 10_000 + Number(digits[2]) * 100 + Number(digits[3] ?? 0);
  const quarter = /(?<!\d)(19\d\d|20\d\d)[-_. ]?q([1-4])/i.exec(name);
  if (quarter) return Number(quarter[1]) * 10_000 + Number(quarter[2]) * 300;
  const word = /(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/i.exec(name);
  const year = /(?<!\d)(19\d\d|20\d\d)(?!\d)/.exec(name);
  if (word) return Number(year?.[1] ?? 0) * 10_000 + (months.indexOf(word[1]!.toLowerCase()) + 1) * 100;
  return year ? Number(year[1]) * 10_000 : null;
}

/** The older of two data files, by the dates in their names, else by when they were last changed; and why. */
function older(a: File, b: File): { first: File; why: string } {
  const [x, y] = [dateInName(a.name), dateInName(b.name)];
  if (x !== null && y !== null && x !== y) return { first: x < y ? a : b, why: "earlier date in its name" };
  return { first: a.lastModified <= b.lastModified ? a : b, why: "changed longer ago" };
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

/** Whether two files can be of one kind: half of the columns of either are in the other, as far as that can be seen. */
export async function areAlike(a: File, b: File): Promise<boolean> {
  const [x, y] = await Promise.all([namesIn(a), namesIn(b)]);
  if (x.size === 0 || y.size === 0) return x.size === y.size;
  const shared = [...x].filter((name) => y.has(name)).length;
  return 2 * shared >= Math.min(x.size, y.size);
}

/** Files by their parts; earlier files by themselves. */
class Held extends Map<string | File, Chosen> {
  constructor(files: Chosen[]) {
    super(files.map((chosen) => [chosen.role === "earlier" ? chosen.file : keyOf(chosen), chosen]));
  }

  hold(file: File, role: Role, why: string, table: string | null = null) {
    this.set(role === "earlier" ? file : keyOf({ role, table }), { file, role, table, why });
  }

  get earlier(): File[] {
    return [...this.values()].flatMap(({ file, role }) => (role === "earlier" ? [file] : []));
  }
}

/** Whether a file is called by its day. */
function hasDay({ name }: File): boolean {
  return (dateInName(name) ?? 0) % 100 > 0;
}

/** The order of a feed, the engine's: by the days in the names where all have one, else by the names. */
function inOrder(files: File[]): File[] {
  const dated = files.every(hasDay);
  const order = (a: File, b: File) => (dated ? dateInName(a.name)! - dateInName(b.name)! : 0);
  return files.toSorted((a, b) => order(a, b) || (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** Files of one kind as a feed: the newest of the data is judged, all before it say what is usual. */
function feed(held: Held, data: File[], profiles: File[]) {
  const before = ["current", "reference"].flatMap((role) => held.get(role) ?? []);
  const own = before.filter(({ role, why }) => role === "current" || why !== BY_HAND).map(({ file }) => file);
  const all = inOrder([...held.earlier, ...own, ...data, ...profiles]);
  const isProfile = (file: File) => file.name.toLowerCase().endsWith(".profile.json");
  const newest = all.findLast((file) => !isProfile(file));
  for (const { file, role } of before) if (own.includes(file)) held.delete(role);
  // A file is not usual because of those after it; one whose name says no day comes after all.
  const until = newest && hasDay(newest) ? all.indexOf(newest) : all.length;
  const after = all.length - 1 - until;
  if (newest) held.hold(newest, "current", after > 0 ? `a late file: ${after} later ${after === 1 ? "interval is" : "intervals are"} left out` : "the newest of its feed");
  for (const file of held.earlier) held.delete(file);
  for (const file of all.slice(0, until)) if (file !== newest) held.hold(file, "earlier", "earlier in its feed");
}

/** Sets other tables of the contract's apart; what of the data is left. */
async function withoutTables(held: Held, data: File[], ask: Ask): Promise<File[]> {
  const [contract, current, reference] = ["contract", "current", "reference"].map((role) => held.get(role));
  if (!contract) return data;
  const before = reference && (await kindOf(reference.file)) === "data" ? [reference.file] : [];
  const files = [...(current ? [current.file] : []), ...data, ...before];
  const judged = current?.why === BY_HAND ? current.file : null;
  const found = await tablesAmong(contract.file, files, judged, ask);
  for (const [file, table] of found) {
    const from = [current, reference].find((chosen) => chosen?.file === file);
    if (from?.why === BY_HAND) continue;
    const rival = held.get(keyOf({ role: "other", table }));
    if (rival && found.has(rival.file) && older(rival.file, file).first === file) continue;
    if (from) held.delete(from.role);
    held.hold(file, "other", `the contract refers to "${table}"`, table);
  }
  const left = data.filter((file) => !found.has(file));
  const [rest] = before.filter((file) => !found.has(file));
  // Of two tables that were taken for one, the older may be the one to judge.
  if (rest && current && found.has(current.file) && left.length === 0 && held.delete("reference"))
    held.hold(rest, "current", "the file to judge");
  return left;
}

/** The parts of all files together: those already chosen by hand keep theirs as far as that makes sense. */
export async function assign(before: Chosen[], added: File[], wanted: Part | null, ask: Ask): Promise<Chosen[]> {
  const held = new Held(before);
  const dropped: File[] = [];
  const profiles: File[] = [];
  const kinds = await Promise.all(added.map(kindOf));
  const isFolder = kinds.includes("profile") || (await Promise.all(held.earlier.map(kindOf))).includes("profile");
  for (const [i, file] of added.entries()) {
    const kind = kinds[i]!;
    // Not a table: as one it could even be taken for the newest of its feed. A damaged one is known by its name.
    if (kind === "marks" || (isFolder && file.name === MARKS)) {
      held.hold(file, "marks", "what was said of the files before");
      continue;
    }
    if (wanted !== null && added.length === 1 && !(wanted.role === "current" && kind === "contract"))
      held.hold(file, wanted.role, BY_HAND, wanted.table);
    else if (kind === "contract") held.hold(file, "contract", "it is a data contract");
    else if (kind === "profile") profiles.push(file);
    else dropped.push(file);
  }
  if (profiles.length === 1 && held.earlier.length === 0 && !held.has("marks"))
    held.hold(profiles.pop()!, "reference", "it is a saved profile");
  const data = await withoutTables(held, dropped, ask);
  if (data.length > 0 && held.get("current")?.why === INCIDENT) held.delete("current");
  const current = held.get("current")?.file;
  if (data.length > 2 || profiles.length > 0 || (held.earlier.length > 0 && data.length > 0)) {
    feed(held, data, profiles);
    return [...held.values()];
  }
  let pair = data.length >= 2 ? data.slice(-2) : data.length === 1 && current ? [current, data[0]!] : data;
  if (data.length === 1 && current && !(await areAlike(current, data[0]!))) {
    // Another table altogether: what the one before was compared with says nothing about it.
    pair = data;
    held.delete("reference");
  }
  if (pair.length === 2) {
    const { first, why } = older(pair[0]!, pair[1]!);
    const second = first === pair[0] ? pair[1]! : pair[0]!;
    held.hold(second, "current", "the newer of two");
    held.hold(first, "reference", why);
  } else if (pair.length === 1) {
    held.hold(pair[0]!, "current", "the file to judge");
  }
  return [...held.values()];
}

/** The files when the current one is accepted as what is usual: the next is compared with it, and with nothing before it. */
export function accepted(files: Chosen[]): Chosen[] {
  const left = files.filter(({ role }) => !["reference", "earlier", "marks"].includes(role));
  return left.map((chosen) => (chosen.role === "current" ? { ...chosen, role: "reference", why: BY_HAND } : chosen));
}

/** The files with this file of marks. */
export function withMarks(files: Chosen[], file: File | null): Chosen[] {
  const others = files.filter(({ role }) => role !== "marks");
  return file ? [...others, { file, role: "marks", table: null, why: "what was said here" }] : others;
}

/** The files when the current one is an incident: what comes next is not compared with it. */
export function incidental(files: Chosen[]): Chosen[] {
  return files.map((chosen) => (chosen.role === "current" ? { ...chosen, why: INCIDENT } : chosen));
}

/** The files with the part of one changed; whoever held that part takes the other's. */
export function reassign(files: Chosen[], file: File, { role, table }: Part): Chosen[] {
  const from = files.find((chosen) => chosen.file === file);
  const key = keyOf({ role, table });
  return files.map((chosen) => {
    if (chosen.file === file) return { file, role, table, why: BY_HAND };
    return keyOf(chosen) === key && from ? { ...chosen, role: from.role, table: from.table, why: "swapped" } : chosen;
  });
}
