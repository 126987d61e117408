// A column and its comparison in, one drawable shape out: the current file's bins and, on the same bins, the reference's.
import type { Column, Drift } from "../report";
import { plainText } from "../show/data-text";
import { statistic } from "../show/number";
import { hides, tenthsOf } from "./tenths";

/** Bins to draw. `heights` are in units of the tallest; shares are of the valid cells. */
export interface Shape {
  edges: number[];
  labels: string[];
  /** The bins' own names, where they are not steps of one axis, and what lies between them. */
  tenths: { names: string[]; cuts: string[] } | null;
  current: number[];
  reference: number[] | null;
  /** Cells per bin, where the bins are the file's own. */
  counts: number[] | null;
  /** Whether the areas, not the heights, are the shares, since bins are of different widths. */
  density: boolean;
  currentHeights: number[];
  referenceHeights: number[];
  /** The share that is drawn at full height; `null` for densities. */
  top: number | null;
}

function unequal(edges: number[]): boolean {
  const widths = edges.slice(1).map((edge, i) => edge - edges[i]!);
  return Math.max(...widths) > 1.02 * Math.min(...widths);
}

function scaled(edges: number[], current: number[], reference: number[] | null) {
  const density = edges.length > 2 && unequal(edges);
  const height = (share: number, i: number) => (density ? share / (edges[i + 1]! - edges[i]!) : share);
  const a = current.map(height);
  const b = (reference ?? []).map(height);
  const top = Math.max(...a, ...b, Number.MIN_VALUE);
  return {
    density,
    top: density ? null : top,
    currentHeights: a.map((v) => v / top),
    referenceHeights: b.map((v) => v / top),
  };
}

/** The shape of an ordered column: on the comparison's shared bins where there is one; `null` where nothing is binned. */
export function shapeOf(column: Column, drift: Drift | null): Shape | null {
  const over = drift?.overlay;
  if (over && over.edges.length > 1 && over.edges.every(Number.isFinite)) {
    const tenths = hides(over) ? tenthsOf(column, drift) : null;
    const { labels, current, reference } = tenths ? { ...tenths, labels: [] } : over;
    const edges = tenths ? Array.from({ length: current.length + 1 }, (_, i) => i) : over.edges;
    return { edges, labels, tenths, current, reference, counts: null, ...scaled(edges, current, reference) };
  }
  const own = column.histogram;
  if (!own || own.counts.length === 0) return null;
  const total = own.counts.reduce((sum, n) => sum + n, 0) || 1;
  const current = own.counts.map((n) => n / total);
  return {
    edges: own.edges,
    labels: own.labels,
    tenths: null,
    current,
    reference: null,
    counts: own.counts,
    ...scaled(own.edges, current, null),
  };
}

/** The bin's bounds in words. */
export function binName(shape: Shape, i: number): string {
  const { labels, edges, tenths } = shape;
  if (tenths) return plainText(tenths.names[i]!);
  if (labels.length === edges.length) return `${plainText(labels[i]!)} … ${plainText(labels[i + 1]!)}`;
  const [from, to] = [edges[i]!, edges[i + 1]!];
  if (to - from === 1 && from % 1 === 0.5) return statistic(from + 0.5);
  return `${statistic(rounded(from, to - from))} … ${statistic(rounded(to, to - from))}`;
}

/** An edge with no more digits than its bin's width can tell apart. */
function rounded(edge: number, width: number): number {
  const digits = Math.max(0, Math.min(12, 2 - Math.floor(Math.log10(width))));
  return Number(edge.toFixed(digits));
}

/** The reference's share of a value, where the comparison lists it. */
export function referenceShare(drift: Drift | null, value: string): number | null {
  const over = drift?.overlay;
  if (!over || over.edges.length > 0 || over.labels.length === 0) return null;
  const at = over.labels.indexOf(value);
  return at < 0 ? null : over.reference[at]!;
}
