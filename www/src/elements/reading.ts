// `<driftline-reading>`: stands where the verdict will, in its very shape: what is being read, how far, and how to stop.
import { LitElement, html } from "lit";
import type { Early, Progress } from "../session";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { bytes, plural, shareOf } from "../show/number";
import { answers, questions } from "../show/words";
import { base } from "../styles/base";
import { progressStyles } from "../styles/progress";
import { statusStyles } from "../styles/status";
import { verdictStyles } from "../styles/verdict";
import "./early";

export class DriftlineReading extends LitElement {
  static override properties = {
    progress: { attribute: false },
    name: { attribute: false },
    checking: { attribute: false },
    comparing: { attribute: false },
    early: { attribute: false },
  };
  static override styles = [base, statusStyles, verdictStyles, progressStyles];

  declare progress: Progress | null;
  /** The name of the current file. */
  declare name: string;
  /** Whether a contract is checked, and whether a reference is compared with. */
  declare checking: boolean;
  declare comparing: boolean;
  /** What is critical already. */
  declare early: Early | null;

  constructor() {
    super();
    Object.assign(this, { progress: null, name: "", checking: false, comparing: false, early: null });
  }

  #cancel() {
    this.dispatchEvent(new CustomEvent("driftline:cancel", { bubbles: true, composed: true }));
  }

  #waiting(card: string, asked: boolean, thing: string) {
    return html`<li class="card not_run">
      <h2 class="question">${questions[card]}</h2>
      <p class="answer">${glyph("not_run")}${asked ? "Not yet" : "Not asked"}</p>
      <p class="measured">${asked ? "After the file is read." : `No ${thing} was given.`}</p>
    </li>`;
  }

  #agreed() {
    if (!this.early?.reasons.some(({ card }) => card === "as_agreed")) return this.#waiting("as_agreed", this.checking, "contract");
    return html`<li class="card critical">
      <h2 class="question">${questions["as_agreed"]}</h2>
      <p class="answer">${glyph("critical")}${answers["as_agreed"]!["critical"]}</p>
      <p class="measured">Its columns break the contract.</p>
    </li>`;
  }

  override render() {
    const at = this.progress;
    const done = at ? Math.min(at.bytes, at.size) : 0;
    const name = at?.file ?? this.name;
    const label = `Reading ${plainText(name)}`;
    const known = at !== null && done > 0;
    return html`<section aria-labelledby="sentence">
      <div class="head info">
        <span class="mark">${glyph("file")}</span>
        <h1 id="sentence" tabindex="-1">Reading ${dataText(name, 80)}</h1>
      </div>
      <ul class="cards" aria-label="The three questions">
        <li class="card">
          <h2 class="question">${questions["readable"]}</h2>
          <p class="bar">
            ${known ? html`<progress aria-label=${label} max=${at.size} .value=${done}></progress>` : html`<progress aria-label=${label}></progress>`}
          </p>
          <p class="measured">
            ${known ? `${shareOf(done, at.size)} · ${bytes(done)} of ${bytes(at.size)} · ${plural(at.rows, "row")}` : "Starting"}
          </p>
          <button id="cancel" class="add" @click=${this.#cancel}>Cancel</button>
        </li>
        ${this.#agreed()}${this.#waiting("same_as_before", this.comparing, "reference")}
      </ul>
      <driftline-early .early=${this.early}></driftline-early>
    </section>`;
  }
}

customElements.define("driftline-reading", DriftlineReading);
