// `<driftline-performance>`: how a model does on the file: which column plays which role, then each metric over the chunks,
// estimated and, where targets are there, realised.
import { LitElement, html, nothing, svg, type PropertyValues } from "lit";
import { modelRoles } from "../intake/model-roles";
import type { Document, Measured } from "../performance";
import type { Ask, Performing } from "../performing";
import type { Report } from "../report";
import { dataText, plainText } from "../show/data-text";
import { download, stem } from "../show/download";
import { glyph } from "../show/glyph";
import { count, plural, share, shareOf } from "../show/number";
import { sentence } from "../show/words";
import { base } from "../styles/base";
import { overTimeStyles } from "../styles/over-time";
import { performanceStyles } from "../styles/performance";
import { progressStyles } from "../styles/progress";
import "./performance-along";
import { metricWord } from "./performance-chart";

const PERIODS = ["hour", "day", "week", "month", "quarter", "year"];
const CELLS = ["true_positive", "false_negative", "false_positive", "true_negative"];
/* What the drift of inputs is related to: all but numbers of rows; the first needs no choice. */
const RELATED = ["roc_auc", "average_precision", "f1", "precision", "recall", "specificity", "accuracy"];
const ALL = "";
/* What the cells of the confusion matrix are told as, and what a table of them is called; the first needs no choice. */
const TOLD_AS = [
  ["", "rows", "rows"],
  ["all", "shares of all rows", "shares of all rows"],
  ["true", "shares of the true class", "shares of the rows that truly are of their class"],
  ["pred", "shares of what was decided", "shares of the rows that were decided so"],
] as const;
const ORDERS = [
  ["correlation", "correlation"],
  ["alerts", "chunks that drift"],
] as const;

/** What the chunks add up to in a cell of the confusion matrix; `null` where nothing is known. */
function sum({ chunks }: Document, key: string, name: string, of: "estimated" | "realised"): number | null {
  const told = chunks.filter((chunk) => key === ALL || chunk.key === key).flatMap(({ metrics }) => metrics.filter((it) => it.name === name));
  const known = told.map((it: Measured) => it[of]).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((all, value) => all + value, 0);
}

const marks: Record<string, unknown> = {
  estimated: svg`<rect class="band" x="0" y="2" width="26" height="10"></rect><path class="estimated" d="M0 7H26"></path><circle class="dot" cx="13" cy="7" r="2.5"></circle>`,
  realised: svg`<path class="realised" d="M0 7H26"></path><rect class="square" x="10.5" y="4.5" width="5" height="5"></rect>`,
  limit: svg`<path class="limit" d="M0 7H26"></path>`,
  alert: svg`<path class="alert" d="M13 1L19 7L13 13L7 7Z"></path>`,
};

export class DriftlinePerformance extends LitElement {
  static override properties = {
    report: { attribute: false },
    performing: { attribute: false },
    cut: { state: true },
    key: { state: true },
    cells: { state: true },
  };
  static override styles = [base, overTimeStyles, progressStyles, performanceStyles];

  declare report: Report | undefined;
  declare performing: Performing | null;
  /** How rows are cut, as the form has it. */
  declare cut: string;
  /** The chunk whose confusion matrix is shown. */
  declare key: string;
  /** Whether the charts of its cells were opened: until then they are not made. */
  declare cells: boolean;
  #asked = false;
  #of: Performing | null = null;
  #changed = () => {
    this.requestUpdate();
    void this.#tell();
  };

  constructor() {
    super();
    Object.assign(this, { performing: null, cut: "chunks", key: ALL, cells: false });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has("performing")) return;
    this.#of?.removeEventListener("change", this.#changed);
    this.#of?.cancel();
    this.#of = this.performing;
    this.#of?.addEventListener("change", this.#changed);
    this.key = ALL;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#of?.cancel();
  }

  #ask(event: Event) {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? "") || null;
    const many = Math.max(1, Math.floor(Number(form.get("many") ?? 10)) || 1);
    const ask: Ask = {
      probability: text("probability") ?? "",
      prediction: text("prediction"),
      target: text("target") ?? "",
      timestamp: text("timestamp"),
      period: PERIODS.includes(this.cut) ? this.cut : null,
      rows: this.cut === "rows" ? many : null,
      chunks: this.cut === "chunks" ? many : null,
      normalize: text("normalize"),
      along: text("along"),
      rank: text("rank") ?? "correlation",
    };
    this.#asked = true;
    this.key = ALL;
    void this.performing?.ask(ask);
  }

  /** Says what came of it, and moves the focus there. */
  async #tell() {
    const { performing } = this;
    if (!this.#asked || !performing || performing.asked !== null) return;
    this.#asked = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(".summary")?.focus({ preventScroll: true });
    const words = performing.fault?.words ?? (performing.told ? `${this.#sentence(performing.told.document)}. ${sentence(performing.told.document.along.sentence)}` : "Cancelled");
    this.dispatchEvent(new CustomEvent("driftline:say", { detail: plainText(words, 600), bubbles: true, composed: true }));
  }

  #select(name: string, word: string, names: string[], guess: string | null, none: string | null) {
    return html`<label
      >${word}
      <select name=${name} ?required=${none === null}>
        ${none === null ? html`<option value="" ?selected=${guess === null}>Choose</option>` : html`<option value="" ?selected=${guess === null}>${none}</option>`}
        ${names.map((it) => html`<option value=${it} ?selected=${it === guess}>${plainText(it, 60)}</option>`)}
      </select></label
    >`;
  }

  #form(report: Report, working: boolean) {
    const roles = modelRoles(report);
    const { guess } = roles;
    const counted = this.cut === "chunks" || this.cut === "rows";
    return html`<form @submit=${(event: Event) => this.#ask(event)}>
      ${this.#select("probability", "Probability", roles.probability, guess.probability, null)}
      ${this.#select("prediction", "Prediction", roles.prediction, guess.prediction, "none")}
      ${this.#select("target", "Target", roles.target, guess.target, null)}
      ${this.#select("timestamp", "Ordered by", roles.timestamp, guess.timestamp, "the file")}
      <label
        >Cut into
        <select name="cut" @change=${(e: Event) => (this.cut = (e.target as HTMLSelectElement).value)}>
          <option value="chunks" ?selected=${this.cut === "chunks"}>equal chunks</option>
          <option value="rows" ?selected=${this.cut === "rows"}>chunks of rows</option>
          ${roles.timestamp.length > 0 ? PERIODS.map((it) => html`<option value=${it} ?selected=${it === this.cut}>${it}s</option>`) : nothing}
        </select></label
      >
      ${
        counted
          ? html`<label
              >${this.cut === "rows" ? "Rows each" : "How many"}
              <input type="number" name="many" min="1" step="1" required .value=${this.cut === "rows" ? "5000" : "10"} /></label
            >`
          : nothing
      }
      <label
        >Inputs related to
        <select name="along">
          ${RELATED.map((it, i) => html`<option value=${i === 0 ? "" : it}>${metricWord(it)}</option>`)}
        </select></label
      >
      <label
        >Inputs ordered by
        <select name="rank">
          ${ORDERS.map(([it, word]) => html`<option value=${it}>${word}</option>`)}
        </select></label
      >
      <label
        >Confusion matrix in
        <select name="normalize">
          ${TOLD_AS.map(([it, word]) => html`<option value=${it}>${word}</option>`)}
        </select></label
      >
      <button class="primary" ?disabled=${working}>Estimate</button>
    </form>`;
  }

  #sentence({ chunks, alerts, realised_alerts, not_run }: Document): string {
    const all = plural(chunks.length, "chunk");
    const odd = [
      alerts > 0 ? `${count(alerts)} ${alerts === 1 ? "has" : "have"} an estimate beyond its limits` : "",
      realised_alerts > 0 ? `${count(realised_alerts)} a realised value` : "",
      not_run > 0 ? `${count(not_run)} could not be judged, or not by each metric` : "",
    ].filter(Boolean);
    return odd.length === 0 ? `Each of ${all} is within its limits` : `Of ${all}, ${odd.join(", ")}`;
  }

  #save(bytes: Uint8Array, ending: string, type: string) {
    const name = stem(this.report?.source.name ?? "", "file");
    download(bytes as Uint8Array<ArrayBuffer>, `${name}.performance.${ending}`, type);
  }

  #cell(told: Document, key: string, name: string, isRight: boolean) {
    const [estimated, realised] = [sum(told, key, name, "estimated"), sum(told, key, name, "realised")];
    const all = CELLS.reduce((of, it) => of + (sum(told, key, it, "estimated") ?? 0), 0);
    const areShares = told.normalized !== null;
    return html`<td class=${isRight ? "right" : "wrong"}>
      <b>${estimated === null ? "–" : areShares ? share(estimated) : count(Math.round(estimated))}</b>
      <span class="quiet-text">${estimated === null || areShares ? "" : shareOf(estimated, all)}</span>
      ${realised === null ? nothing : html`<br /><span class="quiet-text">realised ${areShares ? share(realised) : count(realised)}</span>`}
    </td>`;
  }

  #matrix(told: Document) {
    if (told.prediction === null) return nothing;
    const shown = told.chunks.filter(({ metrics }) => metrics.length > 0);
    const [, , counted] = TOLD_AS.find(([it]) => it === (told.normalized ?? ""))!;
    // Shares of chunks do not add up.
    const key = told.normalized !== null && this.key === ALL ? (shown.at(-1)?.key ?? ALL) : this.key;
    return html`<h3 class="part">Confusion matrix, estimated ${counted}</h3>
      <label
        >Of
        <select id="matrix-of" @change=${(e: Event) => (this.key = (e.target as HTMLSelectElement).value)}>
          ${told.normalized === null ? html`<option value=${ALL} ?selected=${key === ALL}>all of this file</option>` : nothing}
          ${shown.map((it) => html`<option value=${it.key} ?selected=${it.key === key}>${plainText(it.key, 40)}</option>`)}
        </select></label
      >
      <div class="scroller">
        <table class="matrix">
          <thead>
            <tr>
              <td></td>
              <th scope="col">Decided positive</th>
              <th scope="col">Decided negative</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Is positive</th>
              ${this.#cell(told, key, "true_positive", true)}${this.#cell(told, key, "false_negative", false)}
            </tr>
            <tr>
              <th scope="row">Is negative</th>
              ${this.#cell(told, key, "false_positive", false)}${this.#cell(told, key, "true_negative", true)}
            </tr>
          </tbody>
        </table>
      </div>`;
  }

  #legend() {
    const key = (mark: unknown, word: string) => html`<li>${mark}${word}</li>`;
    const icon = (inner: unknown) => html`<svg width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">${inner}</svg>`;
    return html`<ul class="legend">
      ${key(icon(marks["estimated"]), "estimated, with 3 standard errors")} ${key(icon(marks["realised"]), "realised")}
      ${key(icon(marks["limit"]), "limits: what is usual in the reference")} ${key(icon(marks["alert"]), "beyond its limits")}
    </ul>`;
  }

  #told({ document: told, json, markdown, html: page }: NonNullable<Performing["told"]>) {
    const odd = told.alerts + told.realised_alerts + told.not_run > 0 || told.chunks.length === 0;
    const beyond = told.chunks.filter(({ metrics }) => metrics.some((it) => CELLS.includes(it.name) && (it.alert || it.realised_alert))).length;
    const metrics = [...new Set([...told.reference_chunks, ...told.chunks].flatMap(({ metrics }) => metrics.map(({ name }) => name)))];
    return html`<p class="summary ${odd ? "warning" : "ok"}" tabindex="-1">${glyph(odd ? "warning" : "ok")}<span>${this.#sentence(told)}</span></p>
      <ul class="notes">
        <li>Held against ${dataText(told.reference, 80)}. Its probabilities ${told.calibrated ? "did not mean what they say, so they are calibrated on it" : "mean what they say, so they are taken as they are"}.</li>
        ${told.notes.map((note) => html`<li>${sentence(plainText(note, 400))}.</li>`)}
      </ul>
      <div class="saves">
        <button id="save-performance-json" @click=${() => this.#save(json, "json", "application/json")}>${glyph("drop")}JSON</button>
        <button id="save-performance-markdown" @click=${() => this.#save(markdown, "md", "text/markdown")}>${glyph("drop")}Markdown</button>
        <button id="save-performance-html" @click=${() => this.#save(page, "html", "text/html")}>${glyph("drop")}HTML</button>
      </div>
      ${this.#legend()}
      <div class="metrics">
        ${metrics.filter((it) => !CELLS.includes(it)).map((it) => html`<driftline-performance-chart .told=${told} .metric=${it}></driftline-performance-chart>`)}
      </div>
      <driftline-performance-along class="along" .told=${told}></driftline-performance-along>
      ${this.#matrix(told)}
      ${
        told.prediction === null
          ? nothing
          : html`<details @toggle=${(event: Event) => (this.cells ||= (event.target as HTMLDetailsElement).open)}>
              <summary>The confusion matrix over the chunks${beyond > 0 ? `: ${plural(beyond, "chunk")} beyond limits` : ""}</summary>
              <div class="metrics">${!this.cells ? nothing : CELLS.map((it) => html`<driftline-performance-chart .told=${told} .metric=${it}></driftline-performance-chart>`)}</div>
            </details>`
      }`;
  }

  #working({ share: done }: Performing) {
    return html`<div class="working">
      ${
        done === null
          ? html`<span class="quiet-text" aria-busy="true">Estimating</span>`
          : html`<progress aria-label="Estimating" max="1" .value=${done}></progress><span class="quiet-text">${share(done)}</span>
              <button @click=${() => this.performing?.cancel()}>Cancel</button>`
      }
    </div>`;
  }

  override render() {
    const { report, performing } = this;
    if (!report || !performing) return nothing;
    if (performing.lacksRows)
      return html`<p class="notes">${glyph("not_run")}Not run: the reference is a saved profile, which has no rows to learn from. Add its data file as the reference.</p>`;
    const { told, asked } = performing;
    const fault = performing.fault?.words;
    const working = asked !== null;
    return html`<p class="intro">
        How well a binary classifier does before anybody knows what was true, estimated from its calibrated probabilities (CBPE), and what was
        realised where the target is known. The reference has the target, and rows that the model was not trained on.
      </p>
      ${this.#form(report, working)}
      ${working ? this.#working(performing) : nothing}
      ${fault ? html`<p class="fault" role="alert">${glyph("critical")}<span>${plainText(fault, 600)}</span></p>` : nothing}
      ${told && !working && !fault ? this.#told(told) : nothing}`;
  }
}

customElements.define("driftline-performance", DriftlinePerformance);
