// `<driftline-series-chart>`: one column over the intervals, as a line with its limit, the intervals that tripped marked, and
// the same numbers as a table.
import { LitElement, html, nothing, svg } from "lit";
import { scaleLinear } from "d3-scale";
import type { Series, Timeline } from "../report";
import { alertWords, alertsOf, gaps, height, named, path } from "../charts/intervals";
import { alertSpans, gapLine, hatch, markOf } from "../charts/marks";
import { dataText, plainText } from "../show/data-text";
import { score, share, statistic } from "../show/number";
import { base } from "../styles/base";
import { overTimeStyles } from "../styles/over-time";

const HEIGHT = 150;
const AXIS = 24;
const LEFT = 44;

type Of = "psi" | "missing" | "invalid" | "median";
const words: Record<Of, string> = { psi: "PSI", missing: "Missing", invalid: "Invalid", median: "Median" };

export class DriftlineSeriesChart extends LitElement {
  static override properties = {
    timeline: { attribute: false },
    series: { attribute: false },
    at: { type: Number },
    of: { state: true },
    width: { state: true },
  };
  static override styles = [base, overTimeStyles];

  declare timeline: Timeline;
  declare series: Series;
  /** The interval that is read out; −1: none. */
  declare at: number;
  declare of: Of;
  declare width: number;
  #observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    if (width > 0) this.width = width;
  });

  constructor() {
    super();
    Object.assign(this, { at: -1, of: "psi", width: 600 });
  }

  override updated() {
    const plot = this.renderRoot.querySelector(".plot");
    if (plot) this.#observer.observe(plot);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  #shown(value: number | null): string {
    if (value === null) return "–";
    if (this.of === "psi") return score(value);
    return this.of === "median" ? statistic(value) : share(value);
  }

  #chart(values: (number | null)[], limit: number | null) {
    const { timeline, series, width } = this;
    const known = values.filter((value) => value !== null);
    const most = Math.max(...known, limit ?? -Infinity);
    const least = this.of === "median" ? Math.min(...known) : 0;
    const y = scaleLinear([least, most > least ? most : least + 1], [HEIGHT, 8]).nice(4);
    const x = (i: number) => LEFT + (values.length < 2 ? 0.5 : i / (values.length - 1)) * (width - LEFT - 12);
    const tripped = new Set(series.tripped);
    const each = values.length <= 60;
    const name = (key: string) => plainText(key, 24);
    const states = alertsOf(series);
    const raised = states.filter((state) => state === "open").length;
    const step = values.length < 2 ? 14 : (width - LEFT - 12) / (values.length - 1);
    const band = Math.min(step, 14);
    const label = `${words[this.of]} of ${plainText(series.column, 60)} over ${values.length} intervals, ${series.tripped.length} of them unusual${raised > 0 ? `, ${raised} ${raised === 1 ? "alert" : "alerts"}` : ""}`;
    return svg`<svg width=${width} height=${HEIGHT + AXIS} viewBox="0 0 ${width} ${HEIGHT + AXIS}" role="img" aria-label=${label}>
      ${y.ticks(4).map((tick) => svg`<line class="grid-line" x1=${LEFT} x2=${width} y1=${y(tick)} y2=${y(tick)}></line>
        <text x=${LEFT - 6} y=${y(tick) + 4} text-anchor="end">${this.of === "psi" ? statistic(tick) : this.#shown(tick)}</text>`)}
      ${limit === null ? "" : svg`<line class="limit" x1=${LEFT} x2=${width} y1=${y(limit)} y2=${y(limit)}></line>
        <text class="limit-name" x=${width - 4} y=${y(limit) - 5} text-anchor="end">unusual from ${score(limit)}</text>`}
      ${hatch}
      ${timeline.intervals.map(({ mark }, i) => (mark ? markOf(mark, { x: x(i) - band / 2, width: band, y: 5, from: 10, to: HEIGHT }) : ""))}
      ${gaps(timeline).map((days, i) => (days > 0 ? gapLine(x(i) - step / 2, 0, HEIGHT) : ""))}
      ${alertSpans(states, (i) => x(i) - step / 2, step, HEIGHT - 1)}
      <path class="line" d=${path(values, x, y)}></path>
      ${values.map((value, i) => {
        if (value === null) return "";
        if (tripped.has(i)) return svg`<circle class="tripped" cx=${x(i)} cy=${y(value)} r="4.5"></circle>`;
        return each ? svg`<circle class="point" cx=${x(i)} cy=${y(value)} r="2"></circle>` : "";
      })}
      ${this.at >= 0 ? svg`<line class="marked" x1=${x(this.at)} x2=${x(this.at)} y1="0" y2=${HEIGHT}></line>` : ""}
      ${named(values.length, 120, (width - LEFT) / values.length).map((i) => svg`<text x=${x(i)} y=${HEIGHT + 18}
        text-anchor=${i === 0 ? "start" : x(i) > width - 40 ? "end" : "middle"}>${name(timeline.intervals[i]!.key)}</text>`)}
    </svg>`;
  }

  override render() {
    const { timeline, series } = this;
    const values = series[this.of].map(height);
    const limit = this.of === "psi" ? height(series.limit) : null;
    const states = alertsOf(series);
    const hasAlerts = states.some((state) => state !== null);
    const hasMarks = timeline.intervals.some(({ mark }) => mark);
    const offered = (Object.keys(words) as Of[]).filter((of) => series[of].some((value) => height(value) !== null && (of === "psi" || of === "median" || value !== 0)));
    return html`<figure>
      <figcaption>
        <h3>${dataText(series.column, 80)}</h3>
        <div class="choices" role="group" aria-label="What is drawn">
          ${offered.map((of) => html`<button aria-pressed=${of === this.of} @click=${() => (this.of = of)}>${words[of]}</button>`)}
        </div>
      </figcaption>
      <div class="plot">${this.#chart(values, limit)}</div>
      <details>
        <summary>The same numbers as a table</summary>
        <div class="scroller" tabindex="0" role="region" aria-label="The column over time as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Interval</th>
                <th class="number" scope="col">${words[this.of]}</th>
                <th scope="col">Unusual</th>
                ${hasAlerts ? html`<th scope="col">Alert</th>` : nothing}${hasMarks ? html`<th scope="col">Marked</th>` : nothing}
              </tr>
            </thead>
            <tbody>
              ${values.map(
                (value, i) =>
                  html`<tr>
                    <td>${dataText(timeline.intervals[i]!.key, 40)}</td>
                    <td class="number">${this.#shown(value)}</td>
                    <td>${series.tripped.includes(i) ? "yes" : ""}</td>
                    ${hasAlerts ? html`<td>${states[i] ? alertWords[states[i]] : ""}</td>` : nothing}${hasMarks ? html`<td>${timeline.intervals[i]!.mark ?? ""}</td>` : nothing}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
    </figure>`;
  }
}

customElements.define("driftline-series-chart", DriftlineSeriesChart);
