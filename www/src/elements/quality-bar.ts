// `<driftline-quality-bar>`: every cell of a column is valid, missing or invalid; one bar says how many of each.
import { LitElement, css, html } from "lit";
import type { Column } from "../report";
import { count, shareOf } from "../show/number";
import { sliced } from "../show/slices";
import { styled } from "../show/styled";
import { base } from "../styles/base";

export class DriftlineQualityBar extends sliced(LitElement) {
  static override properties = { column: { attribute: false } };
  static override styles = [
    base,
    css`
      .bar {
        display: flex;
        gap: 1px;
        height: 10px;
        border-radius: 5px;
        overflow: hidden;
        background: var(--dl-sunken);
      }
      .bar span {
        flex: var(--cells) 1 0;
        min-width: 3px;
      }
      .valid {
        background: var(--dl-fill-soft);
      }
      .missing {
        background: repeating-linear-gradient(-45deg, var(--dl-missing) 0 2px, var(--dl-surface) 2px 4px);
      }
      .invalid {
        background: var(--dl-critical);
      }
      @media (forced-colors: active) {
        .bar {
          border: 1px solid;
        }
        .bar span {
          forced-color-adjust: none;
        }
      }
      @media print {
        .bar span {
          print-color-adjust: exact;
        }
      }
    `,
  ];

  declare column: Column | undefined;

  override render() {
    const { column } = this;
    if (!column) return html``;
    const parts = (["valid", "missing", "invalid"] as const).filter((part) => column[part] > 0);
    const label = parts
      .map((part) => `${count(column[part])} ${part} (${shareOf(column[part], column.rows)})`)
      .join(", ");
    return html`<div class="bar" role="img" aria-label=${label || "no cells"} title=${label}>
      ${parts.map((part) => html`<span class=${part} ${styled({ "--cells": String(column[part] / column.rows) })}></span>`)}
    </div>`;
  }
}

customElements.define("driftline-quality-bar", DriftlineQualityBar);
