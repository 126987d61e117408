// `<driftline-performance-along>`: which inputs drift along with the change of a metric: both chunk by chunk, one below the other,
// and what their correlation says.
import { LitElement, html, nothing, svg } from "lit";
import type { Along, Document, Input } from "../performance";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { plural, probability, score } from "../show/number";
import { sliced } from "../show/slices";
import { sentence } from "../show/words";
import { base } from "../styles/base";
import { alongStyles } from "../styles/performance-along";
import { metricWord } from "./performance-chart";

const WIDTH = 144;
const HEIGHT = 30;
/* Chunks that bars of a pixel or more are drawn of; the latest. */
const DRAWN = 72;
/* Inputs that are listed until all are asked for. */
const LISTED = 12;

/** What a sentence says before its numbers, which have columns of their own. */
function verdict({ sentence: words, correlation }: Input): string {
  return sentence(correlation === null ? words : words.split(": ")[0]!);
}

export class DriftlinePerformanceAlong extends sliced(LitElement) {
  static override properties = { told: { attribute: false }, all: { state: true } };
  static override styles = [base, alongStyles];

  declare told: Document;
  /** Whether all inputs are listed. */
  declare all: boolean;

  constructor() {
    super();
    this.all = false;
  }

  /** How far the metric of each chunk is from what it was in the reference. */
  #changes({ metric, of, reference_mean: mean }: Along): Array<number | null> {
    return this.told.chunks.map(({ metrics }) => {
      const it = metrics.find(({ name }) => name === metric);
      const value = of === "realised" ? it?.realised : it?.estimated;
      return value == null || mean === null ? null : Math.abs(value - mean);
    });
  }

  #bars(values: Array<number | null>, threshold: number | null, label: string) {
    const shown = values.slice(-DRAWN);
    const keys = this.told.chunks.slice(-DRAWN).map(({ key }) => plainText(key, 40));
    // What is as usual stays low beside what is not.
    const most = Math.max(...shown.map((it) => it ?? 0), 2.5 * (threshold ?? 0)) || 1;
    const step = WIDTH / shown.length;
    const y = (value: number) => HEIGHT - 1 - (value / most) * (HEIGHT - 4);
    const at = threshold === null ? null : y(threshold);
    return html`<svg width=${WIDTH} height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
      ${shown.map((value, i) =>
        value === null
          ? ""
          : svg`<rect class=${threshold !== null && value > threshold ? "bar beyond" : "bar"} x=${i * step + 0.5} y=${y(value)}
              width=${Math.max(1, step - 1.5)} height=${HEIGHT - y(value)}><title>${keys[i]}: ${score(value)}</title></rect>`,
      )}
      ${at === null ? "" : svg`<line class="threshold" x1="0" x2=${WIDTH} y1=${at} y2=${at}></line>`}
    </svg>`;
  }

  #row(input: Input) {
    const { column, alerts, drift, threshold, correlation, p_value, goes_along } = input;
    const go = () => this.dispatchEvent(new CustomEvent("driftline:go", { detail: { card: "column", column }, bubbles: true, composed: true }));
    const label = `Drift of ${plainText(column, 60)}: ${alerts} of ${plural(drift.length, "chunk")} beyond the threshold`;
    return html`<tr>
      <th scope="row">
        <button class="name" @click=${go}>${dataText(column, 60)}</button>
        <span class=${goes_along ? "verdict goes" : "verdict"}>${goes_along ? glyph("drift") : nothing}${verdict(input)}</span>
      </th>
      <td>${this.#bars(drift, threshold, label)}</td>
      <td class="number">${alerts} of ${drift.length}</td>
      <td class="number">${correlation === null ? "–" : correlation.toFixed(2).replace("-", "−")}</td>
      <td class="number">${p_value === null ? "–" : probability(p_value)}</td>
    </tr>`;
  }

  #table(along: Along) {
    const { metric, of, inputs } = along;
    const changes = this.#changes(along);
    const listed = this.all ? inputs : inputs.slice(0, LISTED);
    return html`<div class="scroller" tabindex="0" role="region" aria-label="Inputs and the change">
        <table>
          <thead>
            <tr>
              <th scope="col">Input</th>
              <th scope="col">Chunk by chunk</th>
              <th class="number" scope="col">Chunks that drift</th>
              <th class="number" scope="col">r</th>
              <th class="number" scope="col">p</th>
            </tr>
          </thead>
          <tbody>
            ${
              metric === null
                ? nothing
                : html`<tr class="change">
                    <th scope="row">
                      Change of ${of} ${metricWord(metric)}
                      <span class="verdict">from ${along.reference_mean?.toFixed(4) ?? "–"} in the reference</span>
                    </th>
                    <td>${this.#bars(changes, null, `Change of ${metricWord(metric)} from the reference's mean, chunk by chunk`)}</td>
                    <td colspan="3"></td>
                  </tr>`
            }
            ${listed.map((it) => this.#row(it))}
          </tbody>
        </table>
      </div>
      ${listed.length < inputs.length ? html`<button class="more" @click=${() => (this.all = true)}>Show all ${inputs.length} inputs</button>` : nothing}`;
  }

  override render() {
    const { along } = this.told;
    const { left_out } = along;
    return html`<h3>Inputs and the change</h3>
      <p class="told">${sentence(plainText(along.sentence, 600))}.</p>
      ${along.inputs.length > 0 ? this.#table(along) : nothing}
      ${
        left_out.length === 0
          ? nothing
          : html`<details>
              <summary>${plural(left_out.length, "column")} not looked at</summary>
              <ul>
                ${left_out.slice(0, 200).map(({ column, reason }) => html`<li><b>${dataText(column, 60)}</b>: ${plainText(reason, 300)}</li>`)}
              </ul>
            </details>`
      }`;
  }
}

customElements.define("driftline-performance-along", DriftlinePerformanceAlong);
