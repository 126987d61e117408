// One row of the file in full, the bad cell marked.
import { html, type TemplateResult } from "lit";
import type { Column } from "../report";
import { dataText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count } from "../show/number";
import { shownOf } from "../show/shape";
import type { Cells } from "../violations";

/* Cells of a row that are shown. */
const SHOWN = 200;

/** The columns around one, at most so many, in the file's order, each with its place. */
export function surroundings(columns: Column[], name: string | null, most: number): Array<{ column: Column; place: number }> {
  const at = Math.max(0, columns.findIndex((column) => column.name === name));
  const from = Math.max(0, Math.min(at - Math.floor(most / 2), columns.length - most));
  return columns.slice(from, from + most).map((column, i) => ({ column, place: from + i }));
}

/**
 * A row as a list of columns and cells. `name` is the column of the bad cell, where it is one; `value` what stands there;
 * without `cells` the row is not at hand (`null`), or not yet.
 */
export function rowDetail(
  columns: Column[],
  name: string | null,
  value: string | null,
  cells: Cells | null | undefined,
): TemplateResult {
  const isOne = columns.some((column) => column.name === name);
  if (!cells)
    return html`<dl class="cell-alone">
        <div class="bad">
          <dt>${isOne ? dataText(name, 80) : "What stands there"}</dt>
          <dd>${dataText(value, 400)}</dd>
        </div>
      </dl>
      ${cells === null ? html`<p class="quiet-text">The rest of the row cannot be read from a file like this one.</p>` : ""}`;
  const shown = surroundings(columns, name, SHOWN);
  return html`<div class="cells" role="region" tabindex="0" aria-label="The whole row"><dl>
      ${shown.map(({ column, place }) => {
        const bad = column.name === name;
        return html`<div class=${bad ? "bad" : ""}>
          <dt>${dataText(column.name, 80)}</dt>
          <dd>${bad ? html`${glyph("critical")}<span class="visually-hidden">breaks the rule: </span>` : ""}${dataText(shownOf(cells[place] ?? null, column.redacted === true), 400)}</dd>
        </div>`;
      })}
    </dl></div>
    ${shown.length < columns.length ? html`<p class="quiet-text">${count(shown.length)} of ${count(columns.length)} columns</p>` : ""}`;
}
