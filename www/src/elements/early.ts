// `<driftline-early>`: what is critical before a file is read, in the very shape of the verdict's reasons, which take its place.
import { LitElement, css, html } from "lit";
import type { Early } from "../session";
import { count } from "../show/number";
import { base } from "../styles/base";
import { statusStyles } from "../styles/status";
import { verdictStyles } from "../styles/verdict";
import { FIRST, reasonWords } from "./reason";

export class DriftlineEarly extends LitElement {
  static override properties = { early: { attribute: false } };
  static override styles = [
    base,
    statusStyles,
    verdictStyles,
    css`
      .reason {
        min-height: 32px;
      }
      .rest {
        margin-top: 6px;
        padding: 5px 12px;
        color: var(--dl-ink-2);
        font-size: 0.875rem;
      }
    `,
  ];

  declare early: Early | null;

  constructor() {
    super();
    this.early = null;
  }

  override render() {
    const { early } = this;
    if (!early) return html``;
    const shown = early.reasons.slice(0, FIRST);
    const rest = early.count - shown.length;
    return html`<section aria-labelledby="known">
      <h2 class="decides" id="known">Already known</h2>
      <ol class="reasons">
        ${shown.map((reason) => html`<li><p class="reason">${reasonWords(reason)}</p></li>`)}
      </ol>
      ${rest > 0 ? html`<p class="rest">And ${count(rest)} more.</p>` : ""}
    </section>`;
  }
}

customElements.define("driftline-early", DriftlineEarly);
