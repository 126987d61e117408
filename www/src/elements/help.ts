// `<driftline-help>`: the keys, what stays on this machine, and the switch for single-key shortcuts.
import { LitElement, css, html } from "lit";
import { glyph } from "../show/glyph";
import { base } from "../styles/base";

const keys: Array<[string, string]> = [
  ["/", "search the columns"],
  ["?", "this page"],
  ["↑ ↓ Home End", "walk through the columns"],
  ["Enter", "open a column’s details"],
  ["Esc", "close the details"],
  ["n p", "next or previous cell that breaks a rule"],
  ["Ctrl Enter", "check the file against the contract as it is written"],
  ["F8", "next mistake in the contract"],
  ["Tab", "leave the contract’s text; Ctrl ] and Ctrl [ indent"],
  ["← →", "change the part of the report, or read a chart bar by bar"],
];

export class DriftlineHelp extends LitElement {
  static override properties = { shortcuts: { type: Boolean } };
  static override styles = [
    base,
    css`
      dialog {
        width: min(540px, calc(100vw - 32px));
        max-height: calc(100dvh - 32px);
        padding: 24px;
        border: 1px solid var(--dl-line);
        border-radius: 14px;
        background: var(--dl-surface);
        color: inherit;
        overflow-y: auto;
      }
      dialog::backdrop {
        background: rgb(10 12 18 / 45%);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h2:focus {
        outline: none;
      }
      h3 {
        margin: 18px 0 6px;
      }
      kbd {
        display: inline-block;
        padding: 1px 7px;
        border: 1px solid var(--dl-line-strong);
        border-radius: 6px;
        font: 0.8125rem/1.5 var(--dl-mono);
        white-space: nowrap;
      }
      p {
        color: var(--dl-ink-2);
        font-size: 0.9375rem;
      }
      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 32px;
        margin-top: 8px;
      }
      input {
        width: 16px;
        height: 16px;
        accent-color: var(--dl-accent);
      }
    `,
  ];

  declare shortcuts: boolean;

  constructor() {
    super();
    this.shortcuts = true;
  }

  /** Opens the dialog. */
  show() {
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog?.open) dialog?.showModal();
  }

  #switch(event: Event) {
    this.dispatchEvent(
      new CustomEvent("driftline:shortcuts", {
        detail: (event.target as HTMLInputElement).checked,
        bubbles: true,
        composed: true,
      }),
    );
  }

  override render() {
    return html`<dialog
      aria-labelledby="title"
      @click=${(e: Event) => e.target === e.currentTarget && (e.currentTarget as HTMLDialogElement).close()}
    >
      <div class="head">
        <h2 id="title">Help</h2>
        <button class="quiet icon" aria-label="Close" @click=${() => this.renderRoot.querySelector("dialog")?.close()}>
          ${glyph("close")}
        </button>
      </div>
      <h3>Keys</h3>
      <table>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Key</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          ${keys.map(
            ([key, what]) =>
              html`<tr>
                <td><kbd>${key}</kbd></td>
                <td>${what}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <label
        ><input type="checkbox" .checked=${this.shortcuts} @change=${this.#switch} /> Single keys (/, ?, n and p) are
        shortcuts</label
      >
      <h3>What leaves this machine</h3>
      <p>
        Nothing. Files are read in this tab by its own workers. The page’s security policy lets neither the page nor the
        workers reach any other address; your browser’s network panel shows it.
      </p>
      <h3>Valid, missing, invalid</h3>
      <p>
        Every cell is exactly one of them: valid is a value of the column’s type, missing is empty or a word for
        nothing, invalid is there but not of the type. Numbers marked ≈ are estimates, with their error beside them.
      </p>
    </dialog>`;
  }
}

customElements.define("driftline-help", DriftlineHelp);
