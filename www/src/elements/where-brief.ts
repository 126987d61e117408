// `<driftline-where-brief>`: where a column drifted, in a line, once that is known; of small files it is looked for as soon as
// somebody could read it.
import { LitElement, css, html, nothing } from "lit";
import type { Drifted } from "../drifted";
import type { Report } from "../report";
import { plainText } from "../show/data-text";
import { share } from "../show/number";
import { base } from "../styles/base";
import { Following } from "./following";
import { condition, conditions, what } from "./where";

export class DriftlineWhereBrief extends LitElement {
  static override properties = {
    report: { attribute: false },
    drifted: { attribute: false },
    column: { attribute: false },
    lead: { type: Boolean },
  };
  static override styles = [
    base,
    css`
      :host {
        color: inherit;
        font: inherit;
      }
      p {
        min-height: 1.5em;
        color: var(--dl-ink);
      }
      :host(:focus) {
        outline: none;
      }
      .high {
        min-height: 28px;
      }
      button {
        min-height: 28px;
        padding: 2px 9px;
        font-size: 0.8125rem;
      }
      .name .data {
        font-family: inherit;
        font-size: inherit;
      }
    `,
  ];

  declare report: Report | undefined;
  /** Looks for it, where the files are at hand. */
  declare drifted: Drifted | null;
  declare column: string;
  /** Whether it is the first of several, and so the one to ask. */
  declare lead: boolean;
  #seen = new IntersectionObserver((entries) => entries.some((it) => it.isIntersecting) && this.drifted?.glance());

  constructor() {
    super();
    this.drifted = null;
    this.lead = false;
    new Following(this);
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#seen.observe(this);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#seen.disconnect();
  }

  /** Looks for it; the focus stays here while the button goes. */
  async #ask(drifted: Drifted) {
    this.tabIndex = -1;
    this.focus();
    await drifted.look("where");
    const found = drifted.segments?.columns.find((it) => it.segments.length > 0);
    if (!drifted.segments) return;
    const detail = found ? `“${plainText(found.column, 60)}”: ${conditions(found.segments[0]!)} carries ${share(found.segments[0]!.carries)} of ${what(found)}` : "It is spread over the rows";
    this.dispatchEvent(new CustomEvent("driftline:say", { detail, bubbles: true, composed: true }));
  }

  /** What there is before it is known. */
  #pending() {
    const { drifted, lead } = this;
    if (!drifted) return nothing;
    const isComing = drifted.asked !== null || (drifted.isSmall && !drifted.fault);
    if (isComing) {
      const cancel = lead && drifted.share !== null ? html` <button @click=${() => drifted.cancel()}>Cancel</button>` : nothing;
      return html`<p class="quiet-text ${lead && !drifted.isSmall ? "high" : ""}">Looking where${drifted.share === null ? "" : `, ${share(drifted.share)}`}${cancel}</p>`;
    }
    const fault = drifted.fault?.asked === "where" ? drifted.fault.words : null;
    return lead
      ? html`<p>${fault === null ? nothing : html`<span role="alert">${plainText(fault, 400)} </span>`}<button @click=${() => this.#ask(drifted)}>Find where it drifted</button></p>`
      : nothing;
  }

  override render() {
    const { drifted, report } = this;
    const segments = drifted?.segments ?? report?.segments;
    if (!segments) return this.#pending();
    const found = segments.columns.find((it) => it.column === this.column && it.segments.length > 0);
    if (!found) return html`<p class="quiet-text">${segments.columns.some((it) => it.column === this.column) ? "Where: spread over the rows" : ""}</p>`;
    const [first] = found.segments;
    return html`<p>
      Where: ${first!.parts.map((part, i) => html`${i > 0 ? " and " : ""}${condition(part)}`)} carries ${share(first!.carries)} of ${what(found)}
    </p>`;
  }
}

customElements.define("driftline-where-brief", DriftlineWhereBrief);
