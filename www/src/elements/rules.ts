// `<driftline-rules>`: the rules of a contract as a list, worst first, and beside it what breaks the chosen one.
import { LitElement, html, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Terms } from "../agreement";
import { fromError } from "../failure";
import type { Finding, Report } from "../report";
import { dataText, plainText } from "../show/data-text";
import { FixedRows } from "../show/fixed-rows";
import { glyph } from "../show/glyph";
import { count, plural, share, shareOf } from "../show/number";
import { styled } from "../show/styled";
import { isTyping } from "../show/typing";
import { afterName, fromId } from "../show/words";
import { base } from "../styles/base";
import { rulesStyles } from "../styles/rules";
import { statusStyles } from "../styles/status";
import type { Located, Offenders, Violations } from "../violations";
import type { DriftlineOffenders } from "./offenders";
import "./offenders";

const ROW = 60;
/* A file is gone over for this long before that is told. */
const DELAY = 300;
const statuses: Record<string, string> = { all: "All", fail: "Broken", not_run: "Not run", pass: "Kept" };
const words: Record<string, string> = { critical: "Critical", warning: "Warning", info: "Info", not_run: "Not run", ok: "Kept" };

/** How a rule stands, as tone and icon. */
function tone(finding: Finding): string {
  if (finding.status === "not_run") return "not_run";
  return finding.status === "pass" ? "ok" : finding.severity;
}

export class DriftlineRules extends LitElement {
  static override properties = {
    report: { attribute: false },
    violations: { attribute: false },
    terms: { attribute: false },
    status: { state: true },
    search: { state: true },
    at: { state: true },
    located: { state: true },
    done: { state: true },
    fault: { state: true },
  };
  static override styles = [base, statusStyles, rulesStyles];

  declare report: Report | undefined;
  /** What breaks the contract, where the file is at hand. */
  declare violations: Violations | null;
  /** The contract, where it can be changed. */
  declare terms: Terms | null;
  /** The status that is shown, or `all`. */
  declare status: string;
  declare search: string;
  /** The chosen rule, by its place among those of the contract. */
  declare at: number;
  declare located: Located | null;
  /** Bytes that were gone over, once that takes long. */
  declare done: number | null;
  declare fault: string | null;
  /** Whether single keys are shortcuts. */
  shortcuts = true;
  #rules: Finding[] = [];
  /** The places of those that are shown. */
  #shown: number[] = [];
  #list = new FixedRows(this, () => this.renderRoot.querySelector(".list"), () => ROW);
  #seen = new IntersectionObserver((entries) => entries.some((it) => it.isIntersecting) && void this.#locate());
  #onKey = (event: KeyboardEvent) => this.#shortcut(event);

  constructor() {
    super();
    Object.assign(this, { violations: null, terms: null, status: "all", search: "", at: 0, located: null, done: null, fault: null });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#seen.observe(this);
    addEventListener("keydown", this.#onKey);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#seen.disconnect();
    removeEventListener("keydown", this.#onKey);
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has("violations")) {
      Object.assign(this, { located: null, done: null, fault: null });
      // Tells again whether it is in sight.
      this.#seen.unobserve(this);
      this.#seen.observe(this);
    }
    if (changed.has("report")) {
      const before = this.#rules[this.at];
      this.#rules = this.report?.findings.filter(({ card }) => card === "as_agreed") ?? [];
      const same = this.#rules.findIndex(
        (it) => it.rule === before?.rule && it.column === before.column && it.expected === before.expected,
      );
      this.at = Math.max(0, same);
    }
    if (!changed.has("report") && !changed.has("status") && !changed.has("search")) return;
    const wanted = this.search.trim().toLowerCase();
    const matches = (it: Finding) =>
      (this.status === "all" || it.status === this.status) &&
      (wanted === "" || `${it.column ?? ""} ${fromId(it.rule)} ${it.rule} ${it.expected ?? ""}`.toLowerCase().includes(wanted));
    this.#shown = this.#rules.flatMap((it, at) => (matches(it) ? [at] : []));
    if (changed.has("status") && !this.#shown.includes(this.at)) this.at = this.#shown[0] ?? this.at;
  }

  /** Locates every offender, once somebody looks. */
  async #locate() {
    const { violations } = this;
    if (!violations || this.located || !this.#rules.some(({ count }) => count > 0)) return;
    const began = performance.now();
    try {
      const located = await violations.located((done) => {
        if (this.violations === violations && performance.now() - began > DELAY) this.done = done;
      });
      if (this.violations === violations) this.located = located;
    } catch (error) {
      const { name, message, hint } = fromError(error as Error);
      if (this.violations === violations && name !== "cancelled")
        this.fault = [message, hint].filter(Boolean).join("; ");
    } finally {
      if (this.violations === violations) this.done = null;
    }
  }

  /** Asks for a check against a changed contract. */
  #agree(text: string) {
    const detail = { name: this.terms?.name, text };
    this.dispatchEvent(new CustomEvent("driftline:terms", { detail, bubbles: true, composed: true }));
  }

  #shortcut(event: KeyboardEvent) {
    if (isTyping(event) || !this.shortcuts || event.ctrlKey || event.metaKey || event.altKey || this.offsetParent === null) return;
    const step = { n: 1, p: -1 }[event.key];
    if (step) this.renderRoot.querySelector<DriftlineOffenders>("driftline-offenders")?.step(step);
  }

  #key(event: KeyboardEvent) {
    const at = this.#shown.indexOf(this.at);
    const to: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: this.#shown.length - 1,
      PageDown: at + this.#list.page,
      PageUp: at - this.#list.page,
    };
    const next = to[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const place = Math.max(0, Math.min(this.#shown.length - 1, next));
    this.at = this.#shown[place] ?? this.at;
    this.#list.show(place);
  }

  #item(place: number) {
    const at = this.#shown[place]!;
    const finding = this.#rules[at]!;
    const kind = tone(finding);
    const extent =
      finding.count > 0 && finding.total > 1
        ? html`<span class="extent">${count(finding.count)} <span class="quiet-text">${share(finding.share)}</span></span>`
        : "";
    return html`<div
      class="rule ${kind}"
      role="option"
      id="rule-${at}"
      aria-selected=${at === this.at}
      aria-setsize=${this.#shown.length}
      aria-posinset=${place + 1}
      ${styled({ "--top": `${place * ROW}px` })}
      @click=${() => (this.at = at)}
    >
      <span class="tone">${glyph(kind)}<span class="visually-hidden">${words[kind]}</span></span>
      <span class="name"
        >${finding.column === null ? "" : html`<strong>${dataText(finding.column, 60)}</strong> `}<span>${fromId(finding.rule)}</span></span
      >
      ${extent}
      <span class="message">${plainText(afterName(finding.message, finding.column), 160)}</span>
    </div>`;
  }

  #master() {
    const by = (status: string) => this.#rules.filter((it) => status === "all" || it.status === status).length;
    const [from, to] = this.#list.range(this.#shown.length);
    const places = Array.from({ length: to - from }, (_, i) => from + i);
    return html`<div class="master">
      <div class="filters">
        <div class="statuses" role="group" aria-label="Which rules">
          ${Object.entries(statuses)
            .filter(([id]) => id === "all" || by(id) > 0)
            .map(
              ([id, word]) =>
                html`<button class="status" id="status-${id}" aria-pressed=${this.status === id} @click=${() => (this.status = id)}>
                  ${word} <span class="quiet-text">${count(by(id))}</span>
                </button>`,
            )}
        </div>
        <label class="search"
          >${glyph("search")}<span class="visually-hidden">Search rules by column or rule</span
          ><input
            type="search"
            placeholder="Search rules"
            autocomplete="off"
            spellcheck="false"
            .value=${this.search}
            @input=${(e: Event) => (this.search = (e.target as HTMLInputElement).value)}
        /></label>
      </div>
      ${
        this.#shown.length === 0
          ? html`<p class="empty">No rule matches.</p>`
          : html`<div
              class="list"
              role="listbox"
              tabindex="0"
              aria-label="Rules of the contract"
              aria-activedescendant=${this.#shown.includes(this.at) ? `rule-${this.at}` : nothing}
              @keydown=${this.#key}
            >
              <div class="all" role="presentation" ${styled({ "--rows": String(this.#shown.length), "--row": `${ROW}px` })}>
                ${repeat(places, (place) => this.#shown[place], (place) => this.#item(place))}
              </div>
            </div>`
      }
    </div>`;
  }

  get #offenders(): Offenders | null {
    return this.located?.document.rules?.[this.at] ?? null;
  }

  #state() {
    const size = this.violations?.file.size ?? 0;
    if (this.fault) return html`<p class="state" role="alert">${glyph("warning")}Only the first places are shown: ${plainText(this.fault, 400)}</p>`;
    if (this.done !== null)
      return html`<p class="state" role="status">Looking for every offender, ${shareOf(Math.min(this.done, size), size)}</p>`;
    return nothing;
  }

  override render() {
    const { report } = this;
    if (!report) return html``;
    if (this.#rules.length === 0) return html`<p class="none">${glyph("not_run")}The contract has no rules.</p>`;
    const finding = this.#rules[this.at];
    const broken = this.#rules.filter(({ status }) => status === "fail").length;
    return html`${broken === 0 ? html`<p class="none"><span class="tone ok">${glyph("ok")}</span>No rule is broken.</p>` : ""}
      <p class="visually-hidden" role="status">${plural(this.#shown.length, "rule")}</p>
      <div class="split">
        ${this.#master()}
        <div class="detail" @driftline:amended=${(e: CustomEvent<string>) => this.#agree(e.detail)}>
          ${this.#state()}
          ${
            finding
              ? html`<driftline-offenders
                  .finding=${finding}
                  .offenders=${this.#offenders}
                  .columns=${report.columns}
                  .writing=${report.source.dialect}
                  .terms=${this.terms?.name ? this.terms : null}
                  .violations=${this.located ? this.violations : null}
                ></driftline-offenders>`
              : nothing
          }
        </div>
      </div>`;
  }
}

customElements.define("driftline-rules", DriftlineRules);
