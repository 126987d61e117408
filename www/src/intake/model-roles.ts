// Which columns may play which role of a model, and which are guessed to, from their names and from what they hold.
import type { Column, Report } from "../report";

/** The columns to choose from, the guess first where there is one. */
export interface ModelRoles {
  probability: string[];
  prediction: string[];
  target: string[];
  timestamp: string[];
  guess: { probability: string | null; prediction: string | null; target: string | null; timestamp: string | null };
}

const PROBABILITY = /prob|score|likelihood|confidence|^p$|p_hat|\bp\b/i;
const PREDICTION = /^(y_?)?pred(ict(ed|ion)?)?($|_)|predict|decid|decision|y_?hat|label_?hat/i;
const TARGET = /^y$|y_?true|target|truth|actual|outcome|label|churn|default|repaid|fraud|class/i;

function within(column: Column, low: number, high: number): boolean {
  const { min, max } = column.numeric ?? {};
  return typeof min === "number" && typeof max === "number" && min >= low && max <= high;
}

function isBinary(column: Column): boolean {
  return column.type === "boolean" || (["integer", "float", "decimal"].includes(column.type) && within(column, 0, 1) && column.distinct.value <= 2);
}

/** Columns that the reference has and the file has not: often the target, which is known later. */
function removed(report: Report): string[] {
  return report.findings.flatMap(({ rule, column }) => (rule === "column-removed" && column !== null ? [column] : []));
}

/** The name that says least besides: `repaid` rather than `repaid_on_last_car`. */
function bestTarget(names: string[]): string | null {
  const fit = (name: string) => (PREDICTION.test(name) ? 0 : (TARGET.exec(name)?.[0].length ?? 0) / name.length);
  return names.reduce<string | null>((best, name) => (fit(name) > (best === null ? 0 : fit(best)) ? name : best), null);
}

/** The roles that the columns of a report may play. */
export function modelRoles(report: Report): ModelRoles {
  const names = (columns: Column[]) => columns.map(({ name }) => name);
  const scores = report.columns.filter((column) => column.numeric !== null && within(column, 0, 1) && !isBinary(column));
  const binary = names(report.columns.filter(isBinary));
  const gone = removed(report);
  const timestamp = names(report.columns.filter(({ type }) => ["date", "timestamp"].includes(type)));
  const probability = names(scores).find((name) => PROBABILITY.test(name)) ?? (scores.length === 1 ? scores[0]!.name : null);
  const prediction = binary.find((name) => PREDICTION.test(name)) ?? null;
  const others = [...gone, ...binary.filter((name) => name !== prediction)];
  const target = bestTarget(gone) ?? bestTarget(others) ?? (gone.length === 1 ? gone[0]! : null);
  const time = report.columns.find(({ role, name }) => role === "timestamp" && timestamp.includes(name))?.name ?? null;
  return {
    probability: names(report.columns.filter(({ numeric }) => numeric !== null)),
    prediction: binary,
    target: [...gone, ...binary],
    timestamp,
    guess: { probability, prediction, target, timestamp: time },
  };
}
