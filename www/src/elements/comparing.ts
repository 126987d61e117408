// `<driftline-comparing>`: what another tool would have said of the same two files, column by column beside ours; and what the
// columns say together.
import { LitElement, html, nothing, type PropertyValues } from "lit";
import type { Comparing, Compared, Word } from "../comparing";
import type { Like, LikeColumn, LikeMethod, Multivariate, Report } from "../report";
import { dataText, plainText } from "../show/data-text";
import { download, stem } from "../show/download";
import { glyph } from "../show/glyph";
import { plural, score, share, statistic } from "../show/number";
import { styled } from "../show/styled";
import { fromId, sentence } from "../show/words";
import { base } from "../styles/base";
import { comparingStyles } from "../styles/comparing";
import { progressStyles } from "../styles/progress";
import { statusStyles } from "../styles/status";
import { turn } from "../turn";

const tools: [Word | null, string][] = [
  [null, "Driftline"],
  ["evidently", "Evidently"],
  ["nannyml", "NannyML"],
  ["alibi", "Alibi Detect"],
];
const TOGETHER = ["domain-classifier", "reconstruction-error", "correlation-change", "multivariate"];
/* Rows that a table shows at most. */
const LISTED = 200;
/* And how many more in one go. */
const AT_ONCE = 20;
/* Bars and pairs that are shown at most. */
const FEW = 8;

/** What a tool says of a column, as a word with its mark. */
function said(drifted: boolean | null) {
  if (drifted === null) return html`<span class="chip info">${glyph("not_run")}Not run</span>`;
  return drifted ? html`<span class="chip warning">${glyph("drift")}Drifted</span>` : html`<span class="chip ok">${glyph("same")}Same</span>`;
}

export class DriftlineComparing extends LitElement {
  static override properties = {
    report: { attribute: false },
    comparing: { attribute: false },
    tool: { state: true },
    rows: { state: true },
  };
  static override styles = [base, statusStyles, progressStyles, comparingStyles];

  declare report: Report | undefined;
  declare comparing: Comparing | null;
  /** Whose word is shown; `null`: our own. */
  declare tool: Word | null;
  /** Rows of its table that are there: it comes piece by piece. */
  declare rows: number;
  #asked: Word | null = null;
  #of: Comparing | null = null;
  #changed = () => {
    this.requestUpdate();
    void this.#tell();
  };

  constructor() {
    super();
    Object.assign(this, { comparing: null, tool: null, rows: AT_ONCE });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has("comparing")) return;
    this.#of?.removeEventListener("change", this.#changed);
    this.#of?.cancel();
    this.#of = this.comparing;
    this.#of?.addEventListener("change", this.#changed);
    this.tool = null;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#of?.cancel();
  }

  #ask(word: Word) {
    this.#asked = word;
    void this.comparing?.ask(word);
  }

  override updated() {
    const like = this.tool && this.comparing?.told.get(this.tool)?.document.like;
    if (like && this.rows < Math.min(LISTED, like.columns.length)) void turn().then(() => (this.rows += AT_ONCE));
  }

  #choose(tool: Word | null) {
    Object.assign(this, { tool, rows: AT_ONCE });
    if (tool !== null && !this.comparing?.told.has(tool)) this.#ask(tool);
  }

  /** Says what came of it. */
  async #tell() {
    const [word, comparing] = [this.#asked, this.comparing];
    if (!word || !comparing || comparing.asked !== null) return;
    this.#asked = null;
    await this.updateComplete;
    if (word === "together") this.renderRoot.querySelector<HTMLElement>("#together-told")?.focus({ preventScroll: true });
    const told = comparing.told.get(word)?.document;
    const words = told ? (word === "together" ? this.#findings(told).join(". ") : this.#sentence(told)) : (comparing.fault?.words ?? "Cancelled");
    this.dispatchEvent(new CustomEvent("driftline:say", { detail: plainText(words, 600), bubbles: true, composed: true }));
  }

  #findings({ findings }: Compared["document"]): string[] {
    return findings.filter(({ rule }) => TOGETHER.includes(rule)).map(({ message }) => sentence(message));
  }

  #sentence({ like, findings }: Compared["document"]): string {
    return sentence(like?.sentence ?? findings.find(({ rule }) => rule.startsWith("as-"))?.message ?? "It says nothing of these files");
  }

  #save(word: Word, { json }: Compared) {
    download(json as Uint8Array<ArrayBuffer>, `${stem(this.report?.source.name ?? "", "file")}.${word}.json`, "application/json");
  }

  #threshold({ lower, upper }: LikeMethod): string {
    if (lower === null) return score(upper);
    return `${score(lower)} to ${score(upper)}`;
  }

  #column(column: LikeColumn) {
    const method = column.methods[0];
    const others = column.methods.slice(1);
    return html`<tr>
        <th scope="row">${dataText(column.column, 60)}</th>
        <td>${method ? fromId(method.name) : "–"}${others.length > 0 ? html`<span class="quiet-text"> and ${plural(others.length, "other")}</span>` : nothing}</td>
        <td class="number">${method ? score(method.value) : "–"}</td>
        <td class="number">${method ? this.#threshold(method) : "–"}</td>
        <td>${column.left_out ? html`<span class="quiet-text">not looked at</span>` : said(column.drifted)}</td>
        <td>${column.ours ? fromId(column.ours) : "–"}</td>
      </tr>
      ${column.differs || column.left_out ? html`<tr class="why"><td colspan="6">${sentence(plainText(column.differs ?? column.left_out ?? "", 400))}</td></tr>` : nothing}`;
  }

  #like(word: Word, compared: Compared) {
    const like: Like | null | undefined = compared.document.like;
    const table = (like?.table ?? []).filter(({ name }) => name !== "rows_count");
    return html`<p class="said">${this.#sentence(compared.document)}.</p>
      ${
        like
          ? html`<div class="scroller" tabindex="0" role="region" aria-label="What ${like.tool} says of each column">
              <table class="columns">
                <thead>
                  <tr>
                    <th scope="col">Column</th>
                    <th scope="col">Its test</th>
                    <th scope="col" class="number">Value</th>
                    <th scope="col" class="number">Threshold</th>
                    <th scope="col">It says</th>
                    <th scope="col">Driftline says</th>
                  </tr>
                </thead>
                <tbody>
                  ${like.columns.slice(0, Math.min(LISTED, this.rows)).map((column) => this.#column(column))}
                  ${table.map(
                    (method) =>
                      html`<tr>
                        <th scope="row">All columns</th>
                        <td>${fromId(method.name)}</td>
                        <td class="number">${score(method.value)}</td>
                        <td class="number">${this.#threshold(method)}</td>
                        <td>${said(method.drifted)}</td>
                        <td>–</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
            ${like.columns.length > LISTED ? html`<p class="quiet-text">The first ${LISTED}; all of them are in the JSON.</p>` : nothing}`
          : nothing
      }
      <p><button id="save-${word}" @click=${() => this.#save(word, compared)}>${glyph("drop")}JSON</button></p>`;
  }

  #together({ attribution }: Multivariate["classifier"]) {
    if (attribution.length === 0) return nothing;
    return html`<h3>What tells the files apart</h3>
      <ol class="bars" aria-label="Columns that tell the files apart">
      ${attribution.slice(0, FEW).map(
        (it) => html`<li>
          <span class="name">${dataText(it.column, 60)}</span>
          <span class="track" aria-hidden="true"><span class="fill" ${styled({ "--part": String(Math.min(1, it.share)) })}></span></span>
          <span class="part">${share(it.share)}</span>
        </li>`,
      )}
    </ol>`;
  }

  #pairs({ largest }: Multivariate["structure"]) {
    const changed = largest.filter(({ drifted }) => drifted).slice(0, FEW);
    if (changed.length === 0) return nothing;
    return html`<h3>Pairs that go together otherwise</h3>
      <div class="scroller pairs" tabindex="0" role="region" aria-label="Pairs of columns that changed">
      <table>
        <thead>
          <tr>
            <th scope="col">Pair</th>
            <th scope="col">Measure</th>
            <th scope="col" class="number">Before</th>
            <th scope="col" class="number">Now</th>
          </tr>
        </thead>
        <tbody>
          ${changed.map((it) => html`<tr><th scope="row">${dataText(it.first, 40)} and ${dataText(it.second, 40)}</th><td>${fromId(it.measure)}</td><td class="number">${score(it.reference)}</td><td class="number">${score(it.current)}</td></tr>`)}
        </tbody>
      </table>
    </div>`;
  }

  #joint(compared: Compared) {
    const { multivariate: found } = compared.document;
    return html`<ul class="findings" id="together-told" tabindex="-1">
        ${this.#findings(compared.document).map((message) => html`<li>${plainText(message, 600)}.</li>`)}
      </ul>
      ${
        found
          ? html`${this.#together(found.classifier)} ${this.#pairs(found.structure)}
              <p class="quiet-text">
                ${plural(found.columns.length, "column")}, ${plural(found.reference_rows, "row")} before and ${statistic(found.current_rows)} now${found.sampled ? ", a sample" : ""}.
              </p>`
          : nothing
      }
      <p><button id="save-together" @click=${() => this.#save("together", compared)}>${glyph("drop")}JSON</button></p>`;
  }

  #answer(word: Word, show: (compared: Compared) => unknown) {
    const { comparing } = this;
    const told = comparing?.told.get(word);
    if (told) return show(told);
    if (comparing?.asked === word)
      return comparing.share === null
        ? html`<p class="quiet-text working" aria-busy="true">Looking</p>`
        : html`<div class="working">
            <progress aria-label="Looking" max="1" .value=${comparing.share}></progress><span class="quiet-text">${share(comparing.share)}</span>
            <button @click=${() => comparing.cancel()}>Cancel</button>
          </div>`;
    const fault = comparing?.fault?.asked === word ? comparing.fault.words : null;
    return html`${fault ? html`<p class="fault" role="alert">${glyph("critical")}<span>${plainText(fault, 600)}</span></p>` : nothing}
      <p><button id="ask-${word}" @click=${() => this.#ask(word)}>${word === "together" ? "Look at the columns together" : "Ask again"}</button></p>`;
  }

  override render() {
    const { comparing, tool } = this;
    if (!comparing) return nothing;
    return html`<section aria-labelledby="others">
        <h2 id="others">As other tools decide</h2>
        <p class="quiet-text">Their choice of test, bins and thresholds on the same two files, beside ours. ${comparing.lacksRows ? "The reference is a saved profile without rows: not all of them can be told." : ""}</p>
        <div class="choices" role="group" aria-label="Who decides">
          ${tools.map(([id, word]) => html`<button aria-pressed=${id === tool} @click=${() => this.#choose(id)}>${word}</button>`)}
        </div>
        ${tool === null ? html`<p class="quiet-text">What Driftline decides stands above.</p>` : this.#answer(tool, (told) => this.#like(tool, told))}
      </section>
      <section aria-labelledby="together">
        <h2 id="together">Columns together</h2>
        <p class="quiet-text">
          Can the files be told apart by a row as a whole, though no column alone shows it? Do columns go together in another way than before?
        </p>
        ${
          comparing.lacksRows
            ? html`<p class="fault quiet">${glyph("not_run")}<span>Not run: the reference is a saved profile, which has no rows. Add its data file as the reference.</span></p>`
            : this.#answer("together", (told) => this.#joint(told))
        }
      </section>`;
  }
}

customElements.define("driftline-comparing", DriftlineComparing);
