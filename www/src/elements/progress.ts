// `<driftline-progress>`: how far the reading has come, in bytes and rows, and a way to stop it.
import { LitElement, css, html } from "lit";
import type { Progress } from "../session";
import { dataText, plainText } from "../show/data-text";
import { bytes, count, shareOf } from "../show/number";
import { base } from "../styles/base";

export class DriftlineProgress extends LitElement {
  static override properties = {
    progress: { attribute: false },
    alone: { type: Boolean },
    wide: { type: Boolean, reflect: true },
  };
  static override styles = [
    base,
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
      :host([wide]) section {
        max-width: none;
        padding: 20px 18px;
        border-radius: var(--dl-radius);
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
      progress {
        width: 100%;
        height: 10px;
        border: 0;
        border-radius: 5px;
        overflow: hidden;
        appearance: none;
        background: var(--dl-sunken);
        accent-color: var(--dl-accent);
      }
      progress::-webkit-progress-bar {
        background: var(--dl-sunken);
      }
      progress::-webkit-progress-value {
        border-radius: 5px;
        background: var(--dl-accent);
        transition: inline-size 0.15s linear;
      }
      progress::-moz-progress-bar {
        background: var(--dl-accent);
      }
      progress:indeterminate::-webkit-progress-bar {
        background: linear-gradient(90deg, var(--dl-sunken), var(--dl-accent), var(--dl-sunken)) 0 0 / 200% 100%;
        animation: pass 1.6s linear infinite;
      }
      @keyframes pass {
        to {
          background-position: -200% 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        progress::-webkit-progress-value {
          transition: none;
        }
        progress:indeterminate::-webkit-progress-bar {
          animation: none;
        }
      }
      button {
        justify-self: start;
      }
    `,
  ];

  declare progress: Progress | null;
  /** Whether it is all there is on the page, so that its heading is the page's. */
  declare alone: boolean;
  /** Whether it takes the place of the verdict above a report. */
  declare wide: boolean;

  constructor() {
    super();
    this.wide = false;
    this.progress = null;
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
      <button id="cancel" @click=${this.#cancel}>Cancel</button>
    </section>`;
  }
}

customElements.define("driftline-progress", DriftlineProgress);
