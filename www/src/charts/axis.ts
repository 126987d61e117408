// Ticks of a shape's axis: round numbers or round moments, from d3-scale.
import { scaleLinear, scaleUtc } from "d3-scale";
import { plainText } from "../show/data-text";
import { share } from "../show/number";
import type { Shape } from "./shape";

/** A tick at `at` (0–1 along the axis) with its label. */
export interface Tick {
  at: number;
  label: string;
}

/** Two or three round shares up the side of a shape: `at` is 0 at the floor and 1 at the top. */
export function levels(shape: Shape): Tick[] {
  if (shape.top === null || shape.top <= Number.MIN_VALUE) return [];
  const scale = scaleLinear([0, shape.top], [0, 1]);
  return scale
    .ticks(3)
    .filter((tick) => tick > 0)
    .map((tick) => ({ at: scale(tick), label: share(tick) }));
}

const milliseconds: Record<string, number> = { date: 86_400_000, timestamp: 1000 };

/** About `wanted` ticks for a shape of a column of this type. */
export function ticks(shape: Shape, type: string, wanted: number): Tick[] {
  const from = shape.edges[0]!;
  const to = shape.edges[shape.edges.length - 1]!;
  if (!(to > from)) return [];
  if (shape.tenths) return cutTicks(shape.tenths.cuts, wanted);
  const unit = milliseconds[type];
  if (unit !== undefined) {
    const scale = scaleUtc([new Date(from * unit), new Date(to * unit)], [0, 1]);
    const format = scale.tickFormat();
    return scale.ticks(wanted).map((tick) => ({ at: scale(tick), label: format(tick) }));
  }
  if (shape.labels.length === shape.edges.length) return edgeTicks(shape, from, to, wanted);
  const scale = scaleLinear([from, to], [0, 1]);
  const large = Math.max(Math.abs(from), Math.abs(to)) >= 1e5;
  const format = scale.tickFormat(wanted, large ? "~s" : undefined);
  const whole = to - from <= 12 && from % 1 === 0.5 && to % 1 === 0.5;
  return scale
    .ticks(wanted)
    .filter((tick) => !whole || Number.isInteger(tick))
    .map((tick) => ({ at: scale(tick), label: format(tick) }));
}

/** Where only the edges have names (times of day, durations), every n-th edge. */
function edgeTicks(shape: Shape, from: number, to: number, wanted: number): Tick[] {
  const step = Math.max(1, Math.ceil(shape.edges.length / wanted));
  return shape.edges
    .map((edge, i) => ({ at: (edge - from) / (to - from), label: shape.labels[i]!, i }))
    .filter(({ i }) => i % step === 0)
    .map(({ at, label }) => ({ at, label }));
}

/** What lies between bins of no common step, every n-th from the last. */
function cutTicks(cuts: string[], wanted: number): Tick[] {
  const step = Math.max(1, Math.ceil(cuts.length / wanted));
  return cuts.map((cut, i) => ({ at: (i + 1) / (cuts.length + 1), label: plainText(cut, 12) })).filter((_, i) => (cuts.length - 1 - i) % step === 0);
}
