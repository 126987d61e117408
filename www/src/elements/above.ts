// What lies above the page for a moment, in the app's own styles: a notice, and the veil while files are dragged over it.
import { html, type TemplateResult } from "lit";
import { glyph } from "../show/glyph";

/** What went wrong without ending anything, and what to do. */
export function notice([what, remedy]: [string, string], dismiss: () => void): TemplateResult {
  return html`<div class="notice" role="alert">
    ${glyph("warning")}
    <p><strong>${what}</strong> ${remedy}</p>
    <button class="quiet icon" aria-label="Dismiss" @click=${dismiss}>${glyph("close")}</button>
  </div>`;
}

/** Where files may be dropped: everywhere. */
export function veil(): TemplateResult {
  return html`<div class="over" aria-hidden="true">
    <p>${glyph("drop")}Drop to read</p>
    <p class="hint">a data file, its contract, a table that it refers to, last month’s file or profile, the folder of a feed</p>
  </div>`;
}
