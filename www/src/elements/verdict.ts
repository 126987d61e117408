// `<driftline-verdict>`: the answer first. One sentence, three cards, and the ranked reasons that decide it.
import { LitElement, html } from "lit";
import { brokenOf, trouble, type Broken } from "../broken";
import type { Reason, Report } from "../report";
import { plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count, plural } from "../show/number";
import { answers, questions, sentence } from "../show/words";
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

/* A sentence of more characters is set smaller, and cut where there is no room. */
const LONG = 62;

/* What the sentence says of files that it is made without. */
const unasked: Record<Broken["role"], (files: number) => string> = {
  contract: () => "The contract was not checked.",
  reference: () => "The reference was not compared.",
  earlier: (files) => `${files === 1 ? "An earlier file of the feed was" : `${plural(files, "earlier file")} of the feed were`} left out.`,
  other: (files) => `${files === 1 ? "A table of the contract was" : `${plural(files, "table")} of the contract were`} not looked into.`,
};

export class DriftlineVerdict extends LitElement {
  static override properties = { report: { attribute: false }, all: { state: true }, growable: { type: Boolean }, broken: { attribute: false } };
  static override styles = [base, statusStyles, verdictStyles];

  declare report: Report | undefined;
  declare all: boolean;
  /** Whether a contract or a reference can still be added here. */
  declare growable: boolean;
  /** The files that it is made without. */
  declare broken: Broken[];

  constructor() {
    super();
    this.broken = [];
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

  /** What it is made without. */
  #unread(): string[] {
    const roles = [...new Set(this.broken.map(({ role }) => role))];
    return roles.map((role) => ` ${unasked[role](this.broken.filter((it) => it.role === role).length)}`);
  }

  /** A question that was not asked because its file cannot be used. */
  #unasked(card: "as_agreed" | "same_as_before", it: Broken) {
    const canBeMended = it.text !== null;
    return html`<li class="card warning">
      <h2 class="question">${questions[card]}</h2>
      <p class="answer">${glyph("warning")}${canBeMended ? "The contract has mistakes" : `The ${it.role} cannot be used`}</p>
      <p class="measured">${canBeMended ? trouble(it) : `${sentence(plainText(it.error.message, 300))}.`}</p>
      <p class="actions">
        ${
          canBeMended
            ? html`<button class="add" @click=${() => this.dispatchEvent(new CustomEvent("driftline:mend", { bubbles: true, composed: true }))}>Fix the contract</button>`
            : html`<button class="add" @click=${() => this.#add(it.role)}>Choose another ${it.role}</button>`
        }
      </p>
    </li>`;
  }

  #card(report: Report, card: "readable" | "as_agreed" | "same_as_before") {
    const broken = card === "readable" ? null : brokenOf(this.broken, card === "as_agreed" ? "contract" : "reference");
    if (broken && card !== "readable") return this.#unasked(card, broken);
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
    const { broken } = this;
    // A question that could not be asked is not answered with a yes.
    const overall = broken.length > 0 && ["ok", "not_run"].includes(verdict.overall) ? "warning" : verdict.overall;
    const said = plainText(verdict.sentence, 600);
    const isLong = said.length > LONG && broken.length === 0;
    const shown = this.all ? verdict.reasons : verdict.reasons.slice(0, FIRST);
    return html`<section aria-labelledby="sentence">
      <div class="head ${overall}">
        <span class="mark">${glyph(overall)}</span>
        <h1 id="sentence" tabindex="-1" class=${isLong ? "long" : ""} title=${isLong ? said : ""}>${said}${this.#unread()}</h1>
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
