// All statistics of a column under plain names, in groups; one list for the detail view and for print.
import type { Column, Scalar } from "../report";
import { count, estimate, plural, share, shareOf, statistic } from "./number";

/** A name, its value in words, and what else there is to say. `data` marks a value of the column's own domain. */
export interface Line {
  name: string;
  value: string;
  note?: string;
  data?: boolean;
}

/** A heading with its lines. */
export interface Group {
  title: string;
  lines: Line[];
}

const quantileNames: Array<[string, string]> = [
  ["0.01", "1 % are at most"],
  ["0.05", "5 % are at most"],
  ["0.25", "Lower quartile"],
  ["0.5", "Median"],
  ["0.75", "Upper quartile"],
  ["0.95", "95 % are at most"],
  ["0.99", "99 % are at most"],
];

function cells(column: Column): Group {
  const of = (n: number) => shareOf(n, column.rows);
  const lines: Line[] = [
    { name: "Rows", value: count(column.rows) },
    { name: "Valid", value: count(column.valid), note: of(column.valid) },
    { name: "Missing", value: count(column.missing), note: of(column.missing) },
    { name: "Invalid", value: count(column.invalid), note: of(column.invalid) },
    { name: "Distinct values", value: estimate(column.distinct), note: column.distinct.exact ? "exact" : "estimate" },
  ];
  if (column.singletons !== null) lines.push({ name: "Occur only once", value: count(column.singletons) });
  return { title: "Cells", lines };
}

function numeric(column: Column): Group[] {
  const n = column.numeric;
  if (!n) return [];
  const own = (name: string, value: Scalar, note?: string): Line => ({
    name,
    value: statistic(value),
    ...(note ? { note } : {}),
  });
  const why = (name: string) => n.reasons[name];
  const off = (value: Scalar | undefined) =>
    n.exact || typeof value !== "number" ? undefined : `± ${statistic(value)}`;
  const quantiles = quantileNames.map(([p, name]) => {
    const key = p as keyof typeof n.quantiles;
    return own(name, n.quantiles[key], off(n.error?.quantiles[key]));
  });
  const places = [own("Smallest", n.min), ...quantiles, own("Largest", n.max)];
  const shape = [
    own("Mean", n.mean, why("mean")),
    own("Standard deviation", n.std, why("std")),
    own("Sum", n.sum),
    own("Median absolute deviation", n.mad, why("mad")),
    own("Skewness", n.skewness, why("skewness") ?? off(n.error?.skewness)),
    own("Excess kurtosis", n.kurtosis, why("kurtosis") ?? off(n.error?.kurtosis)),
    { name: "Zeros", value: count(n.zeros), note: shareOf(n.zeros, column.valid) },
    { name: "Negative", value: count(n.negatives), note: shareOf(n.negatives, column.valid) },
  ];
  if (n.infinities > 0) shape.push({ name: "Infinite", value: count(n.infinities) });
  return [
    { title: "Where the values lie", lines: places },
    { title: "Centre and spread", lines: shape },
  ];
}

function temporal(column: Column): Group[] {
  const t = column.temporal;
  if (!t) return [];
  const own = (name: string, value: string | undefined): Line => ({ name, value: value ?? "–", data: true });
  const lines = [
    own("Earliest", t.min),
    own("Lower quartile", t.quantiles["0.25"]),
    own("Median", t.quantiles["0.5"]),
    own("Upper quartile", t.quantiles["0.75"]),
    own("Latest", t.max),
  ];
  return [{ title: "Range", lines }];
}

function text(column: Column): Group[] {
  const t = column.text;
  if (!t) return [];
  const note = t.exact ? undefined : `from ${plural(t.sampled, "sampled row")}`;
  const line = (name: string, value: number): Line => ({ name, value: statistic(value), ...(note ? { note } : {}) });
  return [
    {
      title: "Length in characters",
      lines: [line("Shortest", t.min_length), line("Mean", t.mean_length), line("Longest", t.max_length)],
    },
  ];
}

function order(column: Column): Line[] {
  const o = column.order;
  if (!o || (!o.rises && !o.falls)) return [];
  const way = o.rises && o.falls ? "never change" : o.rises ? "rise" : "fall";
  return [{ name: "In file order", value: `values ${way}${o.strict ? ", never twice the same" : ""}` }];
}

/** Every statistic the report holds on the column. */
export function statistics(column: Column): Group[] {
  const first = cells(column);
  first.lines.push(...order(column));
  return [first, ...numeric(column), ...temporal(column), ...text(column)];
}

/** One sentence about the column: its type, how full it is, how many values. */
export function summary(column: Column): string {
  if (column.rows === 0) return `A column of type ${column.type} without rows.`;
  if (column.valid === 0)
    return column.invalid > 0
      ? `None of ${plural(column.rows, "cell")} is valid.`
      : `All ${plural(column.rows, "cell")} are missing.`;
  const gaps = [
    column.missing > 0 ? `${share(column.missing / column.rows)} missing` : "",
    column.invalid > 0 ? `${share(column.invalid / column.rows)} invalid` : "",
  ].filter(Boolean);
  const full = gaps.length > 0 ? gaps.join(" and ") : "no gaps";
  return `${estimate(column.distinct)} distinct values in ${plural(column.rows, "row")}, ${full}.`;
}
