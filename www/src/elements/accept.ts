// `<driftline-accept>`: what a contract could agree on instead, shown as a change to its text before it is made.
import { LitElement, css, html, type PropertyValues } from "lit";
import { difference, type Amending, type Change, type Written } from "../amending";
import { fromError } from "../failure";
import type { Finding } from "../report";
import { plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { count, plural } from "../show/number";
import { sentence } from "../show/words";
import { base } from "../styles/base";

/** A change that can be made. */
interface Offer {
  id: string;
  word: string;
  change: Change;
}

/* Values that are allowed at once. */
const MOST = 50;
/* Rules that are not on cells have nothing to tolerate. */
const whole = new Set(["column-presence", "row-count", "no-rows", "columns", "column-order", "column-count"]);

export class DriftlineAccept extends LitElement {
  static override properties = {
    finding: { attribute: false },
    values: { attribute: false },
    text: { attribute: false },
    amending: { attribute: false },
    changed: { state: true },
    fault: { state: true },
  };
  static override styles = [
    base,
    css`
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
        padding-top: 12px;
        border-top: 1px solid var(--dl-line);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      .buttons button {
        max-width: 100%;
        overflow-wrap: anywhere;
      }
      .change {
        overflow-x: auto;
        border: 1px solid var(--dl-line);
        border-radius: 8px;
        background: var(--dl-sunken);
        font: 0.8125rem/1.6 var(--dl-mono);
      }
      .change ol {
        width: max-content;
        min-width: 100%;
      }
      .change li {
        padding-inline: 10px;
        white-space: pre;
      }
      .went {
        background: var(--dl-critical-soft);
        color: var(--dl-critical);
      }
      .came {
        background: var(--dl-ok-soft);
        color: var(--dl-ok);
      }
      .fault {
        display: flex;
        gap: 8px;
        color: var(--dl-ink-2);
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
    `,
  ];

  declare finding: Finding | undefined;
  /** The different values that break the rule, as far as they are chosen and few enough to be named. */
  declare values: string[] | null;
  /** The contract. */
  declare text: string | null;
  declare amending: Amending | null;
  /** The text as it would be. */
  declare changed: string | null;
  /** Why there is none. */
  declare fault: string | null;

  constructor() {
    super();
    Object.assign(this, { values: null, text: null, amending: null, changed: null, fault: null });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has("finding") || changed.has("values") || changed.has("text")) Object.assign(this, { changed: null, fault: null });
  }

  #offers(finding: Finding): Offer[] {
    const { values } = this;
    const offers: Offer[] = [];
    const named = values && values.length > 0 && values.length <= MOST ? values : null;
    const what = named?.length === 1 ? `“${plainText(named[0]!, 30)}”` : plural(named?.length ?? 0, "value");
    if (finding.rule === "allowed-values" && named)
      offers.push({ id: "allow", word: `Allow ${what}`, change: { kind: "allow", values: named } });
    if (["range", "length"].includes(finding.rule) && values && values.length > 0)
      offers.push({
        id: "widen",
        word: values.length === 1 ? `Widen the bounds to ${what}` : "Widen the bounds to these values",
        change: { kind: "widen", values },
      });
    if (finding.count > 0 && finding.total > 1 && !whole.has(finding.rule))
      offers.push({
        id: "tolerate",
        word: `Tolerate ${count(finding.count)} of ${count(finding.total)}`,
        change: { kind: "tolerate", count: finding.count, total: finding.total },
      });
    if (finding.rule === "required" && finding.count > 0)
      offers.push({ id: "remove", word: "Make the column optional", change: { kind: "remove" } });
    else offers.push({ id: "remove", word: "Drop the rule", change: { kind: "remove" } });
    return offers;
  }

  /** Shows what a change would do. */
  async #propose({ change }: Offer) {
    const { amending, finding, text } = this;
    if (!amending || !finding || text === null) return;
    Object.assign(this, { changed: null, fault: null });
    try {
      const rules = (await amending.rules(text)).filter(({ column, rule }) => column === finding.column && rule === finding.rule);
      const rule = rules.find(({ expected }) => expected === finding.expected) ?? rules[0];
      const target: Written = rule ?? { column: finding.column, rule: finding.rule, nth: 0, expected: "", severity: "", evidence: null, line: 0 };
      const changed = await amending.change(text, target, change);
      if (this.finding === finding && this.text === text) this.changed = changed;
    } catch (error) {
      const { message, hint } = fromError(error as Error);
      if (this.finding === finding) this.fault = [message, hint].filter(Boolean).join("; ");
    }
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("#apply, .fault")?.focus();
  }

  #apply() {
    const { changed: text } = this;
    this.changed = null;
    this.dispatchEvent(new CustomEvent("driftline:amended", { detail: text, bubbles: true, composed: true }));
  }

  #change(old: string, changed: string) {
    const { line, before, went, came, after } = difference(old, changed);
    const item = (kind: string, sign: string, word: string) => (text: string) =>
      html`<li class=${kind}>${word ? html`<span class="visually-hidden">${word}: </span>` : ""}${sign} ${plainText(text, 400)}</li>`;
    return html`<div class="change" role="region" tabindex="0" aria-label="The change, from line ${line} on">
        <ol>
          ${before.map(item("", " ", ""))}${went.map(item("went", "−", "goes"))}${came.map(item("came", "+", "comes"))}${after.map(item("", " ", ""))}
        </ol>
      </div>
      <p class="buttons">
        <button id="apply" class="primary" @click=${() => this.#apply()}>Change the contract and check again</button>
        <button class="quiet" @click=${() => (this.changed = null)}>Leave it</button>
      </p>`;
  }

  override render() {
    const { finding, text, amending } = this;
    if (!finding || text === null || !amending || finding.rule === "column-presence" || finding.rule === "no-rows") return html``;
    return html`<section aria-label="Accept into the contract">
      <h3>Is the file right and the contract wrong?</h3>
      <p class="buttons">
        ${this.#offers(finding).map(
          (offer) => html`<button id="accept-${offer.id}" @click=${() => this.#propose(offer)}>${offer.word}</button>`,
        )}
      </p>
      ${this.changed === null ? "" : this.#change(text, this.changed)}
      ${this.fault === null ? "" : html`<p class="fault" role="alert" tabindex="-1">${glyph("warning")}<span>${sentence(plainText(this.fault, 600))}</span></p>`}
    </section>`;
  }
}

customElements.define("driftline-accept", DriftlineAccept);
