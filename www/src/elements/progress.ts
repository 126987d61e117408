// `<driftline-progress>`: how far the reading has come, in bytes and rows, and a way to stop it.
import { LitElement, css, html } from "lit";
import type { Early, Progress } from "../session";
import { dataText, plainText } from "../show/data-text";
import { bytes, count, shareOf } from "../show/number";
import { base } from "../styles/base";
import { progressStyles } from "../styles/progress";
import "./early";

export class DriftlineProgress extends LitElement {
  static override properties = {
    progress: { attribute: false },
    early: { attribute: false },
    alone: { type: Boolean },
  };
  static override styles = [
    base,
    progressStyles,
    css`
      section {
        display: grid;
        gap: 10px;
        max-width: 560px;
        margin: 0 auto;
        padding: 24px;
        border: 1px solid var(--dl-line);
        border-radius: 14px;
        background: var(--dl-surface);
        box-shadow: var(--dl-shadow);
      }
      .top,
      .numbers {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 4px 16px;
      }
      h1 {
        font-size: 1.125rem;
        font-weight: 650;
        letter-spacing: -0.01em;
        line-height: 1.3;
      }
      .data {
        font-family: inherit;
        font-size: inherit;
      }
      .numbers {
        color: var(--dl-ink-2);
        font-size: 0.875rem;
      }
      button {
        justify-self: start;
      }
    `,
  ];

  declare progress: Progress | null;
  /** What is critical already. */
  declare early: Early | null;
  /** Whether it is all there is on the page, so that its heading is the page's. */
  declare alone: boolean;

  constructor() {
    super();
    this.progress = null;
    this.early = null;
    this.alone = false;
  }

  #cancel() {
    this.dispatchEvent(new CustomEvent("driftline:cancel", { bubbles: true, composed: true }));
  }

  override render() {
    const at = this.progress;
    const done = at ? Math.min(at.bytes, at.size) : 0;
    const known = at !== null && done > 0 && at.size > 0;
    const label = at ? `Reading ${plainText(at.file)}` : "Starting the engine";
    const title = at ? html`Reading ${dataText(at.file, 80)}` : label;
    return html`<section>
      <div class="top">
        ${this.alone ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}<span
          >${known ? shareOf(done, at.size) : ""}</span
        >
      </div>
      ${known ? html`<progress aria-label=${label} max=${at.size} .value=${done}></progress>` : html`<progress aria-label=${label}></progress>`}
      <div class="numbers">
        <span>${at && at.rows > 0 ? `${count(at.rows)} rows` : "no rows yet"}</span
        ><span>${at ? `${bytes(done)} of ${bytes(at.size)}` : ""}</span>
      </div>
      ${this.early ? html`<driftline-early .early=${this.early}></driftline-early>` : ""}
      <button id="cancel" @click=${this.#cancel}>Cancel</button>
    </section>`;
  }
}

customElements.define("driftline-progress", DriftlineProgress);
