// One finding as a card: severity, what the rule says, expected and observed, how many, and where.
import { html, type TemplateResult } from "lit";
import type { Finding } from "../report";
import { dataText, plainText } from "../show/data-text";
import { count, share } from "../show/number";
import { afterName, fromId, sentence, severityChip, withoutName } from "../show/words";
import { glyph } from "../show/glyph";
import { placesTable } from "./places";

function extent(finding: Finding): string {
  if (finding.total === 0 || finding.count === 0) return "";
  const skipped = finding.skipped > 0 ? `, ${count(finding.skipped)} skipped` : "";
  return `${count(finding.count)} of ${count(finding.total)} (${share(finding.share)})${skipped}`;
}

/** A failed finding in full. `named` shows the column. */
export function findingCard(finding: Finding, named: boolean): TemplateResult {
  const column = named && finding.column !== null;
  return html`<li class="finding ${finding.severity}">
    <p class="line">
      ${severityChip(finding.severity)}${column ? html`<strong>${dataText(finding.column, 80)}</strong>` : ""}
      <span class="message">${plainText(column ? afterName(finding.message, finding.column) : sentence(withoutName(finding.message, finding.column)), 600)}</span>
    </p>
    <dl class="facts">
      <div>
        <dt>Rule</dt>
        <dd>${fromId(finding.rule)}</dd>
      </div>
      ${
        finding.expected === null
          ? ""
          : html`<div>
              <dt>Expected</dt>
              <dd>${dataText(finding.expected, 300)}</dd>
            </div>`
      }
      ${
        finding.observed === null
          ? ""
          : html`<div>
              <dt>Found</dt>
              <dd>${dataText(finding.observed, 300)}</dd>
            </div>`
      }
      ${
        extent(finding)
          ? html`<div>
              <dt>Extent</dt>
              <dd>${extent(finding)}</dd>
            </div>`
          : ""
      }
    </dl>
    ${finding.places.length > 0 ? placesTable(finding.places, `Where ${finding.rule} fails${column ? ` in ${plainText(finding.column)}` : ""}`, finding.count) : ""}
  </li>`;
}

/** A rule that was kept or not run, in one line; what was not run says why. */
export function findingLine(finding: Finding): TemplateResult {
  const ran = finding.status === "pass";
  const { reason } = finding;
  return html`<li class="kept">
    <span class="tone ${ran ? "ok" : "not_run"}">${glyph(ran ? "ok" : "not_run")}</span>
    <span
      >${finding.column === null ? "" : html`<strong>${dataText(finding.column, 80)}</strong> `}${plainText(afterName(finding.message, finding.column), 400)}
      ${reason === null || finding.message.includes(reason) ? "" : html`<span class="quiet-text">– ${plainText(reason, 400)}</span>`}</span
    >
  </li>`;
}
