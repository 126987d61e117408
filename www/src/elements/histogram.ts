// `<driftline-histogram>`: a column's shape as a thumbnail, the current file filled, the reference as an outline.
import { LitElement, css, html, svg } from "lit";
import type { Column, Drift } from "../report";
import { bars, outline } from "../charts/paths";
import { shapeOf } from "../charts/shape";
import { chartSummary } from "../charts/summary";
import { sliced } from "../show/slices";
import { chartStyles } from "../styles/chart";
import { base } from "../styles/base";

const WIDTH = 160;
const HEIGHT = 40;

export class DriftlineHistogram extends sliced(LitElement) {
  static override properties = { column: { attribute: false }, drift: { attribute: false } };
  static override styles = [
    base,
    chartStyles,
    css`
      svg {
        width: 100%;
        height: 40px;
        overflow: visible;
      }
    `,
  ];

  declare column: Column | undefined;
  declare drift: Drift | null;

  override render() {
    if (!this.column) return html``;
    const shape = shapeOf(this.column, this.drift ?? null);
    if (!shape) return html``;
    return html`<svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${chartSummary(this.column, shape)}
    >
      <line class="floor" x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT}></line>
      ${bars(shape, WIDTH, HEIGHT).map((bar) => svg`<rect class="bar" x=${bar.x} y=${bar.y} width=${bar.width} height=${bar.height}></rect>`)}
      ${shape.reference ? svg`<path class="outline" d=${outline(shape, WIDTH, HEIGHT)}></path>` : ""}
    </svg>`;
  }
}

customElements.define("driftline-histogram", DriftlineHistogram);
