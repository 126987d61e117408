// `<driftline-verdict>`: the answer first. One sentence, three cards, and the ranked reasons that decide it.
import { LitElement, html } from "lit";
import { brokenOf, trouble, type Broken } from "../broken";
import type { Reason, Report } from "../report";
import { plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count, plural } from "../show/number";
import { answers, questions, sentence } from "../show/words";
import { toldOverTime } from "../show/told-over-time";
import { base } from "../styles/base";
import { statusStyles } from "../styles/status";
import { verdictStyles } from "../styles/verdict";
import type { Cut } from "./over-time";
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

/** The answer in a word or two: what was asked and could not be told was asked; without a drifted column nothing has drifted. */
function answer(report: Report, card: string, status: string): string {
  if (status === "not_run" && card === "as_agreed" && report.contract) return "Not checked";
  if (card === "same_as_before" && report.reference) {
    if (status === "not_run") return "Not known";
    const hasDrifted = report.drift.some(({ outcome }) => outcome === "drifted");
    const stands = report.findings.some((finding) => finding.rule === "alert" && finding.status === "fail");
    if (status === "warning" && !hasDrifted) return stands ? "An alert stands" : "Not quite";
  }
  return answers[card]?.[status] ?? status;
}

/* The answer of a file's own intervals. */
const cutAnswers: Record<string, string> = { not_run: "Not known yet", ok: "Yes, over time", warning: "Not always" };

/** The worse of two answers; none at all is the least. */
function worse(a: string, b: string): string {
  const ranks = ["not_run", "ok", "warning", "critical"];
  return ranks.indexOf(a) >= ranks.indexOf(b) ? a : b;
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
  static override properties = { report: { attribute: false }, all: { state: true }, growable: { type: Boolean }, broken: { attribute: false }, cut: { attribute: false } };
  static override styles = [base, statusStyles, verdictStyles];

  declare report: Report | undefined;
  declare all: boolean;
  /** Whether a contract or a reference can still be added here. */
  declare growable: boolean;
  /** The files that it is made without. */
  declare broken: Broken[];
  /** The file cut by time, where that was asked for. */
  declare cut: Cut | null;

  constructor() {
    super();
    this.cut = null;
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

  /** What came of the file cut by time: its status as that of a card, the words for it, and the column. */
  #told(): { status: string; brief: string; by: string } | null {
    const { asked, timeline } = this.cut ?? {};
    if (!asked || !timeline) return null;
    const { status, brief } = toldOverTime(timeline);
    return { status: status === "unknown" ? "not_run" : status, brief, by: plainText(asked.column, 40) };
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
    const cut = card === "same_as_before" ? this.#told() : null;
    const status = cut ? worse(report.verdict[card], cut.status) : report.verdict[card];
    const role =
      card === "as_agreed" && !report.contract
        ? "contract"
        : card === "same_as_before" && !report.reference
          ? "reference"
          : null;
    const add = this.growable && role;
    const over = cut ? html`<button class="link" @click=${() => this.#go({ card: "over_time", column: null })}>See over time</button>` : "";
    return html`<li class="card ${status}">
      <h2 class="question">${questions[card]}</h2>
      <p class="answer">${glyph(status)}${cut && (status === "not_run" || status !== report.verdict[card]) ? cutAnswers[status] : answer(report, card, status)}</p>
      ${cut && !report.reference ? "" : html`<p class="measured">${measured(report, card)}</p>`}
      ${cut ? html`<p class="measured">Cut by ${cut.by}: ${cut.brief}.</p>` : ""}
      ${
        add
          ? html`<p class="actions">
              <button class="add" @click=${() => this.#add(role)}>Add a ${role}</button>
              ${over}
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
              </button>${over}`
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
    const cut = this.#told();
    const whole = plainText(verdict.sentence, 600);
    const own = cut ? whole.replace(", and nothing else was asked", "") : whole;
    // The engine was not asked for it.
    const isCalm = ["ok", "not_run"].includes(verdict.overall);
    const said = cut?.status !== "warning" ? own : `${isCalm ? "Usable with care:" : own.replace(/\.$/, ";")} ${cut.brief}, cut by ${cut.by}.`;
    const isLess = broken.length > 0 || cut?.status === "warning";
    const overall = isLess && isCalm ? "warning" : verdict.overall;
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
