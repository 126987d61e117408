// What came of a file that was cut into intervals, with its severity, as the command line has it: what is beyond the usual is a
// warning.
import { bandOf, height, ranked } from "../charts/intervals";
import type { Timeline } from "../report";
import { plainText } from "./data-text";
import { count, plural, score } from "./number";

/** How it stands with the intervals. */
export interface Told {
  /** `unknown`: there are too few to say what is usual. */
  status: "ok" | "warning" | "unknown";
  /** In few words, without an end. */
  brief: string;
  /** As a sentence. */
  sentence: string;
}

/* What is named of many. */
const NAMED = 3;
/* Intervals that say what is usual. */
const ENOUGH = 10;

/** Some of these, and how many more there are. */
function some(names: string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(", ")} and ${count(more)} more` : names.join(", ");
}

/** The column that is farthest from what it is compared with, where that is far at all. */
function farthest({ columns, intervals, reference }: Timeline): string {
  const all = columns.flatMap(({ column, psi }) => psi.map((value, i) => ({ column, i, psi: value, size: value === "Infinity" ? Infinity : (height(value) ?? 0) })));
  const most = all.reduce((a, b) => (b.size > a.size ? b : a), all[0] ?? { column: "", i: 0, psi: 0, size: 0 });
  if (!["moderate", "severe"].includes(bandOf(most.psi) ?? "")) return "";
  return ` ${plainText(most.column, 60)} is farthest from ${reference === "given" ? "the reference" : "those before"} in ${plainText(intervals[most.i]!.key, 40)}: PSI beyond chance ${score(most.psi)}.`;
}

/** What there is to say of the intervals together. */
export function toldOverTime(timeline: Timeline): Told {
  const { intervals, columns } = timeline;
  const compared = intervals.filter((interval) => interval.compared).length;
  const unusual = intervals.filter(({ tripped }) => tripped > 0).length;
  const of = `${count(unusual)} of ${plural(compared, "interval")}`;
  if (!columns.some(({ limit }) => limit !== null)) {
    const brief = `what is usual is not known yet: that takes ${ENOUGH} intervals that were compared, and there ${compared === 1 ? "is" : "are"} ${count(compared)}`;
    return { status: "unknown", brief, sentence: `W${brief.slice(1)}.${farthest(timeline)}` };
  }
  if (unusual === 0) return { status: "ok", brief: `none of ${plural(compared, "interval")} is unusual`, sentence: `None of ${plural(compared, "interval")} has a column that is unusual for this feed.` };
  const tripping = ranked(timeline).filter(({ tripped }) => tripped.length > 0);
  const named = tripping.map(({ column, tripped }) => `${plainText(column, 60)} (${some(tripped.map((i) => plainText(intervals[i]!.key, 40)))})`);
  return {
    status: "warning",
    brief: `${of} ${unusual === 1 ? "is" : "are"} unusual`,
    sentence: `Usable with care: in ${of} a column is unusual for this feed: ${some(named)}.`,
  };
}
