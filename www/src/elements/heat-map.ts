// `<driftline-heat-map>`: columns × intervals, each cell as dark as its PSI, what is unusual outlined; a read-out under pointer
// and arrow keys, and a line of the chosen column below.
import { LitElement, html, nothing, svg } from "lit";
import type { Series, Timeline } from "../report";
import { alertWords, alertsOf, bandOf, bands, gaps, named, ranked, type Alert } from "../charts/intervals";
import { alertSpans, gapLine, hatch, markOf, swatchOf } from "../charts/marks";
import { dataText, plainText } from "../show/data-text";
import { plural, score } from "../show/number";
import { sliced } from "../show/slices";
import { styled } from "../show/styled";
import { base } from "../styles/base";
import { overTimeStyles } from "../styles/over-time";
import "./series-chart";

const ROW = 22;
/* The names of intervals, and below them what was said of them. */
const HEAD = 22;
const MARKS = 16;
/* Room that the name of an interval needs. */
const LABEL = 60;
const LEAST = 7;
const AT_ONCE = 40;

export class DriftlineHeatMap extends sliced(LitElement, true) {
  static override properties = {
    timeline: { attribute: false },
    at: { state: true },
    chosen: { state: true },
    all: { state: true },
    width: { state: true },
  };
  static override styles = [base, overTimeStyles];

  declare timeline: Timeline | undefined;
  /** Row and interval that are read out. */
  declare at: { row: number; interval: number } | null;
  /** The row whose line is drawn. */
  declare chosen: number;
  /** Whether all columns are shown. */
  declare all: boolean;
  declare width: number;
  #observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    if (width > 0) this.width = width;
  });

  constructor() {
    super();
    Object.assign(this, { at: null, chosen: 0, all: false, width: 600 });
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has("timeline")) Object.assign(this, { at: null, chosen: 0, all: false });
  }

  override updated() {
    const cells = this.renderRoot.querySelector(".cells");
    if (cells) this.#observer.observe(cells);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  #readout(timeline: Timeline, rows: Series[]): string {
    if (!this.at) return "Arrow keys go from cell to cell, Enter draws the column.";
    const { row, interval } = this.at;
    const series = rows[row];
    const of = timeline.intervals[interval];
    if (!series || !of) return "";
    const psi = series.psi[interval] ?? null;
    const said = psi === null ? (of.compared ? "not there" : "too few intervals before it") : `PSI beyond chance ${score(psi)}`;
    const unusual = series.tripped.includes(interval) ? ", unusual" : "";
    const state = alertsOf(series)[interval] ?? null;
    const alert = state ? `, ${alertWords[state]}` : "";
    const said_of = of.mark === "incident" ? ", marked as an incident: it says nothing about what is usual" : of.mark ? ", marked as normal: it is usual" : "";
    const gap = gaps(timeline)[interval] ?? 0;
    const mark = said_of + (gap > 0 ? ` · ${plural(gap, "day")} without a file before it` : "");
    return `${plainText(series.column, 60)}, ${plainText(of.key, 40)}: ${said}${unusual}${alert} · ${plural(of.rows, "row")}${mark}`;
  }

  #key(event: KeyboardEvent, timeline: Timeline, rows: Series[]) {
    const n = timeline.intervals.length;
    const { row, interval } = this.at ?? { row: this.chosen, interval: n - 1 };
    const to: Record<string, [number, number]> = {
      ArrowRight: [row, Math.min(n - 1, interval + 1)],
      ArrowLeft: [row, Math.max(0, interval - 1)],
      ArrowDown: [Math.min(rows.length - 1, row + 1), interval],
      ArrowUp: [Math.max(0, row - 1), interval],
      Home: [row, 0],
      End: [row, n - 1],
    };
    if (event.key === "Enter" || event.key === " ") this.chosen = row;
    else if (to[event.key]) this.at = { row: to[event.key]![0], interval: to[event.key]![1] };
    else return;
    event.preventDefault();
    event.stopPropagation();
    void this.updateComplete.then(() => this.#follow(n));
  }

  /** Keeps the cell that is read out in sight. */
  #follow(n: number) {
    const cells = this.renderRoot.querySelector(".cells");
    if (!cells || !this.at) return;
    const size = this.#size(n);
    const x = this.at.interval * size;
    if (x < cells.scrollLeft) cells.scrollLeft = x;
    if (x + size > cells.scrollLeft + cells.clientWidth) cells.scrollLeft = x + size - cells.clientWidth;
  }

  #point(event: PointerEvent, timeline: Timeline, rows: Series[]) {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const interval = Math.floor((event.clientX - box.left) / this.#size(timeline.intervals.length));
    const row = Math.floor((event.clientY - box.top - this.#head(timeline)) / ROW);
    const inside = row >= 0 && row < rows.length && interval >= 0 && interval < timeline.intervals.length;
    this.at = inside ? { row, interval } : null;
  }

  #size(n: number): number {
    return Math.max(LEAST, Math.min(28, this.width / n));
  }

  /** Pixels above the cells: the line of marks is there only where something was said. */
  #head({ intervals }: Timeline): number {
    return HEAD + (intervals.some(({ mark }) => mark) ? MARKS : 0);
  }

  #cells(timeline: Timeline, rows: Series[]) {
    const n = timeline.intervals.length;
    const size = this.#size(n);
    const head = this.#head(timeline);
    const [width, tall] = [Math.ceil(n * size), head + rows.length * ROW + 6];
    const gap = size > 10 ? 2 : 1;
    const square = (kind: string, row: number, i: number) =>
      svg`<rect class=${kind} x=${i * size + gap / 2} y=${head + row * ROW + 2} width=${size - gap} height=${ROW - 4} rx="2"></rect>`;
    return html`<svg
      width=${width}
      height=${tall}
      role="img"
      tabindex="0"
      aria-label="PSI of ${plural(rows.length, "column")} over ${plural(n, "interval")}. Arrow keys go from cell to cell."
      @pointermove=${(e: PointerEvent) => this.#point(e, timeline, rows)}
      @pointerleave=${() => (this.at = null)}
      @click=${() => {
        if (this.at) this.chosen = this.at.row;
      }}
      @keydown=${(e: KeyboardEvent) => this.#key(e, timeline, rows)}
    >
      ${hatch}
      ${named(n, 84, size)
        .filter((i) => i === 0 || i * size <= width - LABEL)
        .map((i) => svg`<text x=${i * size} y="14">${plainText(timeline.intervals[i]!.key, 20)}</text>`)}
      ${this.#bands(rows, (row, i) => ({ x: i * size + gap / 2, y: head + row * ROW + 2, width: size - gap }), size > 10)}
      ${timeline.intervals.map(({ mark }, i) => (mark ? markOf(mark, { x: i * size, width: size, y: HEAD + MARKS / 2, from: head, to: tall - 6 }) : nothing))}
      ${gaps(timeline).map((days, i) => (days > 0 ? gapLine(i * size, HEAD, tall - 6) : nothing))}
      ${rows.map((series, row) => series.tripped.map((i) => this.#tripped(row, i, { head, size, gap })))}
      ${rows.map((series, row) => alertSpans(alertsOf(series), (i) => i * size, size, head + row * ROW + ROW - 3))}
      ${this.at ? square("marked", this.at.row, this.at.interval) : ""}
    </svg>`;
  }

  /** All cells of a band as one path: one shape each would keep the page busy. */
  #bands(rows: Series[], place: (row: number, i: number) => { x: number; y: number; width: number }, alone: boolean) {
    const paths = new Map<string, string[]>();
    rows.forEach((series, row) =>
      series.psi.forEach((psi, i) => {
        const band = bandOf(psi) ?? (alone ? "alone" : null);
        if (band === null) return;
        const { x, y, width } = place(row, i);
        const [across, down] = [(width - 4).toFixed(2), ROW - 8];
        const path = `M${(x + 2).toFixed(2)} ${y}h${across}q2 0 2 2v${down}q0 2 -2 2h-${across}q-2 0 -2 -2v-${down}q0 -2 2 -2z`;
        const held = paths.get(band);
        if (held) held.push(path);
        else paths.set(band, [path]);
      }),
    );
    return [...paths].map(([band, path]) => svg`<path class=${band} d=${path.join("")}></path>`);
  }

  /** An outline around an unusual cell, with a point in it: not only the colour says it. */
  #tripped(row: number, i: number, { head, size, gap }: { head: number; size: number; gap: number }) {
    const y = head + row * ROW;
    return svg`<rect class="tripped" fill-opacity="0" x=${i * size + gap / 2} y=${y + 2} width=${size - gap} height=${ROW - 4} rx="2"></rect>
      <circle class="tripped" cx=${i * size + size / 2} cy=${y + ROW / 2 - 1} r="2"></circle>`;
  }

  /** What is there to be seen, and nothing else. */
  #legend(timeline: Timeline, rows: Series[]) {
    const swatch = (kind: string, point = false) =>
      svg`<svg width="14" height="14" aria-hidden="true"><rect class=${kind} x="1" y="1" width="12" height="12" rx="2"></rect>${
        point ? svg`<circle class="tripped" cx="7" cy="7" r="2"></circle>` : ""
      }</svg>`;
    const states = new Set(rows.flatMap(alertsOf));
    const said = new Set(timeline.intervals.map(({ mark }) => mark));
    const drawn = (what: Alert | "incident" | "normal" | "gap", words: string, is: boolean) =>
      is ? html`<li>${swatchOf(what)}${words}</li>` : nothing;
    return html`<ul class="legend" aria-label="What the cells say">
      ${bands.map(({ id, word }) => html`<li>${swatch(id)}PSI ${word}</li>`)}
      <li>${swatch("tripped", true)}unusual for this column</li>
      ${drawn("open", "an alert opens", states.has("open"))}${drawn("held", "it stands", states.has("open"))}${drawn("resolved", "it is resolved", states.has("resolved"))}
      ${drawn("incident", "an incident: not usual", said.has("incident"))}${drawn("normal", "said to be normal", said.has("normal"))}
      ${drawn("gap", "days without a file", gaps(timeline).some((days) => days > 0))}
    </ul>`;
  }

  override render() {
    const { timeline } = this;
    if (!timeline) return nothing;
    const every = ranked(timeline);
    const rows = this.all ? every : every.slice(0, AT_ONCE);
    const chosen = rows[this.chosen];
    if (!chosen) return html`<p class="intro">No column could be compared in these intervals.</p>`;
    return html`${this.#legend(timeline, rows)}
      <div class="map">
        <div class="names" ${styled({ "padding-top": `${this.#head(timeline)}px` })}>
          ${rows.map(
            (series, row) =>
              html`<button aria-pressed=${row === this.chosen} @click=${() => (this.chosen = row)}>${dataText(series.column, 60)}</button>`,
          )}
        </div>
        <div class="cells">${this.#cells(timeline, rows)}</div>
      </div>
      ${
        every.length > rows.length
          ? html`<p><button class="quiet" @click=${() => (this.all = true)}>Show all ${plural(every.length, "column")}</button></p>`
          : nothing
      }
      <p class="readout" role="status">${this.#readout(timeline, rows)}</p>
      <driftline-series-chart .timeline=${timeline} .series=${chosen} at=${this.at?.interval ?? -1}></driftline-series-chart>`;
  }
}

customElements.define("driftline-heat-map", DriftlineHeatMap);
