// `<driftline-issues>`: what is odd about the file, counted, with the first places.
import { LitElement, html } from "lit";
import type { Report } from "../report";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count } from "../show/number";
import { fromId } from "../show/words";
import { base } from "../styles/base";
import { findingStyles } from "../styles/findings";
import { statusStyles } from "../styles/status";
import { placesTable } from "./places";

export class DriftlineIssues extends LitElement {
  static override properties = { report: { attribute: false } };
  static override styles = [base, statusStyles, findingStyles];

  declare report: Report | undefined;

  override render() {
    if (!this.report) return html``;
    const { issues } = this.report;
    if (issues.length === 0)
      return html`<p class="none"><span class="tone ok">${glyph("ok")}</span>Nothing odd was found in the file.</p>`;
    return html`<ul class="list">
      ${issues.map(
        (issue) =>
          html`<li class="finding info">
            <p class="line">
              <span class="chip info">${glyph("info")}${count(issue.count)} ×</span>
              ${issue.column === null ? "" : html`<strong>${dataText(issue.column, 80)}</strong>`}
              <span class="message">${plainText(issue.message, 600)}</span>
            </p>
            <dl class="facts">
              <div>
                <dt>Oddity</dt>
                <dd>${fromId(issue.code)}</dd>
              </div>
            </dl>
            ${placesTable(issue.places, `Places of ${fromId(issue.code)}`, issue.count)}
          </li>`,
      )}
    </ul>`;
  }
}

customElements.define("driftline-issues", DriftlineIssues);
