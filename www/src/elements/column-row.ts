// One column as a row of the list: name and type, quality, shape, missing, distinct, range, drift.
import { html, type TemplateResult } from "lit";
import type { Column, Drift } from "../report";
import { dataText, plainText } from "../show/data-text";
import { glyph, typeTile } from "../show/glyph";
import { count, estimate, shareOf } from "../show/number";
import { byValues, driftChip, range, roleWord } from "../show/words";
import "./histogram";
import "./quality-bar";
import "./top-values";

const words = ["", "info", "warning", "critical"];

function shape(column: Column, drift: Drift | null): TemplateResult {
  if (column.valid === 0) return html`<span class="quiet-text">no values</span>`;
  return byValues(column)
    ? html`<driftline-top-values compact .column=${column} .drift=${drift}></driftline-top-values>`
    : html`<driftline-histogram .column=${column} .drift=${drift}></driftline-histogram>`;
}

function rangeText(column: Column): TemplateResult {
  const ends = range(column);
  if (ends) return html`${dataText(ends[0], 24)}<span class="quiet-text"> … </span>${dataText(ends[1], 24)}`;
  if (column.text)
    return html`${column.text.min_length === column.text.max_length ? column.text.max_length : `${column.text.min_length} … ${column.text.max_length}`}
      <span class="quiet-text">characters</span>`;
  return html`<span class="quiet-text">–</span>`;
}

/** What a row says besides its column. */
export interface RowContext {
  drift: Drift | null;
  severity: number;
  /** Whether the column is only that of a first look. */
  look: boolean;
  /** Whether a comparison is on its way. */
  comparing: boolean;
}

/** What stands where a number will be. */
const pending = html`<span class="pending" aria-hidden="true"></span><span class="visually-hidden">not read yet</span>`;

function distinctText(column: Column, look: boolean): TemplateResult {
  if (look) return html`<span aria-hidden="true">≥</span><span class="visually-hidden">at least</span> ${count(column.distinct.value)}`;
  const [value, error] = estimate(column.distinct).split(" ± ");
  return html`${value}${error ? html`<span class="under">± ${error}</span>` : ""}`;
}

/** The cells of a row; the row itself, with its focus and place, belongs to the list. */
export function columnCells(column: Column, { drift, severity, look, comparing }: RowContext): TemplateResult {
  const tone = words[severity];
  const unread = look && column.rows === 0;
  return html` <div class="cell name" role="gridcell">
      ${typeTile(column.type)}
      <span class="names">
        <span class="title" title=${plainText(column.name, 300)}
          >${dataText(column.name, 120)}${
            tone
              ? html`<span class="flag ${tone} tone">${glyph(tone)}<span class="visually-hidden">${tone}</span></span>`
              : ""
          }</span
        >
        <span class="kind">${column.type}${unread ? "" : html` · ${roleWord(column.role)}`}</span>
      </span>
    </div>
    <div class="cell quality" role="gridcell">
      ${unread ? pending : html`<driftline-quality-bar .column=${column}></driftline-quality-bar>
      <span class="under"
        >${column.missing > 0 ? html`<span>${shareOf(column.missing, column.rows)} missing</span>` : ""}${
          column.invalid > 0 ? html`<span class="bad">${shareOf(column.invalid, column.rows)} invalid</span>` : ""
        }${column.rows === 0 ? html`<span>no rows</span>` : column.valid === column.rows ? html`<span>complete</span>` : ""}</span
      >`}
    </div>
    <div class="cell shape" role="gridcell">${unread ? pending : shape(column, drift)}</div>
    <div class="cell distinct" role="gridcell">${unread ? pending : distinctText(column, look)}</div>
    <div class="cell range" role="gridcell">${unread ? pending : rangeText(column)}</div>
    <div class="cell drift" role="gridcell">
      ${drift ? driftChip(drift) : comparing ? pending : html`<span class="visually-hidden">not compared</span>`}
    </div>`;
}
