// `<driftline-column-detail>`: everything the report knows about one column.
import { LitElement, html, nothing } from "lit";
import type { Drifted } from "../drifted";
import type { Column, Count, Drift, Report } from "../report";
import type { Look } from "../session";
import { dataText, plainText } from "../show/data-text";
import { glyph, typeTile } from "../show/glyph";
import { count, shareOf } from "../show/number";
import { statistics, summary, type Group } from "../show/statistics";
import { byValues, fromId, lookedAt, roleWord } from "../show/words";
import { base } from "../styles/base";
import { columnDetailStyles } from "../styles/column-detail";
import { findingStyles } from "../styles/findings";
import { statusStyles } from "../styles/status";
import { driftDetail } from "./drift-detail";
import { placesTable } from "./places";
import "./distribution";
import "./findings";
import "./quality-bar";
import "./top-values";

export class DriftlineColumnDetail extends LitElement {
  static override properties = {
    report: { attribute: false },
    look: { attribute: false },
    name: { attribute: false },
    drifted: { attribute: false },
  };
  static override styles = [base, statusStyles, findingStyles, columnDetailStyles];

  declare report: Report | undefined;
  /** Set while the report is only that of a first look. */
  declare look: Look | null;
  declare name: string | null;
  /** Looks into the drift, where the files are at hand. */
  declare drifted: Drifted | null;

  /** Puts the focus on the heading. */
  async enter() {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  #close() {
    this.dispatchEvent(new CustomEvent("driftline:close", { bubbles: true, composed: true }));
  }

  #group(group: Group) {
    return html`<section class="stats">
      <h3>${group.title}</h3>
      <dl class="lines">
        ${group.lines.map(
          (line) =>
            html`<div>
              <dt>${line.name}</dt>
              <dd>
                ${line.data ? dataText(line.value) : line.value}${line.note ? html` <span class="note">${plainText(line.note, 200)}</span>` : ""}
              </dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }

  #counts(title: string, caption: string, items: Count[], total: number) {
    if (items.length === 0) return "";
    return html`<section>
      <h3>${title}</h3>
      <div class="scroller" role="region" tabindex="0" aria-label=${title}>
        <table>
          <caption>
            ${caption}
          </caption>
          <thead class="visually-hidden">
            <tr>
              <th scope="col">What</th>
              <th scope="col">Cells</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            ${items.map(
              (item) =>
                html`<tr>
                  <td>${dataText(item.value, 120)}</td>
                  <td class="number">${count(item.count)}</td>
                  <td class="number">${shareOf(item.count, total)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #values(column: Column) {
    const drift = this.report!.drift.find((entry) => entry.column === column.name) ?? null;
    return column.top.length === 0
      ? ""
      : html`<section>
          <h3>Most frequent values</h3>
          <driftline-top-values .column=${column} .drift=${drift}></driftline-top-values>
        </section>`;
  }

  #where({ column, outcome }: Drift) {
    if (outcome !== "drifted" || !(this.drifted || this.report?.segments)) return nothing;
    return html`<driftline-where .report=${this.report} .drifted=${this.drifted} .column=${column}></driftline-where>`;
  }

  #heading(column: Column) {
    return html`<header>
        ${typeTile(column.type)}
        <div class="heading">
          <h2 tabindex="-1">${dataText(column.name, 300)}</h2>
          <p class="kind">
            ${column.type}${column.governed ? (this.report?.contract ? " (as agreed)" : " (as before)") : ""} · ${roleWord(column.role)}<span class="why">
              – ${plainText(column.role_reason, 200)}</span
            >
          </p>
        </div>
        <button class="quiet icon" aria-label="Close the details" @click=${this.#close}>${glyph("close")}</button>
      </header>
      ${this.look ? html`<p><span class="chip info">${glyph("info")}${lookedAt(this.look)}</span></p>` : ""}
      <p class="summary">${this.look && column.rows === 0 ? "Its numbers follow as soon as the file is read." : summary(column)}</p>`;
  }

  override render() {
    const column = this.report?.columns.find((entry) => entry.name === this.name);
    if (!column || !this.report) return html``;
    const drift = this.report.drift.find((entry) => entry.column === column.name) ?? null;
    const ruled = this.report.findings.some((finding) => finding.column === column.name);
    const patterns = column.text?.patterns ?? column.temporal?.formats ?? [];
    if (this.look && column.rows === 0) return html`<article>${this.#heading(column)}</article>`;
    return html`<article>
      ${this.#heading(column)}
      <driftline-quality-bar .column=${column}></driftline-quality-bar>
      <p class="legend">
        <span class="valid">valid</span><span class="missing">missing</span><span class="invalid">invalid</span>
      </p>
      ${
        column.alerts.length > 0
          ? html`<ul class="alerts">
              ${column.alerts.map((alert) => html`<li>${glyph("info")}<span>${plainText(alert.message, 300)}</span></li>`)}
            </ul>`
          : ""
      }
      ${
        byValues(column)
          ? this.#values(column)
          : html`<section>
              <h3>Distribution</h3>
              <driftline-distribution .column=${column} .drift=${drift}></driftline-distribution>
            </section>`
      }
      ${
        drift
          ? html`<section class="drift">
              <h3>Compared with the reference</h3>
              ${driftDetail(drift, this.#where(drift))}
            </section>`
          : ""
      }
      ${
        ruled
          ? html`<section>
              <h3>Rules on this column</h3>
              <driftline-findings .report=${this.report} .column=${column.name}></driftline-findings>
            </section>`
          : ""
      }
      ${
        column.invalid_places.length > 0
          ? html`<section>
              <h3>First invalid cells</h3>
              ${placesTable(column.invalid_places, "First invalid cells", column.invalid)}
            </section>`
          : ""
      }
      <div class="groups">${statistics(column).map((group) => this.#group(group))}</div>
      ${byValues(column) ? "" : this.#values(column)}
      ${this.#counts(column.temporal ? "Formats" : "Patterns", column.temporal ? "How the values are written" : "A upper case, a lower case, 9 digit", patterns, column.valid)}
      ${this.#counts("Spellings of missing", "What was read as missing", column.null_tokens, column.missing)}
      ${
        column.kinds.length > 1
          ? this.#counts(
              "Narrowest types",
              "What the cells look like, each alone",
              column.kinds.map((kind) => ({ ...kind, value: fromId(kind.value) })),
              column.rows - column.missing,
            )
          : ""
      }
    </article>`;
  }
}

customElements.define("driftline-column-detail", DriftlineColumnDetail);
