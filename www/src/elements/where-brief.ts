// `<driftline-where-brief>`: where a column drifted, in a line, once that is known; of small files it is looked for as soon as
// somebody could read it.
import { LitElement, css, html, nothing } from "lit";
import type { Drifted } from "../drifted";
import type { Report } from "../report";
import { share } from "../show/number";
import { base } from "../styles/base";
import { Following } from "./following";
import { condition, what } from "./where";

export class DriftlineWhereBrief extends LitElement {
  static override properties = {
    report: { attribute: false },
    drifted: { attribute: false },
    column: { attribute: false },
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
  #seen = new IntersectionObserver((entries) => entries.some((it) => it.isIntersecting) && this.drifted?.glance());

  constructor() {
    super();
    this.drifted = null;
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

  override render() {
    const { drifted, report } = this;
    const segments = drifted?.segments ?? report?.segments;
    if (!segments) return drifted?.isSmall && !drifted.fault ? html`<p class="quiet-text">Looking where</p>` : nothing;
    const found = segments.columns.find((it) => it.column === this.column && it.segments.length > 0);
    if (!found) return html`<p class="quiet-text">${segments.columns.some((it) => it.column === this.column) ? "Where: spread over the rows" : ""}</p>`;
    const [first] = found.segments;
    return html`<p>
      Where: ${first!.parts.map((part, i) => html`${i > 0 ? " and " : ""}${condition(part)}`)} carries ${share(first!.carries)} of ${what(found)}
    </p>`;
  }
}

customElements.define("driftline-where-brief", DriftlineWhereBrief);
