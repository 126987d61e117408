// `<driftline-verdict>`: the answer first. One sentence, three cards, and the ranked reasons that decide it.
import { LitElement, html } from "lit";
import type { Reason, Report } from "../report";
import { plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count, plural } from "../show/number";
import { answers, questions } from "../show/words";
import { base } from "../styles/base";
import { statusStyles } from "../styles/status";
import { verdictStyles } from "../styles/verdict";
import { FIRST, reasonWords } from "./reason";

/** What each card measured, in one line. */
function measured(report: Report, card: string): string {
  const { ledger } = report.table;
  if (card === "readable") {
    return `${plural(ledger.rows_in, "row")} in = ${count(ledger.rows_profiled)} profiled + ${count(ledger.rows_set_aside)} set aside`;
  }
  if (card === "as_agreed") {
    if (!report.contract) return "No contract was given.";
    const rules = report.findings.filter((finding) => finding.card === card);
    const broken = rules.filter((finding) => finding.status === "fail").length;
    const open = rules.filter((finding) => finding.status === "not_run").length;
    const kept = rules.length - broken - open;
    return [`${count(broken)} broken`, `${plural(kept, "rule")} kept`, open ? `${count(open)} not run` : ""]
      .filter(Boolean)
      .join(" · ");
  }
  if (!report.reference) return "No reference was given.";
  const drifted = report.drift.filter((drift) => drift.outcome === "drifted").length;
  const unsaid = report.drift.filter((drift) => !["drifted", "stable"].includes(drift.outcome)).length;
  const rest = unsaid ? ` · ${count(unsaid)} not judged` : "";
  return `${count(drifted)} of ${plural(report.drift.length, "column")} drifted${rest}`;
}

export class DriftlineVerdict extends LitElement {
  static override properties = { report: { attribute: false }, all: { state: true }, growable: { type: Boolean } };
  static override styles = [base, statusStyles, verdictStyles];

  declare report: Report | undefined;
  declare all: boolean;
  /** Whether a contract or a reference can still be added here. */
  declare growable: boolean;

  constructor() {
    super();
    this.all = false;
    this.growable = false;
  }

  #go(detail: { card: string; column: string | null }) {
    this.dispatchEvent(new CustomEvent("driftline:go", { detail, bubbles: true, composed: true }));
  }

  #add(role: string) {
    this.dispatchEvent(new CustomEvent("driftline:add", { detail: role, bubbles: true, composed: true }));
  }

  #infer() {
    this.dispatchEvent(new CustomEvent("driftline:infer", { bubbles: true, composed: true }));
  }

  #card(report: Report, card: "readable" | "as_agreed" | "same_as_before") {
    const status = report.verdict[card];
    const role =
      card === "as_agreed" && !report.contract
        ? "contract"
        : card === "same_as_before" && !report.reference
          ? "reference"
          : null;
    const add = this.growable && role;
    return html`<li class="card ${status}">
      <h2 class="question">${questions[card]}</h2>
      <p class="answer">${glyph(status)}${answers[card]?.[status] ?? status}</p>
      <p class="measured">${measured(report, card)}</p>
      ${
        add
          ? html`<p class="actions">
              <button class="add" @click=${() => this.#add(role)}>Add a ${role}</button>
              ${
                role === "contract"
                  ? html`<button class="link" @click=${() => this.#infer()}>Infer one</button>`
                  : ""
              }
            </p>`
          : role
            ? ""
            : html`<button class="link" @click=${() => this.#go({ card, column: null })}>
                See the details<span class="visually-hidden"> of “${questions[card]}”</span>
              </button>`
      }
    </li>`;
  }

  #reason(reason: Reason) {
    return html`<li>
      <button class="reason" @click=${() => this.#go(reason)}>${reasonWords(reason)}</button>
    </li>`;
  }

  override render() {
    const { report } = this;
    if (!report) return html``;
    const { verdict } = report;
    const shown = this.all ? verdict.reasons : verdict.reasons.slice(0, FIRST);
    return html`<section aria-labelledby="sentence">
      <div class="head ${verdict.overall}">
        <span class="mark">${glyph(verdict.overall)}</span>
        <h1 id="sentence" tabindex="-1">${plainText(verdict.sentence, 600)}</h1>
      </div>
      <ul class="cards" aria-label="The three questions">
        ${this.#card(report, "readable")}${this.#card(report, "as_agreed")}${this.#card(report, "same_as_before")}
      </ul>
      ${
        verdict.reasons.length === 0
          ? ""
          : html`<h2 class="decides">What decides it</h2>
              <ol class="reasons">
                ${shown.map((reason) => this.#reason(reason))}
              </ol>`
      }
      ${
        verdict.reasons.length > FIRST
          ? html`<button class="quiet more" aria-expanded=${this.all} @click=${() => (this.all = !this.all)}>
              ${this.all ? "Show the first five" : `Show all ${count(verdict.reasons.length)} reasons`}
            </button>`
          : ""
      }
    </section>`;
  }

  /** Moves focus to the sentence. */
  announce() {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }
}

customElements.define("driftline-verdict", DriftlineVerdict);
