// SVG geometry of a shape in a box: bars with a hair between them, and the reference's outline as one stepped line.
import type { Shape } from "./shape";

/** One bar of the current file. */
export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The left and right of bin `i` in a box `width` wide. */
export function span(shape: Shape, i: number, width: number): [number, number] {
  const from = shape.edges[0]!;
  const scale = width / (shape.edges[shape.edges.length - 1]! - from || 1);
  return [(shape.edges[i]! - from) * scale, (shape.edges[i + 1]! - from) * scale];
}

/** The bars; a bin that holds anything is at least one unit high. */
export function bars(shape: Shape, width: number, height: number, gap = 1): Bar[] {
  return shape.currentHeights.map((part, i) => {
    const [left, right] = span(shape, i, width);
    const tall = part > 0 ? Math.max(1, part * height) : 0;
    const room = right - left > 3 * gap ? gap : 0;
    return { x: left + room / 2, y: height - tall, width: Math.max(0.5, right - left - room), height: tall };
  });
}

/** The outline of the reference: up at every edge, down to the floor where it is empty. */
export function outline(shape: Shape, width: number, height: number): string {
  if (shape.referenceHeights.length === 0) return "";
  const points = shape.referenceHeights.map((part, i) => {
    const [left, right] = span(shape, i, width);
    const y = height - (part > 0 ? Math.max(1, part * height) : 0);
    return `L${left.toFixed(2)} ${y.toFixed(2)}L${right.toFixed(2)} ${y.toFixed(2)}`;
  });
  return `M0 ${height}${points.join("")}L${width} ${height}`;
}
