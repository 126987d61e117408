// Files of one kind as a feed: the newest of the data is judged, all before it say what is usual, and one may be what all are
// held against.
import { areApart, kindOf } from "./kinds";
import { alikeAmong, apartIn, datedAmong, hasDay, inOrder, isDated, isNow } from "./names";
import { BY_HAND, type Chosen, type Held } from "./parts";

/** Those of the files that are saved profiles. */
async function savedAmong(files: File[]): Promise<Set<File>> {
  const kinds = await Promise.all(files.map(kindOf));
  return new Set(files.filter((_, i) => kinds[i] === "profile"));
}

/** Whether what the files are held against stays, whatever comes: a person chose it, or it is a profile that is of no day. */
async function stays(reference: Chosen): Promise<boolean> {
  return reference.why === BY_HAND || (!isDated(reference.file) && (await kindOf(reference.file)) === "profile");
}

/** The file to judge and the reference, as far as files that come may change what they are. */
function loose(held: Held): File[] {
  const [current, reference] = [held.get("current"), held.get("reference")];
  return [...(current ? [current.file] : []), ...(reference && reference.why !== BY_HAND ? [reference.file] : [])];
}

/** Whether one or two data files go on with a feed of those that are there; `alone`: the reference stays, and they take the current one's place. */
export async function goesOn(held: Held, data: File[]): Promise<"feed" | "alone" | null> {
  const [current, reference] = [held.get("current"), held.get("reference")];
  if (reference && (await stays(reference))) {
    const isFeed = data.length > 1 || (current && isDated(current.file) && isDated(data[0]!));
    return isFeed ? "feed" : "alone";
  }
  const files = [...loose(held), ...data];
  const saved = await savedAmong(files);
  const alike = alikeAmong(files.filter((file) => !saved.has(file)));
  const isFeed = alike > 2 || (alike > 1 && saved.size > 0) || apartIn(files, saved, reference?.file ?? null);
  return isFeed ? "feed" : null;
}

/** The files, each name once: the one that came last. */
function latest(files: File[]): File[] {
  return [...new Map(files.map((file) => [file.name, file])).values()];
}

/** The files without those that have no date and are seen to be of another table than those that have one. */
async function ofOneTable(files: File[], saved: ReadonlySet<File>): Promise<File[]> {
  const isOfDate = datedAmong(files);
  const first = files.find((file) => !saved.has(file) && isOfDate(file));
  if (!first) return files;
  const apart = await Promise.all(files.map((file) => !saved.has(file) && !isOfDate(file) && areApart(file, first)));
  return files.filter((_, i) => !apart[i]);
}

/** Gives the files their parts in their feed. */
export async function feed(held: Held, data: File[], profiles: File[]) {
  const [current, reference] = [held.get("current"), held.get("reference")];
  const own = loose(held);
  const every = latest([...held.earlier, ...own, ...data, ...profiles]);
  const saved = await savedAmong(every);
  // A file with a day makes room for one of a later day, whoever chose it.
  const chosen = current?.why === BY_HAND && !hasDay(current.file) ? every.find(({ name }) => name === current.file.name) : undefined;
  const all = [...new Set([...(await ofOneTable(every, saved)), ...(chosen ? [chosen] : [])])];
  const isGiven = reference?.why === BY_HAND;
  const apart = isGiven ? null : apartIn(all.filter((file) => file !== chosen), saved, reference?.file ?? null);
  const isOfDate = datedAmong(all);
  const isDatedFeed = all.some((file) => isOfDate(file) && !saved.has(file));
  const isNew = (file: File) => isGiven && data.includes(file);
  // One without a date is neither before nor after those that have one.
  const isOut = (file: File) => isDatedFeed && (apart !== null || isGiven) && file !== chosen && !saved.has(file) && !isOfDate(file) && !isNow(file) && !isNew(file);
  const order = inOrder(all.filter((file) => file !== apart && !isOut(file)));
  const newest = chosen ?? order.findLast((file) => !saved.has(file));
  for (const it of [current, reference]) if (it && own.includes(it.file)) held.delete(it.role);
  for (const file of held.earlier) held.delete(file);
  if (apart) held.hold(apart, "reference", saved.has(apart) ? "it is a saved profile" : `the others are called by their ${order.some(hasDay) ? "days" : "dates"}, it is not`);
  // A file is not usual because of those after it; one whose name says no day comes after all.
  const until = newest && hasDay(newest) ? order.indexOf(newest) : order.length;
  const after = order.length - 1 - until;
  const late = `a late file: ${after} later ${after === 1 ? "interval is" : "intervals are"} left out`;
  if (newest) held.hold(newest, "current", newest === chosen ? BY_HAND : after > 0 ? late : "the newest of its feed");
  for (const file of order.slice(0, until)) if (file !== newest) held.hold(file, "earlier", "earlier in its feed");
}
