// `<driftline-quarantine>`: sets the rows apart that break the contract and offers both files and the table of what is wrong,
// byte for byte those of the command line.
import { LitElement, css, html, type PropertyValues } from "lit";
import { fromError } from "../failure";
import { plainText } from "../show/data-text";
import { download } from "../show/download";
import { glyph } from "../show/glyph";
import { bytes, shareOf } from "../show/number";
import { sentence } from "../show/words";
import { base } from "../styles/base";
import type { Apart, Violations } from "../violations";

export class DriftlineQuarantine extends LitElement {
  static override properties = {
    violations: { attribute: false },
    made: { state: true },
    done: { state: true },
    fault: { state: true },
  };
  static override styles = [
    base,
    css`
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
        padding: 14px 18px;
        border: 1px solid var(--dl-line);
        border-radius: var(--dl-radius);
        background: var(--dl-surface);
        box-shadow: var(--dl-shadow);
      }
      .line,
      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
      }
      .line p {
        flex: 1 1 280px;
        max-width: 76ch;
        color: var(--dl-ink-2);
        font-size: 0.9375rem;
      }
      .sum {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .buttons button {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .fault {
        display: flex;
        gap: 8px;
        color: var(--dl-critical);
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare violations: Violations | null;
  /** The files, once they are made. */
  declare made: Apart | null;
  /** Bytes that were gone over; `null`: nothing is going on. */
  declare done: number | null;
  /** Why there are none. */
  declare fault: string | null;

  constructor() {
    super();
    Object.assign(this, { violations: null, made: null, done: null, fault: null });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has("violations")) Object.assign(this, { made: null, done: null, fault: null });
  }

  async #make() {
    const { violations } = this;
    if (!violations) return;
    Object.assign(this, { done: 0, fault: null });
    try {
      const made = await violations.apart((done) => {
        if (this.violations === violations) this.done = done;
      });
      if (this.violations === violations) this.made = made;
    } catch (error) {
      const { message, hint } = fromError(error as Error);
      if (this.violations === violations) this.fault = [message, hint].filter(Boolean).join("; ");
    } finally {
      if (this.violations === violations) this.done = null;
    }
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(this.made ? ".sum" : ".fault")?.focus();
  }

  #files({ clean, quarantined, violations, ledger }: Apart) {
    const { stem, ending, words } = ledger;
    const file = (id: string, title: string, blob: Blob, name: string, type: string) =>
      html`<button id=${id} @click=${() => download(blob, name, type)}>
        ${glyph("drop")}${title} <span class="quiet-text">${bytes(blob.size)}</span>
      </button>`;
    const type = ending === ".csv" || ending === ".tsv" ? "text/csv" : "application/octet-stream";
    return html`<p class="sum" tabindex="-1" role="status">${words}</p>
      <p class="buttons">
        ${file("save-clean", "Clean rows", clean, `${stem}.clean${ending}`, type)}
        ${file("save-quarantined", "Quarantined rows", quarantined, `${stem}.quarantined${ending}`, type)}
        ${file("save-violations", "What is wrong", violations, `${stem}.violations.csv`, "text/csv")}
      </p>`;
  }

  override render() {
    if (!this.violations) return html``;
    const { made, done, fault } = this;
    const { size } = this.violations.file;
    return html`<section aria-label="Quarantine">
      <div class="line">
        <p>
          Set the rows apart that break a rule: every record goes into one of two files of the same format, and a table says
          what is wrong with which row.
        </p>
        ${
          made
            ? ""
            : html`<button id="quarantine" ?disabled=${done !== null} @click=${() => this.#make()}>
                ${done === null ? "Quarantine bad rows" : `Reading again, ${shareOf(Math.min(done, size), size)}`}
              </button>`
        }
      </div>
      ${made ? this.#files(made) : ""}
      ${fault ? html`<p class="fault" role="alert" tabindex="-1">${glyph("critical")}<span>${sentence(plainText(fault, 600))}</span></p>` : ""}
    </section>`;
  }
}

customElements.define("driftline-quarantine", DriftlineQuarantine);
