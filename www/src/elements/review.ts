// `<driftline-review>`: the rules that a contract's text writes out, one by one with what they were inferred from: to accept,
// to edit in the text, or to drop from it.
import { LitElement, css, html, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Amending, Written } from "../amending";
import { fromError } from "../failure";
import { dataText, plainText } from "../show/data-text";
import { FixedRows } from "../show/fixed-rows";
import { glyph } from "../show/glyph";
import { count, plural } from "../show/number";
import { styled } from "../show/styled";
import { fromId, sentence } from "../show/words";
import { base } from "../styles/base";
import { statusStyles } from "../styles/status";

const ROW = 108;
/* Typing is over for this long before the text is read. */
const PAUSE = 400;

const key = (rule: Written) => JSON.stringify([rule.column, rule.rule, rule.expected]);

export class DriftlineReview extends LitElement {
  static override properties = {
    text: { attribute: false },
    amending: { attribute: false },
    rules: { state: true },
    accepted: { state: true },
    fault: { state: true },
  };
  static override styles = [
    base,
    statusStyles,
    css`
      .list {
        max-height: min(60vh, 36rem);
        overflow-y: auto;
        border: 1px solid var(--dl-line);
        border-radius: 8px;
      }
      ul {
        position: relative;
        height: calc(var(--rows) * var(--row));
      }
      li {
        position: absolute;
        inset: 0 0 auto;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: center;
        gap: 2px;
        height: var(--row);
        padding: 6px 12px;
        transform: translateY(var(--top));
        border-bottom: 1px solid var(--dl-line);
        font-size: 0.875rem;
      }
      li.accepted {
        background: var(--dl-ok-soft);
      }
      .name,
      .evidence {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .evidence {
        color: var(--dl-ink-2);
        font-size: 0.8125rem;
      }
      .buttons {
        display: flex;
        gap: 4px;
      }
      .buttons button {
        min-height: 28px;
        padding: 1px 9px;
        font-size: 0.8125rem;
      }
      button[aria-pressed="true"] {
        border-color: var(--dl-ok);
        color: var(--dl-ok);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 4px 12px;
        margin-bottom: 6px;
      }
      .head p,
      .fault {
        color: var(--dl-ink-2);
        font-size: 0.8125rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** The contract. */
  declare text: string;
  declare amending: Amending | null;
  /** The rules of the text, once they are known; of a text with a mistake those before it. */
  declare rules: Written[] | null;
  /** Those that were accepted. */
  declare accepted: ReadonlySet<string>;
  declare fault: string | null;
  #timer = 0;
  #rows = new FixedRows(this, () => this.renderRoot.querySelector(".list"), () => ROW);

  constructor() {
    super();
    Object.assign(this, { text: "", amending: null, rules: null, accepted: new Set(), fault: null });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has("text") && !changed.has("amending")) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#read(), this.rules === null ? 0 : PAUSE);
  }

  async #read() {
    const { text, amending } = this;
    try {
      const rules = await amending?.rules(text);
      if (rules && this.text === text) Object.assign(this, { rules, fault: null });
    } catch (error) {
      const { name, message } = fromError(error as Error);
      if (this.text === text && name !== "cancelled") this.fault = message;
    }
  }

  #accept(rule: Written) {
    const accepted = new Set(this.accepted);
    if (!accepted.delete(key(rule))) accepted.add(key(rule));
    this.accepted = accepted;
  }

  #edit(rule: Written) {
    this.dispatchEvent(new CustomEvent("driftline:line", { detail: rule.line, bubbles: true, composed: true }));
  }

  async #drop(rule: Written) {
    const { text, amending } = this;
    try {
      const changed = await amending?.change(text, rule, { kind: "remove" });
      if (changed === undefined || this.text !== text) return;
      this.dispatchEvent(new CustomEvent("driftline:amended", { detail: changed, bubbles: true, composed: true }));
      this.rules = this.rules?.filter((it) => it !== rule) ?? null;
    } catch (error) {
      this.fault = fromError(error as Error).message;
    }
  }

  #rule(rule: Written, at: number) {
    const accepted = this.accepted.has(key(rule));
    const name = plainText(`${rule.column ?? "the table"}, ${fromId(rule.rule)}`, 80);
    return html`<li class=${accepted ? "accepted" : ""} aria-setsize=${this.rules!.length} aria-posinset=${at + 1} ${styled({ "--top": `${at * ROW}px` })}>
      <span class="name">${rule.column === null ? "" : html`<strong>${dataText(rule.column, 60)}</strong> `}${fromId(rule.rule)}: ${plainText(rule.expected, 120)}</span>
      <span class="evidence">${rule.evidence === null ? html`line ${count(rule.line)}` : plainText(sentence(rule.evidence), 200)}</span>
      <span class="buttons">
        <button aria-pressed=${accepted} aria-label="Accept ${name}" @click=${() => this.#accept(rule)}>${accepted ? glyph("ok") : ""}Accept</button>
        <button aria-label="Edit ${name}" @click=${() => this.#edit(rule)}>Edit</button>
        <button aria-label="Drop ${name}" @click=${() => this.#drop(rule)}>Drop</button>
      </span>
    </li>`;
  }

  override render() {
    const { rules } = this;
    // The mistakes are listed below the text.
    if (!rules && /^line \d/.test(this.fault ?? ""))
      return html`<p class="fault" role="status">The rules are listed here as soon as the text has no mistake.</p>`;
    if (!rules) return this.fault ? html`<p class="fault" role="status">${plainText(this.fault, 300)}</p>` : html``;
    const [from, to] = this.#rows.range(rules.length);
    const accepted = rules.filter((rule) => this.accepted.has(key(rule))).length;
    return html`<div class="head">
        <h3>Its rules, one by one</h3>
        <p role="status">${plural(rules.length, "rule")}, ${count(accepted)} accepted${this.fault ? "; the text has a mistake" : ""}</p>
      </div>
      <div class="list" role="region" tabindex="0" aria-label="Rules of the text">
        <ul ${styled({ "--rows": String(rules.length), "--row": `${ROW}px` })}>
          ${repeat(Array.from({ length: to - from }, (_, i) => from + i), (at) => key(rules[at]!) + rules[at]!.nth, (at) => this.#rule(rules[at]!, at))}
        </ul>
      </div>`;
  }
}

customElements.define("driftline-review", DriftlineReview);
