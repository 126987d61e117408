// `<driftline-distribution>`: the large histogram with axis, read-out under pointer and arrow keys, missing and invalid
// apart on a scale of their own, and the same numbers as a table.
import { LitElement, html, svg } from "lit";
import type { Column, Drift } from "../report";
import { levels, ticks } from "../charts/axis";
import { bars, outline, span } from "../charts/paths";
import { binName, shapeOf, type Shape } from "../charts/shape";
import { chartSummary } from "../charts/summary";
import { count, share } from "../show/number";
import { sliced } from "../show/slices";
import { base } from "../styles/base";
import { chartStyles } from "../styles/chart";
import { distributionStyles } from "../styles/distribution";

const HEIGHT = 190;
const HEAD = 18;
const AXIS = 26;

export class DriftlineDistribution extends sliced(LitElement) {
  static override properties = {
    column: { attribute: false },
    drift: { attribute: false },
    width: { state: true },
    at: { state: true },
  };
  static override styles = [base, chartStyles, distributionStyles];

  declare column: Column | undefined;
  declare drift: Drift | null;
  declare width: number;
  declare at: number | null;
  /** Whether the pointer chose the bar that is read out. */
  #pointed = false;
  #observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    if (width > 0) this.width = width;
  });

  constructor() {
    super();
    this.width = 480;
    this.at = null;
  }

  override updated(changed: Map<string, unknown>) {
    if (changed.has("column")) this.at = null;
    const plot = this.renderRoot.querySelector(".plot");
    if (plot) this.#observer.observe(plot);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  #readout(shape: Shape): string {
    if (this.at === null) return shape.reference ? "Filled: this file. Outline: the reference." : "";
    const i = this.at;
    const cells = shape.counts ? `${count(shape.counts[i]!)} cells, ` : "";
    const before = shape.reference ? ` · reference ${share(shape.reference[i]!)}` : "";
    return `${binName(shape, i)}: ${cells}${share(shape.current[i]!)}${before}`;
  }

  #point(event: PointerEvent, shape: Shape) {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.width;
    const at = shape.current.findIndex((_, i) => x < span(shape, i, this.width)[1]);
    this.at = at < 0 ? shape.current.length - 1 : at;
    this.#pointed = true;
  }

  /** A pointer that leaves takes with it what it showed, not what the keys did. */
  #leave() {
    if (this.#pointed) this.at = null;
  }

  #key(event: KeyboardEvent, shape: Shape) {
    const last = shape.current.length - 1;
    const to: Record<string, number> = {
      ArrowRight: Math.min(last, (this.at ?? -1) + 1),
      ArrowLeft: Math.max(0, (this.at ?? 1) - 1),
      Home: 0,
      End: last,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.at = next;
    this.#pointed = false;
  }

  #apart(word: string, kind: string, value: number) {
    const drift = this.drift?.contributions.find((part) => part.kind === kind);
    const height = (part: number) => (part > 0 ? Math.max(2, part * HEIGHT) : 0);
    const before = drift ? height(drift.reference) : 0;
    return html`<div class="apart ${kind}">
      <svg width="22" height=${HEIGHT} viewBox="0 0 22 ${HEIGHT}" aria-hidden="true">
        <defs>
          <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch" width="2" height="5"></rect>
          </pattern>
        </defs>
        <rect class="well" x="0.5" y="0.5" width="21" height=${HEIGHT - 1}></rect>
        <rect
          class="level"
          fill=${kind === "missing" ? "url(#hatch)" : "none"}
          x="1"
          y=${HEIGHT - height(value)}
          width="20"
          height=${height(value)}
        ></rect>
        ${drift ? svg`<path class="outline" d="M0 ${HEIGHT - before}H22"></path>` : ""}
      </svg>
      <span>${word}<br />${share(value)}</span>
    </div>`;
  }

  #chart(column: Column, shape: Shape) {
    const { width } = this;
    const marked = this.at === null ? null : span(shape, this.at, width);
    // Names of levels stand where the bars leave room.
    const [side, anchor] = shape.currentHeights.at(-1)! > shape.currentHeights[0]! ? [0, "start"] : [width, "end"];
    return html`<svg
      class="chart"
      width=${width}
      height=${HEAD + HEIGHT + AXIS}
      viewBox="0 ${-HEAD} ${width} ${HEAD + HEIGHT + AXIS}"
      role="img"
      tabindex="0"
      aria-label="${chartSummary(column, shape)}. Arrow keys read bar by bar."
      @pointermove=${(e: PointerEvent) => this.#point(e, shape)}
      @pointerleave=${() => this.#leave()}
      @keydown=${(e: KeyboardEvent) => this.#key(e, shape)}
      @blur=${() => (this.at = null)}
    >
      ${levels(shape).map(({ at }) => svg`<line class="level-line" x1="0" x2=${width} y1=${HEIGHT - at * HEIGHT} y2=${HEIGHT - at * HEIGHT}></line>`)}
      ${marked ? svg`<rect class="marked" x=${marked[0]} y="0" width=${Math.max(1, marked[1] - marked[0])} height=${HEIGHT}></rect>` : ""}
      ${bars(shape, width, HEIGHT).map((bar, i) => svg`<rect class="bar ${this.at === null || this.at === i ? "" : "dim"}" x=${bar.x} y=${bar.y} width=${bar.width} height=${bar.height}></rect>`)}
      ${shape.reference ? svg`<path class="outline" d=${outline(shape, width, HEIGHT)}></path>` : ""}
      ${levels(shape).map(({ at, label }) => svg`<text class="level-name" x=${side} y=${HEIGHT - at * HEIGHT - 4} text-anchor=${anchor}>${label}</text>`)}
      <line class="floor" x1="0" x2=${width} y1=${HEIGHT} y2=${HEIGHT}></line>
      ${ticks(shape, column.type, Math.max(3, Math.floor(width / (shape.tenths ? 60 : 90)))).map(({ at, label }) => {
        const x = at * width;
        const anchor = x < 20 ? "start" : x > width - 20 ? "end" : "middle";
        return svg`<line class="floor" x1=${x} x2=${x} y1=${HEIGHT} y2=${HEIGHT + 4}></line>
          <text x=${x} y=${HEIGHT + 18} text-anchor=${anchor}>${label}</text>`;
      })}
    </svg>`;
  }

  #table(shape: Shape) {
    return html`<details>
      <summary>The same numbers as a table</summary>
      <div class="scroller" tabindex="0" role="region" aria-label="Histogram as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">From … to</th>
              ${shape.counts ? html`<th class="number" scope="col">Cells</th>` : ""}
              <th class="number" scope="col">This file</th>
              ${shape.reference ? html`<th class="number" scope="col">Reference</th>` : ""}
            </tr>
          </thead>
          <tbody>
            ${shape.current.map(
              (part, i) =>
                html`<tr>
                  <td>${binName(shape, i)}</td>
                  ${shape.counts ? html`<td class="number">${count(shape.counts[i]!)}</td>` : ""}
                  <td class="number">${share(part)}</td>
                  ${shape.reference ? html`<td class="number">${share(shape.reference[i]!)}</td>` : ""}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  override render() {
    const { column } = this;
    const shape = column && shapeOf(column, this.drift ?? null);
    if (!column || !shape) return html``;
    return html`<figure>
      <p class="readout" role="status">${this.#readout(shape)}</p>
      <div class="row">
        <div class="plot">${this.#chart(column, shape)}</div>
        ${column.missing > 0 || this.drift?.kinds.includes("missing") ? this.#apart("missing", "missing", column.missing / (column.rows || 1)) : ""}
        ${column.invalid > 0 || this.drift?.kinds.includes("invalid") ? this.#apart("invalid", "invalid", column.invalid / (column.rows || 1)) : ""}
      </div>
      ${shape.density ? html`<p class="quiet-text note">Bins differ in width: areas, not heights, are shares.</p>` : ""}
      ${shape.tenths ? html`<p class="quiet-text note">Each bar is a range that holds about a tenth of the reference; the outer ones are open. In equal steps, one bar would hold nearly all.</p>` : ""}
      ${this.#table(shape)}
    </figure>`;
  }
}

customElements.define("driftline-distribution", DriftlineDistribution);
