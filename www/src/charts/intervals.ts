// What a heat map and a line need of a timeline: how strong a cell is, which labels fit, and the path of a series.
import type { Scalar, Series, Timeline } from "../report";

/** The bands of PSI beyond chance, as the report names them. */
export const bands = [
  { id: "none", from: 0, word: "below 0.02" },
  { id: "small", from: 0.02, word: "0.02 to 0.1" },
  { id: "moderate", from: 0.1, word: "0.1 to 0.25" },
  { id: "severe", from: 0.25, word: "0.25 and more" },
] as const;

/** The band of a PSI; null where the column was not compared. */
export function bandOf(psi: Scalar | undefined): string | null {
  if (psi === "Infinity") return "severe";
  if (typeof psi !== "number") return null;
  return bands.findLast(({ from }) => psi >= from)?.id ?? "none";
}

/** A number to draw; null where there is none. */
export function height(value: Scalar | undefined): number | null {
  return typeof value === "number" ? value : null;
}

/** The columns in the order in which a person looks at them: most trips first, then the largest PSI. */
export function ranked(timeline: Timeline): Series[] {
  const largest = (series: Series) => Math.max(0, ...series.psi.map((psi) => height(psi) ?? 0));
  const keyed = timeline.columns.map((series) => ({ series, largest: largest(series) }));
  keyed.sort((a, b) => b.series.tripped.length - a.series.tripped.length || b.largest - a.largest);
  return keyed.map(({ series }) => series);
}

/** Which of `n` intervals are named where a name takes so many pixels and an interval so many. */
export function named(n: number, name: number, interval: number): number[] {
  const step = Math.max(1, Math.ceil(name / interval));
  const shown: number[] = [];
  for (let i = 0; i < n; i += step) shown.push(i);
  return shown;
}

/** The path of a line with gaps where there is no number; `x` and `y` give the pixels. */
export function path(values: (number | null)[], x: (i: number) => number, y: (value: number) => number): string {
  let out = "";
  values.forEach((value, i) => {
    if (value === null) return;
    out += `${i > 0 && values[i - 1] !== null ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  return out;
}

/** What became of the alert on a column in an interval: raised, still there, ended. */
export type Alert = "open" | "held" | "resolved";

/** How each is told. */
export const alertWords: Record<Alert, string> = { open: "an alert opens", held: "the alert stands", resolved: "the alert is resolved" };

/** What became of the alert in each interval; null where there is none, or the column was not measured. */
export function alertsOf({ psi, alerts }: Series): (Alert | null)[] {
  const standing = new Set(alerts);
  let stood = false;
  return psi.map((value, i) => {
    const stands = standing.has(i);
    if (value === null && !stands) return null;
    const state = stands ? (stood ? "held" : "open") : stood ? "resolved" : null;
    stood = stands;
    return state;
  });
}

const DAY = 86_400_000;
/* A step that as many of the steps take is no gap: a feed may rest at weekends. */
const OFTEN = 0.1;

/** How many days lie between an interval and the one before it, more than is usual for the feed; 0: none. */
export function gaps({ intervals }: Timeline): number[] {
  const days = intervals.map(({ key }) => (/^\d{4}-\d\d-\d\d$/.test(key) ? Date.parse(key) / DAY : NaN));
  const steps = days.map((day, i) => (i === 0 ? NaN : day - days[i - 1]!));
  const known = steps.filter((step) => step > 0).sort((a, b) => b - a);
  const usual = known[Math.floor(known.length * OFTEN)] ?? NaN;
  return steps.map((step) => (step > usual ? step - 1 : 0));
}
