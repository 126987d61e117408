// What a person changes about the parts of files: accepts one, takes one away, gives one another part.
import { plainText } from "../show/data-text";
import { count } from "../show/number";
import { hasDay, inOrder } from "./names";
import { BY_HAND, INCIDENT, keyOf, type Chosen, type Part } from "./parts";

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

/** The files, of which the newest of the feed is judged where none is. */
function judging(files: Chosen[]): Chosen[] {
  if (files.some(({ role }) => role === "current")) return files;
  const earlier = files.filter(({ file, role }) => role === "earlier" && !file.name.toLowerCase().endsWith(".profile.json"));
  const newest = inOrder(earlier.map(({ file }) => file)).at(-1);
  return files.map((chosen) => (chosen.file === newest ? { ...chosen, role: "current", why: "the newest of its feed" } : chosen));
}

/** The files in the order of their feed. */
function ordered(files: Chosen[]): Chosen[] {
  const order = inOrder(files.filter(({ role }) => role === "earlier").map(({ file }) => file));
  const earlier = order.map((file) => files.find((chosen) => chosen.file === file)!);
  return [...files.filter(({ role }) => role !== "earlier"), ...earlier];
}

/** The files without some. */
export function without(files: Chosen[], away: File[]): Chosen[] {
  return judging(files.filter(({ file }) => !away.includes(file)));
}

/** The files with the part of one changed; whoever held that part takes the other's, or goes back to its feed. */
export function reassign(files: Chosen[], file: File, { role, table }: Part): Chosen[] {
  const from = files.find((chosen) => chosen.file === file);
  const key = keyOf({ role, table });
  const isFeed = files.some((chosen) => chosen.role === "earlier");
  const changed = files.map((chosen): Chosen => {
    if (chosen.file === file) return { file, role, table, why: BY_HAND };
    if (keyOf(chosen) !== key || !from) return chosen;
    if (isFeed && role === "current" && hasDay(chosen.file)) return { ...chosen, role: "earlier", why: "earlier in its feed" };
    // To choose what is judged is to choose what it is held against.
    return { ...chosen, role: from.role, table: from.table, why: from.role === "reference" ? BY_HAND : "swapped" };
  });
  return ordered(judging(changed));
}

/** What to say of files that came and found no part, and what to do; `null`: each has one. */
export function leftOut(added: File[], files: Chosen[]): [string, string] | null {
  const out = added.filter((file) => !files.some((chosen) => chosen.file === file));
  if (out.length === 0) return null;
  const more = out.length > 1 ? ` and ${count(out.length - 1)} more are` : " is";
  return [`${plainText(out[0]!.name, 60)}${more} left out.`, "The parts are taken. Give a file above another part, or take one away, and drop what is missing again."];
}
