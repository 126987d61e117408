// `<driftline-failed>`: what stopped the reading, and what can be done about it.
import { LitElement, css, html } from "lit";
import type { DriftlineError } from "../failure";
import type { Part } from "../intake/parts";
import { plainText } from "../show/data-text";
import { glyph } from "../show/glyph";
import { sentence } from "../show/words";
import { base } from "../styles/base";

/* Lines of a message that are shown below its first. */
const MORE = 20;
/* What another try can mend. */
const passing = new Set(["engine-stopped", "engine-missing", "out-of-memory"]);

export class DriftlineFailed extends LitElement {
  static override properties = { error: { attribute: false }, of: { attribute: false } };
  static override styles = [
    base,
    css`
      .failed {
        max-width: 720px;
        margin: 8vh auto;
      }
      .failed h1 {
        display: flex;
        gap: 14px;
        font-size: 1.375rem;
        font-weight: 650;
        line-height: 1.35;
        overflow-wrap: anywhere;
      }
      .failed h1 .glyph {
        margin-top: 4px;
        color: var(--dl-critical);
      }
      .failed ul {
        margin: 10px 0 0 2.4rem;
        list-style: disc inside;
        overflow-wrap: anywhere;
      }
      .failed div p {
        margin: 8px 0 0 2.4rem;
        color: var(--dl-ink-2);
      }
      .buttons {
        display: flex;
        gap: 10px;
        flex-wrap: wrap;
        margin: 24px 0 0 2.4rem;
      }
    `,
  ];

  declare error: DriftlineError | undefined;
  /** The part of the file that it is about. */
  declare of: Part | null;

  #send(type: string, detail: unknown = null) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** What can be done: the most promising first. */
  #remedies(error: DriftlineError) {
    const choose = (kind: string, words: string) =>
      html`<button class=${kind} @click=${() => this.#send("driftline:add", this.of)}>${words}</button>`;
    if (error.name === "unreadable" && this.of) return choose("primary", "Choose it again");
    if (!passing.has(error.name)) return choose("primary", "Choose another file");
    return html`<button class="primary" @click=${() => this.#send("driftline:again")}>Try again</button>${choose("", "Choose another file")}`;
  }

  override render() {
    const { error } = this;
    if (!error) return html``;
    const [first = "", ...others] = error.message.split("\n");
    return html`<section class="failed">
      <div role="alert">
        <h1>${glyph("critical")}<span>${sentence(plainText(first, 600))}</span></h1>
        ${others.length > 0 ? html`<ul>${others.slice(0, MORE).map((it) => html`<li>${sentence(plainText(it, 400))}</li>`)}</ul>` : ""}
        ${error.hint ? html`<p>${sentence(plainText(error.hint, 600))}.</p>` : ""}
      </div>
      <p class="buttons">
        ${this.#remedies(error)}<button class="quiet" @click=${() => this.#send("driftline:clear")}>Start over</button>
      </p>
    </section>`;
  }
}

customElements.define("driftline-failed", DriftlineFailed);
