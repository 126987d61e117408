// What the names of files say: their dates, which of them are of one feed, and which is what the others are held against.

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = /(?<![a-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])/gi;
/* A date with its year is no less. */
const FIRST_YEAR = 10_000;
const BEFORE = /(?<![a-z])(ref|reference|baseline|base|train|training)(?![a-z])/i;
const NOW = /(?<![a-z])(today|current|cur|latest|newest|now|new)(?![a-z])/i;

/** The date in a file name as a number that sorts (`20250300` for March 2025), or `null`. */
export function dateInName(name: string): number | null {
  const digits = /(?<!\d)(19\d\d|20\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(0[1-9]|[12]\d|3[01]))?(?!\d)/.exec(name);
  if (digits) return Number(digits[1]) * 10_000 + Number(digits[2]) * 100 + Number(digits[3] ?? 0);
  const quarter = /(?<!\d)(19\d\d|20\d\d)[-_. ]?q([1-4])/i.exec(name);
  if (quarter) return Number(quarter[1]) * 10_000 + Number(quarter[2]) * 300;
  const word = name.match(MONTH)?.[0].slice(0, 3).toLowerCase();
  const year = /(?<!\d)(19\d\d|20\d\d)(?!\d)/.exec(name);
  if (word) return Number(year?.[1] ?? 0) * 10_000 + (months.indexOf(word) + 1) * 100;
  return year ? Number(year[1]) * 10_000 : null;
}

/** Whether a file's name has a date with its year. */
export function isDated({ name }: File): boolean {
  return (dateInName(name) ?? 0) >= FIRST_YEAR;
}

/** Whether a file is called by its day. */
export function hasDay({ name }: File): boolean {
  return isDated({ name } as File) && dateInName(name)! % 100 > 0;
}

/** What the names of the files of a feed share: the name without its numbers and its ending. */
function stemOf({ name }: File): string {
  return name
    .toLowerCase()
    .replace(/(\.[a-z][a-z0-9]*)+$/, "")
    .replace(MONTH, "#")
    .replace(/\d+/g, "#")
    .replace(/#([-_. ]?q?#)+/g, "#");
}

/** What an interval is called, as the engine orders them. */
function keyOf(file: File): string {
  return hasDay(file) ? String(dateInName(file.name)) : file.name;
}

/** The order of a feed, the engine's: by the days in the names where they have one, then by the names. */
export function inOrder(files: File[]): File[] {
  const before = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  return files.toSorted((a, b) => before(keyOf(a), keyOf(b)) || before(a.name, b.name));
}

/** The older of two data files, by their names, else by when they were last changed; and why. */
export function older(a: File, b: File): { first: File; why: string } {
  const [x, y] = [dateInName(a.name), dateInName(b.name)];
  if (x !== null && y !== null && x !== y) return { first: x < y ? a : b, why: "earlier date in its name" };
  const [isBefore, isOther] = [a, b].map(({ name }) => BEFORE.test(name));
  if (isBefore !== isOther) return { first: isBefore ? a : b, why: "its name says so" };
  return { first: a.lastModified <= b.lastModified ? a : b, why: "changed longer ago" };
}

/** What tells those of these files that are of a date from the others: where days are in the names of two, a day. */
export function datedAmong(files: File[]): (file: File) => boolean {
  return files.filter(hasDay).length > 1 ? hasDay : isDated;
}

/** How many of these files are of one feed: they have dates and are called alike. */
export function alikeAmong(files: File[]): number {
  const stems = new Map<string, number>();
  for (const stem of files.filter(datedAmong(files)).map(stemOf)) stems.set(stem, (stems.get(stem) ?? 0) + 1);
  return Math.max(0, ...stems.values());
}

/**
 * The one of these files that the others, of one feed, are held against: a profile (they are in `saved`) without a date, or a
 * data file without one among dated ones that are called alike, or whose name says so; `before` is what they were held against so far.
 */
export function apartIn(files: File[], saved: ReadonlySet<File>, before: File | null): File | null {
  const isOfDate = datedAmong(files);
  const [profiles, data] = [files.filter((file) => saved.has(file)), files.filter((file) => !saved.has(file))];
  const dates = files.filter(isOfDate).length;
  const loose = profiles.filter((file) => !isOfDate(file));
  if (loose.length === 1 && files.length > 1 && (dates > 0 || profiles.length === 1)) return loose[0]!;
  const alike = alikeAmong(data);
  const able = data.filter((file) => !isOfDate(file) && !NOW.test(file.name));
  // The profiles of a folder are called by their dates alone.
  const isFeed = alike > 0 && alike + profiles.filter(isOfDate).length > 1;
  const isSaid = dates > 0 && data.length > 1;
  const rank = (file: File) => (BEFORE.test(file.name) ? 0 : file === before ? 1 : 2);
  const first = able.toSorted((a, b) => rank(a) - rank(b) || a.lastModified - b.lastModified)[0];
  return first && (isFeed || (isSaid && rank(first) === 0)) ? first : null;
}

/** Whether a name says that its file is the one to judge, whatever its date. */
export function isNow({ name }: File): boolean {
  return NOW.test(name);
}
