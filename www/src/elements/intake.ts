// `<driftline-intake>`: where files come in. A real button over a file input, the drop area around it, paste, a sample.
import { LitElement, html } from "lit";
import { glyph } from "../show/glyph";
import { base } from "../styles/base";
import { intakeStyles } from "../styles/intake";

export class DriftlineIntake extends LitElement {
  static override properties = { waiting: { type: Boolean } };
  static override styles = [base, intakeStyles];

  /** Whether other files are there already and only the data file is missing. */
  declare waiting: boolean;

  constructor() {
    super();
    this.waiting = false;
  }

  #choose() {
    this.dispatchEvent(new CustomEvent("driftline:add", { detail: null, bubbles: true, composed: true }));
  }

  #sample() {
    this.dispatchEvent(new CustomEvent("driftline:sample", { bubbles: true, composed: true }));
  }

  override render() {
    return html`<section>
      <h1>${this.waiting ? "Now the data file" : "Can this file be used?"}</h1>
      <p class="lead">
        ${this.waiting ? "The file to judge is still missing. Drop it anywhere on this page." : "Drop a data file and read, in about a second, whether it is readable, as agreed, and the same as before."}
      </p>
      <div class="zone">
        <span class="symbol">${glyph("drop")}</span>
        <p class="invite">Drop files anywhere on this page</p>
        <button class="primary" id="choose" @click=${this.#choose}>Choose files</button>
        <p class="formats">CSV, TSV, JSON, JSON lines, Parquet, Arrow; gzip too. Or paste a file.</p>
      </div>
      <ul class="parts">
        <li>
          <h2>${glyph("file")}A file</h2>
          <p>Every column profiled: types, gaps, ranges, shapes. Every row accounted for.</p>
        </li>
        <li>
          <h2>${glyph("contract")}and its contract</h2>
          <p>An ODCS contract, a suite of Great Expectations, a Table or JSON Schema. Every violation with its row, line and byte.</p>
        </li>
        <li>
          <h2>${glyph("reference")}and last month’s</h2>
          <p>The file or its small saved profile, or many of them in a row. What drifted, how far, and in which values.</p>
        </li>
      </ul>
      ${this.waiting ? "" : html`<p class="try">Nothing at hand? <button class="link" id="sample" @click=${this.#sample}>Try it with a made-up shop’s orders</button></p>`}
    </section>`;
  }
}

customElements.define("driftline-intake", DriftlineIntake);
