// The bins of a comparison's PSI in their order: each holds about a tenth of the reference, the outer ones are open. They show the
// shape where bins of equal steps put nearly all into one.
import type { Column, Drift } from "../report";

/** Bins in their order; shares are of the valid cells. */
export interface Tenths {
  names: string[];
  /** What is between two bins: one less than them. */
  cuts: string[];
  reference: number[];
  current: number[];
}

/* Fewer bins are no shape. */
const FEWEST = 4;
/* The share of one side in one of many bins from which on the others cannot be seen beside it. */
const MOST = 0.6;
const MANY = 8;

/** Whether bins of equal steps hide the shape: one of many holds most of a side. */
export function hides({ reference, current }: { reference: number[]; current: number[] }): boolean {
  return current.length >= MANY && Math.max(...reference, ...current) > MOST;
}

/** Where a bound lies; `NaN` where that cannot be told. */
function placeOf(bound: string, type: string): number {
  if (type === "integer" || type === "float") return bound === "" ? NaN : Number(bound);
  return type === "date" || type === "timestamp" ? Date.parse(bound) : NaN;
}

/** The bins of an ordered column; `null` where their order cannot be told. */
export function tenthsOf(column: Column, drift: Drift): Tenths | null {
  const bins = drift.contributions
    .filter(({ kind }) => kind === "range")
    .map((part) => {
      const [from, to] = part.bin.split(" … ");
      const low = part.bin.startsWith("≤ ") ? "" : part.bin.startsWith("> ") ? part.bin.slice(2) : from!;
      const high = part.bin.startsWith("≤ ") ? part.bin.slice(2) : part.bin.startsWith("> ") ? "" : (to ?? from!);
      const [first, last] = [low === "" ? -Infinity : placeOf(low, column.type), high === "" ? Infinity : placeOf(high, column.type)];
      return { part, low, high, first, last };
    })
    .sort((a, b) => a.last - b.last || a.first - b.first);
  const isInOrder = bins.every(({ first, last }, i) => first <= last && (i === 0 || bins[i - 1]!.last <= first));
  if (bins.length < FEWEST || !isInOrder) return null;
  const of = (side: "reference" | "current") => {
    const sum = bins.reduce((all, { part }) => all + part[side], 0) || 1;
    return bins.map(({ part }) => part[side] / sum);
  };
  return {
    names: bins.map(({ part }) => part.bin),
    cuts: bins.slice(1).map(({ low }, i) => bins[i]!.high || low),
    reference: of("reference"),
    current: of("current"),
  };
}
