// One sentence that says what a chart shows: its caption, and all of it to who cannot see it.
import type { Column } from "../report";
import { plainText } from "../show/data-text";
import { shareOf, statistic } from "../show/number";
import { range } from "../show/words";
import { binName, type Shape } from "./shape";

function skew(column: Column): string {
  const value = column.numeric?.skewness;
  if (typeof value !== "number") return "";
  if (value > 1) return "long tail to the right";
  if (value < -1) return "long tail to the left";
  return Math.abs(value) < 0.5
    ? "about even on both sides"
    : value > 0
      ? "leaning to the left"
      : "leaning to the right";
}

/** For instance `amount: 1.02 … 391.4, long tail to the right, median 36.6, most in 30 … 42; 3 % missing`. */
export function chartSummary(column: Column, shape: Shape): string {
  const ends = range(column);
  const parts = [
    ends ? `${plainText(ends[0])} … ${plainText(ends[1])}` : "",
    skew(column),
    column.numeric ? `median ${statistic(column.numeric.quantiles["0.5"])}` : "",
    `most in ${binName(shape, shape.current.indexOf(Math.max(...shape.current)))}`,
  ].filter(Boolean);
  const compared = shape.reference ? "; the outline is the reference" : "";
  const missing = column.missing > 0 ? `; ${shareOf(column.missing, column.rows)} missing` : "";
  return `${plainText(column.name)}: ${parts.join(", ")}${missing}${compared}`;
}
