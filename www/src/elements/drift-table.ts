// `<driftline-drift-table>`: the columns by how far they moved, both shapes on shared bins, the number and the reason.
import { LitElement, html } from "lit";
import type { Drifted } from "../drifted";
import type { Column, Drift, Report } from "../report";
import { dataText, plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { plural, score } from "../show/number";
import { byValues, driftChip, sentence } from "../show/words";
import { base } from "../styles/base";
import { driftTableStyles } from "../styles/drift-table";
import { findingStyles } from "../styles/findings";
import { statusStyles } from "../styles/status";
import "./histogram";
import "./top-values";

const LIMIT = 200;

export class DriftlineDriftTable extends LitElement {
  static override properties = { report: { attribute: false }, drifted: { attribute: false } };
  static override styles = [base, statusStyles, findingStyles, driftTableStyles];

  declare report: Report | undefined;
  /** Looks into the drift, where the files are at hand. */
  declare drifted: Drifted | null;

  #shape(column: Column | undefined, drift: Drift) {
    if (!column || column.valid === 0) return "";
    return byValues(column)
      ? html`<driftline-top-values compact .column=${column} .drift=${drift}></driftline-top-values>`
      : html`<driftline-histogram .column=${column} .drift=${drift}></driftline-histogram>`;
  }

  #open(name: string) {
    this.dispatchEvent(
      new CustomEvent("driftline:go", { detail: { card: "column", column: name }, bubbles: true, composed: true }),
    );
  }

  #row(drift: Drift, columns: Map<string, Column>, lead: boolean) {
    return html`<li class="entry">
      ${columns.has(drift.column) ? html`<button class="open" @click=${() => this.#open(drift.column)}>${dataText(drift.column, 80)}</button>` : html`<strong>${dataText(drift.column, 80)}</strong>`}
      <div class="chart">${this.#shape(columns.get(drift.column), drift)}</div>
      <div class="chipcell">${driftChip(drift, false)}</div>
      <div class="psi"><span class="quiet-text">PSI</span> ${score(drift.psi)}</div>
      <div class="reason">
        ${drift.reason === null ? "" : plainText(drift.reason, 400)}
        ${drift.explanations?.length ? html`<span class="behind">${plainText(drift.explanations.map((it) => sentence(it.message)).join(". "), 600)}.</span>` : ""}
        ${drift.outcome === "drifted" && (this.drifted || this.report?.segments) ? html`<driftline-where-brief .report=${this.report} .drifted=${this.drifted} .column=${drift.column} ?lead=${lead}></driftline-where-brief>` : ""}
      </div>
    </li>`;
  }

  #list(entries: Drift[], columns: Map<string, Column>) {
    const shown = entries.slice(0, LIMIT);
    return html`<ul class="entries">
        ${shown.map((drift, i) => this.#row(drift, columns, i === 0))}
      </ul>
      ${entries.length > LIMIT ? html`<p class="quiet-text more">The first ${LIMIT}; the others are in the column list, sorted by drift.</p>` : ""}`;
  }

  override render() {
    const { report } = this;
    if (!report) return html``;
    if (!report.reference)
      return html`<p class="none">${glyph("not_run")}No reference was given, so nothing was compared.</p>`;
    const columns = new Map(report.columns.map((column) => [column.name, column]));
    const psi = (drift: Drift) => (typeof drift.psi === "number" ? drift.psi : -1);
    const sorted = [...report.drift].sort((a, b) => psi(b) - psi(a));
    const drifted = sorted.filter((drift) => drift.outcome === "drifted");
    const stable = sorted.filter((drift) => drift.outcome === "stable");
    const rest = sorted.filter((drift) => !["drifted", "stable"].includes(drift.outcome));
    const { reference } = report;
    return html`<p class="intro">
        Against ${dataText(reference.source.name, 120)},
        ${plural(reference.rows, "row")}${reference.saved ? ", from its saved profile" : ""}. Filled: this file.
        Outline: the reference.
      </p>
      ${
        drifted.length > 0
          ? html`<h3>${plural(drifted.length, "column")} drifted</h3>
              ${this.#list(drifted, columns)}`
          : html`<p class="none"><span class="tone ok">${glyph("ok")}</span>No column has drifted.</p>`
      }
      ${
        stable.length > 0
          ? html`<details class="group" ?open=${drifted.length === 0}>
              <summary>${plural(stable.length, "column")} stayed the same</summary>
              ${this.#list(stable, columns)}
            </details>`
          : ""
      }
      ${
        rest.length > 0
          ? html`<details class="group">
              <summary>${plural(rest.length, "column")} not judged, with the reason</summary>
              ${this.#list(rest, columns)}
            </details>`
          : ""
      }`;
  }
}

customElements.define("driftline-drift-table", DriftlineDriftTable);
