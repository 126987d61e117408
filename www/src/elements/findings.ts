// `<driftline-findings>`: the rules that answer one question. What fails in full, what is kept folded, what was not run
// with its reason.
import { LitElement, html } from "lit";
import type { Finding, Report } from "../report";
import { glyph } from "../show/glyph";
import { plural } from "../show/number";
import { base } from "../styles/base";
import { findingStyles } from "../styles/findings";
import { statusStyles } from "../styles/status";
import { findingCard, findingLine } from "./finding";

export class DriftlineFindings extends LitElement {
  static override properties = { report: { attribute: false }, card: { type: String }, column: { attribute: false } };
  static override styles = [base, statusStyles, findingStyles];

  declare report: Report | undefined;
  /** The question: `readable`, `as_agreed`, `same_as_before`; empty for all of them. */
  declare card: string;
  /** The column's name, to show its findings alone. */
  declare column: string | null;

  constructor() {
    super();
    this.card = "";
    this.column = null;
  }

  /** Draws what changed at once: a printer does not wait. */
  draw() {
    this.performUpdate();
  }

  #folded(title: string, findings: Finding[], open: boolean) {
    if (findings.length === 0) return "";
    return html`<details class="group" ?open=${open}>
      <summary>${title}</summary>
      <ul>
        ${findings.map(findingLine)}
      </ul>
    </details>`;
  }

  override render() {
    if (!this.report) return html``;
    const of = this.report.findings.filter(
      (f) => (!this.card || f.card === this.card) && (this.column === null || f.column === this.column),
    );
    const by = (status: string) => of.filter((finding) => finding.status === status);
    const [failed, kept, open] = [by("fail"), by("pass"), by("not_run")];
    if (of.length === 0) return html`<p class="none">${glyph("not_run")}No rule was asked for here.</p>`;
    return html` ${
      failed.length > 0
        ? html`<ul class="list">
            ${failed.map((finding) => findingCard(finding, this.column === null))}
          </ul>`
        : html`<p class="none"><span class="tone ok">${glyph("ok")}</span>No rule is broken.</p>`
    }
    ${this.#folded(`${plural(open.length, "rule")} not run`, open, true)}
    ${this.#folded(`${plural(kept.length, "rule")} kept`, kept, failed.length === 0 && this.column === null)}`;
  }
}

customElements.define("driftline-findings", DriftlineFindings);
