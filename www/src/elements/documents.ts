// `<driftline-documents>`: the report as documents of other tools, each made when it is asked for.
import { LitElement, css, html, type PropertyValues } from "lit";
import { DOCUMENTS, type Documents, type Format } from "../documents";
import { fromError } from "../failure";
import { download } from "../show/download";
import { glyph } from "../show/glyph";
import { sentence } from "../show/words";
import { base } from "../styles/base";

export class DriftlineDocuments extends LitElement {
  static override properties = {
    documents: { attribute: false },
    name: { attribute: false },
    making: { state: true },
    fault: { state: true },
  };
  static override styles = [
    base,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
        gap: 12px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        align-content: start;
        justify-items: start;
        gap: 4px;
      }
      button {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      .use {
        color: var(--dl-ink-2);
        font-size: 0.8125rem;
      }
      .fault {
        display: flex;
        gap: 8px;
        margin-top: 10px;
        color: var(--dl-critical);
      }
    `,
  ];

  declare documents: Documents | null;
  /** What the files are called, without their endings. */
  declare name: string;
  /** The document that is being made. */
  declare making: Format | null;
  /** Why there is none. */
  declare fault: string | null;

  constructor() {
    super();
    Object.assign(this, { documents: null, name: "report", making: null, fault: null });
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has("documents")) Object.assign(this, { making: null, fault: null });
  }

  async #save(format: Format) {
    const { documents } = this;
    if (!documents || this.making !== null) return;
    Object.assign(this, { making: format, fault: null });
    try {
      const bytes = await documents.of(format);
      const { ending, type } = DOCUMENTS[format];
      if (this.documents === documents) download(bytes as Uint8Array<ArrayBuffer>, `${this.name}.report.${ending}`, type);
    } catch (error) {
      const { message, hint } = fromError(error as Error);
      if (this.documents === documents) this.fault = sentence([message, hint].filter(Boolean).join("; "));
    } finally {
      if (this.documents === documents) this.making = null;
    }
  }

  override render() {
    return html`<ul>
        ${(Object.keys(DOCUMENTS) as Format[]).map(
          (format) =>
            html`<li>
              <button
                id="save-${format}"
                aria-disabled=${this.making !== null}
                aria-describedby="use-${format}"
                @click=${() => this.#save(format)}
              >
                ${glyph("drop")}${DOCUMENTS[format].word}
              </button>
              <span class="use" id="use-${format}">${this.making === format ? "Being made" : DOCUMENTS[format].use}</span>
            </li>`,
        )}
      </ul>
      <div role="status">${this.fault ? html`<p class="fault">${glyph("critical")}<span>${this.fault}</span></p>` : ""}</div>`;
  }
}

customElements.define("driftline-documents", DriftlineDocuments);
