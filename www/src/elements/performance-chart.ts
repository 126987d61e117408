// `<driftline-performance-chart>`: one metric over the chunks of both files: estimated with its band, realised, limits, what is
// beyond them marked by shape, and the same numbers as a table.
import { LitElement, html, nothing, svg } from "lit";
import { scaleLinear } from "d3-scale";
import { named, path } from "../charts/intervals";
import type { Chunk, Document, Measured } from "../performance";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { plural, statistic } from "../show/number";
import { sliced } from "../show/slices";
import { fromId, sentence } from "../show/words";
import { base } from "../styles/base";
import { overTimeStyles } from "../styles/over-time";
import { performanceStyles } from "../styles/performance";

const HEIGHT = 150;
const TOP = 18;
const AXIS = 24;
const LEFT = 52;
/* More chunks than these are hard to look at; the latest are drawn. */
const DRAWN = 400;

interface Point {
  chunk: Chunk;
  measured: Measured | null;
  isReference: boolean;
}

/** What a metric is called. */
export function metricWord(id: string): string {
  return { roc_auc: "ROC AUC", f1: "F1" }[id] ?? sentence(fromId(id));
}

/** Four digits are as many as a person compares. */
function shown(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return Math.abs(value) < 10 ? value.toFixed(4) : statistic(Number(value.toFixed(1)));
}

/** The shape of an alert: a diamond around a point. */
function diamond(x: number, y: number): string {
  return `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`;
}

export class DriftlinePerformanceChart extends sliced(LitElement) {
  static override properties = { told: { attribute: false }, metric: { attribute: false }, width: { state: true }, opened: { state: true } };
  static override styles = [base, overTimeStyles, performanceStyles];

  declare told: Document;
  declare metric: string;
  declare width: number;
  /** Whether the table was opened: until then it is not made. */
  declare opened: boolean;
  #observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    if (width > 0) this.width = width;
  });

  constructor() {
    super();
    Object.assign(this, { width: 460, opened: false });
  }

  override updated() {
    const plot = this.renderRoot.querySelector(".plot");
    if (plot) this.#observer.observe(plot);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  get #points(): Point[] {
    const of = (isReference: boolean) => (chunk: Chunk) => ({
      chunk,
      measured: chunk.metrics.find(({ name }) => name === this.metric) ?? null,
      isReference,
    });
    const { reference_chunks: before, chunks: now } = this.told;
    return [...before.slice(-DRAWN).map(of(true)), ...now.slice(-DRAWN).map(of(false))];
  }

  #band(points: Point[], x: (i: number) => number, y: (value: number) => number) {
    const areas: string[] = [];
    let run: number[] = [];
    const close = () => {
      const at = (i: number, end: "lower" | "upper") => `${x(i).toFixed(1)} ${y(points[i]!.measured!.band![end]).toFixed(1)}`;
      if (run.length > 0) areas.push(`M${[...run.map((i) => at(i, "upper")), ...[...run].reverse().map((i) => at(i, "lower"))].join("L")}Z`);
      run = [];
    };
    points.forEach(({ measured }, i) => (measured?.band ? run.push(i) : close()));
    close();
    return areas.map((area) => svg`<path class="band" d=${area}></path>`);
  }

  #words({ chunk, measured }: Point): string {
    const why = chunk.not_run ?? measured?.not_run;
    const parts = [
      plainText(chunk.key, 60),
      `estimated ${shown(measured?.estimated)}${measured?.alert ? ", beyond its limits" : ""}`,
      measured?.realised == null ? "" : `realised ${shown(measured.realised)}${measured.realised_alert ? ", beyond its limits" : ""}`,
      why ? `not run: ${plainText(why, 200)}` : "",
    ];
    return parts.filter(Boolean).join("\n");
  }

  #chart(points: Point[]) {
    const { width } = this;
    const values = points.flatMap(({ measured: it }) => [it?.estimated, it?.realised, it?.band?.lower, it?.band?.upper, it?.limits?.lower, it?.limits?.upper]);
    const known = values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
    if (known.length === 0) return html`<p class="quiet-text">No chunk has a value.</p>`;
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const y = scaleLinear([least, most > least ? most : least + 1], [HEIGHT, TOP]).nice(4);
    const x = (i: number) => LEFT + (points.length < 2 ? 0.5 : i / (points.length - 1)) * (width - LEFT - 14);
    const line = (of: (it: Measured) => number | null | undefined) => path(points.map(({ measured }) => (measured && of(measured)) ?? null), x, y);
    const step = (width - LEFT - 14) / Math.max(1, points.length - 1);
    const first = points.findIndex(({ isReference }) => !isReference);
    const border = first > 0 ? x(first) - step / 2 : null;
    const each = points.length <= 60;
    const beyond = points.filter(({ measured, isReference }) => !isReference && (measured?.alert || measured?.realised_alert)).length;
    const label = `${metricWord(this.metric)} over ${points.length} chunks, ${beyond} of this file's beyond their limits`;
    return svg`<svg width=${width} height=${HEIGHT + AXIS} viewBox="0 0 ${width} ${HEIGHT + AXIS}" role="img" aria-label=${label}>
      ${y.ticks(4).map((tick) => svg`<line class="grid-line" x1=${LEFT} x2=${width} y1=${y(tick)} y2=${y(tick)}></line>
        <text x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end">${statistic(tick)}</text>`)}
      ${this.#band(points, x, y)}
      <path class="limit" fill="none" d=${line((it) => it.limits?.lower)}></path>
      <path class="limit" fill="none" d=${line((it) => it.limits?.upper)}></path>
      ${border === null ? "" : svg`<line class="now" x1=${border} x2=${border} y1="4" y2=${HEIGHT}></line>
        <text x=${border - 6} y="12" text-anchor="end">reference</text><text x=${border + 6} y="12">this file</text>`}
      <path class="realised" d=${line((it) => it.realised)}></path>
      <path class="estimated" d=${line((it) => it.estimated)}></path>
      ${points.map(({ measured: it }, i) => {
        if (!it) return "";
        return svg`${it.realised_alert && it.realised !== null ? svg`<path class="alert" d=${diamond(x(i), y(it.realised))}></path>` : ""}
          ${it.alert && it.estimated !== null ? svg`<path class="alert" d=${diamond(x(i), y(it.estimated))}></path>` : ""}
          ${each && !it.realised_alert && it.realised !== null ? svg`<rect class="square" x=${x(i) - 2.5} y=${y(it.realised) - 2.5} width="5" height="5"></rect>` : ""}
          ${each && !it.alert && it.estimated !== null ? svg`<circle class="dot" cx=${x(i)} cy=${y(it.estimated)} r="2.5"></circle>` : ""}`;
      })}
      ${named(points.length, 96, step).map((i) => svg`<text x=${x(i)} y=${HEIGHT + 18}
        text-anchor=${i === 0 ? "start" : x(i) > width - 40 ? "end" : "middle"}>${plainText(points[i]!.chunk.key, 16)}</text>`)}
      ${points.map((point, i) => svg`<rect class="hit" x=${x(i) - step / 2} y=${TOP} width=${step} height=${HEIGHT - TOP}><title>${this.#words(point)}</title></rect>`)}
    </svg>`;
  }

  #row({ chunk, measured }: Point) {
    const beyond = [measured?.alert ? "estimated" : "", measured?.realised_alert ? "realised" : ""].filter(Boolean).join(", ");
    const why = chunk.not_run ?? measured?.not_run;
    const limits = measured?.limits;
    return html`<tr>
      <td>${dataText(chunk.key, 40)}</td>
      <td class="number">${statistic(chunk.rows)}</td>
      <td class="number">${shown(measured?.estimated)}</td>
      <td class="number">${measured?.sampling_error == null ? "–" : `± ${shown(3 * measured.sampling_error)}`}</td>
      <td class="number">${shown(measured?.realised)}</td>
      <td class="number">${limits ? `${shown(limits.lower)} to ${shown(limits.upper)}` : "–"}</td>
      <td>${beyond}${why ? html`<span class="quiet-text">${plainText(why, 200)}</span>` : nothing}</td>
    </tr>`;
  }

  #table(now: Point[]) {
    return html`<div class="scroller" tabindex="0" role="region" aria-label="${metricWord(this.metric)} as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Chunk</th>
            <th class="number" scope="col">Rows</th>
            <th class="number" scope="col">Estimated</th>
            <th class="number" scope="col">3 errors</th>
            <th class="number" scope="col">Realised</th>
            <th class="number" scope="col">Limits</th>
            <th scope="col">Beyond them</th>
          </tr>
        </thead>
        <tbody>
          ${now.map((point) => this.#row(point))}
        </tbody>
      </table>
    </div>`;
  }

  override render() {
    const points = this.#points;
    const now = points.filter(({ isReference }) => !isReference);
    const count = (of: "alert" | "realised_alert") => now.filter(({ measured }) => measured?.[of]).length;
    const told = [
      count("alert") > 0 ? `${plural(count("alert"), "estimate")}` : "",
      count("realised_alert") > 0 ? `${plural(count("realised_alert"), "realised value")}` : "",
    ].filter(Boolean);
    return html`<figure>
      <figcaption>
        <h3>${metricWord(this.metric)}</h3>
        ${told.length > 0 ? html`<span class="beyond">${glyph("warning")}${told.join(", ")} beyond limits</span>` : html`<span class="within">within its limits</span>`}
      </figcaption>
      <div class="plot">${this.#chart(points)}</div>
      <details @toggle=${(event: Event) => (this.opened ||= (event.target as HTMLDetailsElement).open)}>
        <summary>The same numbers as a table</summary>
        ${this.opened ? this.#table(now) : nothing}
      </details>
    </figure>`;
  }
}

customElements.define("driftline-performance-chart", DriftlinePerformanceChart);
