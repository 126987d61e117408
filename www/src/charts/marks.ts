// What stands on a chart of intervals besides its numbers: the life of an alert, what a person said of an interval, and days
// without a file. Each has a shape of its own; a legend has the words.
import { svg, type SVGTemplateResult } from "lit";
import type { Alert } from "./intervals";

/** The stripes of an incident; once in each drawing. */
export const hatch = svg`<defs>
  <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <line class="hatch" x1="0" y1="0" x2="0" y2="6"></line>
  </pattern>
</defs>`;

/** An alert from where it is raised on, a triangle, along a bar to where it ends, a ring. `x` is the left edge of an interval. */
export function alertSpans(states: (Alert | null)[], x: (i: number) => number, width: number, y: number): SVGTemplateResult[] {
  return states.flatMap((state, i) => {
    if (state === null) return [];
    const middle = x(i) + width / 2;
    if (state === "resolved") return [svg`<circle class="resolved" cx=${middle} cy=${y - 1} r="2.5"></circle>`];
    const bar = svg`<rect class="alert" x=${x(i)} y=${y} width=${width + 0.5} height="3"></rect>`;
    return state === "open" ? [bar, raised(middle, y)] : [bar];
  });
}

function raised(x: number, y: number): SVGTemplateResult {
  return svg`<path class="alert" d="M${x - 4} ${y}L${x} ${y - 6}L${x + 4} ${y}Z"></path>`;
}

/** Where a mark stands: its interval, the middle of its sign, and from where to where the interval reaches. */
export interface Place {
  x: number;
  width: number;
  y: number;
  from: number;
  to: number;
}

/** What a person said of an interval: a cross over stripes, or a tick. */
export function markOf(mark: string, { x, width, y, from, to }: Place): SVGTemplateResult {
  const middle = x + width / 2;
  if (mark !== "incident") return svg`<path class="said-normal" d="M${middle - 4} ${y}l3 3l5 -6"></path>`;
  return svg`<rect class="stripes" fill="url(#hatch)" x=${x} y=${from} width=${width} height=${to - from}></rect>${cross(middle, y)}`;
}

function cross(x: number, y: number): SVGTemplateResult {
  return svg`<path class="said-incident" d="M${x - 3.5} ${y - 3.5}l7 7m0 -7l-7 7"></path>`;
}

/** A line where days without a file lie between two intervals. */
export function gapLine(x: number, from: number, to: number): SVGTemplateResult {
  return svg`<line class="gap" x1=${x} x2=${x} y1=${from} y2=${to}></line>`;
}

/** What a legend shows of each. */
export function swatchOf(what: Alert | "incident" | "normal" | "gap"): SVGTemplateResult {
  const signs = {
    open: () => [svg`<rect class="alert" x="1" y="10" width="13" height="3"></rect>`, raised(7, 10)],
    held: () => [svg`<rect class="alert" x="0" y="10" width="14" height="3"></rect>`],
    resolved: () => [svg`<circle class="resolved" cx="7" cy="8" r="2.5"></circle>`],
    incident: () => [cross(7, 7)],
    normal: () => [svg`<path class="said-normal" d="M3 7l3 3l5 -6"></path>`],
    gap: () => [gapLine(7, 0, 14)],
  };
  return svg`<svg class="sign" width="14" height="14" aria-hidden="true">${signs[what]()}</svg>`;
}
