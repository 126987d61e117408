// `<driftline-export>`: the report and the saved profile to keep, as the engine wrote them, byte for byte; print; and the
// command that gives the same report.
import { LitElement, css, html, type PropertyValues } from "lit";
import type { Documents } from "../documents";
import type { Report } from "../report";
import type { Redaction } from "../session";
import { download, stem } from "../show/download";
import { glyph } from "../show/glyph";
import { bytes } from "../show/number";
import { base } from "../styles/base";
import "./documents";

/* Which values of the data are shown, in words. */
const levels: Array<[Redaction, string]> = [
  ["none", "All of them"],
  ["classified", "All but those of columns that the contract classifies"],
  ["rare", "Those that at least 5 rows hold"],
  ["values", "None"],
];

/** A name as one word of a shell's command line. */
function quoted(name: string): string {
  return /^[\w./:@%+=-]+$/.test(name) && !name.startsWith("-") ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}

/** The command line that makes this report. */
export function commandLine(report: Report, contract: string | null, redact: Redaction = "classified"): string {
  const words = ["driftline"];
  if (report.sections.includes("check"))
    words.push("check", quoted(report.source.name), "--contract", quoted(contract ?? "contract.yaml"));
  else if (report.reference)
    words.push("drift", "--reference", quoted(report.reference.source.name), quoted(report.source.name));
  else words.push("profile", quoted(report.source.name));
  if (report.sections.includes("check") && report.reference)
    words.push("--reference", quoted(report.reference.source.name));
  words.push("--format", "json");
  if (redact !== "classified") words.push("--redact", redact);
  if (report.driftline.options.as_of !== null) words.push("--as-of", report.driftline.options.as_of);
  return words.join(" ");
}

export class DriftlineExport extends LitElement {
  static override properties = {
    report: { attribute: false },
    json: { attribute: false },
    saved: { attribute: false },
    documents: { attribute: false },
    contract: { attribute: false },
    redact: { attribute: false },
    copied: { state: true },
    profile: { state: true },
  };
  static override styles = [
    base,
    css`
      .ways {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
        gap: 12px;
      }
      .way {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        justify-items: start;
        gap: 8px;
        padding: 16px 18px;
        border: 1px solid var(--dl-line);
        border-radius: var(--dl-radius);
        background: var(--dl-surface);
        box-shadow: var(--dl-shadow);
        font-size: 0.875rem;
      }
      .way p {
        flex: 1;
        color: var(--dl-ink-2);
      }
      .way button {
        display: inline-flex;
        align-items: center;
        gap: 8px;
      }
      driftline-documents {
        width: 100%;
      }
      label {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        max-width: 100%;
      }
      select {
        max-width: 100%;
      }
      .command {
        grid-column: 1 / -1;
        min-width: 0;
      }
      code {
        display: block;
        max-width: 100%;
        padding: 10px 12px;
        border-radius: 8px;
        background: var(--dl-sunken);
        font: 0.8125rem/1.5 var(--dl-mono);
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare report: Report | undefined;
  /** The report as the engine wrote it. */
  declare json: Uint8Array | null;
  /** The saved profile as the engine wrote it. */
  declare saved: Promise<Uint8Array> | null;
  /** Makes other documents of it; `null`: there is no engine. */
  declare documents: Documents | null;
  /** The contract's file name. */
  declare contract: string | null;
  /** Which values are shown; `null`: that cannot be changed here. */
  declare redact: Redaction | null;
  declare copied: boolean;
  /** What `saved` came to: the bytes, or why there are none. */
  declare profile: Uint8Array | Error | null;

  override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has("saved")) return;
    const { saved } = this;
    this.profile = null;
    const came = (profile: Uint8Array | Error) => {
      if (this.saved === saved) this.profile = profile;
    };
    saved?.then(came, came);
  }

  #save(content: Uint8Array, name: string) {
    download(content as Uint8Array<ArrayBuffer>, name, "application/json");
  }

  async #copy(text: string) {
    await navigator.clipboard.writeText(text);
    this.copied = true;
    setTimeout(() => (this.copied = false), 2000);
  }

  /** The choice of what this page, and what is saved or printed of it, shows of the values. */
  #values() {
    if (!this.redact) return "";
    const detail = (event: Event) => (event.target as HTMLSelectElement).value;
    return html`<section class="way command">
      <h3>Values of the data</h3>
      <p>
        What this page shows, and what is saved or printed of it. Where a value is left out, its shape stands, as
        <span translate="no">Aaa@aaa.aa</span>. The quarantine is the data itself, and holds all of it.
      </p>
      <label
        >Show<select
          id="redact"
          @change=${(e: Event) =>
            this.dispatchEvent(new CustomEvent("driftline:redact", { detail: detail(e), bubbles: true, composed: true }))}
        >
          ${levels.map(([level, word]) => html`<option value=${level} ?selected=${level === this.redact}>${word}</option>`)}
        </select></label
      >
    </section>`;
  }

  override render() {
    const { report, json, saved, profile } = this;
    if (!report) return html``;
    const name = stem(report.source.name, "report");
    const command = commandLine(report, this.contract ?? null, this.redact ?? undefined);
    return html`<div class="ways">
      ${this.#values()}
      ${
        json
          ? html`<section class="way">
              <h3>The report</h3>
              <p>Every number on this page, as JSON (${bytes(json.length)}).</p>
              <button class="primary" id="save-report" @click=${() => this.#save(json, `${name}.report.json`)}>
                ${glyph("drop")}Save the report
              </button>
            </section>`
          : ""
      }
      ${
        saved
          ? html`<section class="way">
              <h3>The profile</h3>
              <p>
                ${
                  profile instanceof Error
                    ? `It could not be made: ${profile.message}. Drop the file again.`
                    : `Small${profile ? ` (${bytes(profile.length)})` : ""}, without rows${this.redact === "none" ? "" : this.redact === "values" ? " or values" : " or rare values"}: drop it next month as the reference.`
                }
              </p>
              <button
                id="save-profile"
                ?disabled=${!(profile instanceof Uint8Array)}
                @click=${() => profile instanceof Uint8Array && this.#save(profile, `${name}.profile.json`)}
              >
                ${glyph("drop")}Save the profile
              </button>
            </section>`
          : ""
      }
      <section class="way">
        <h3>Paper</h3>
        <p>The verdict, the findings and all columns, made for print.</p>
        <button @click=${() => print()}>${glyph("print")}Print</button>
      </section>
      ${
        this.documents
          ? html`<section class="way command">
              <h3>For other tools</h3>
              <p>The same findings as a document, byte for byte what the command line writes.</p>
              <driftline-documents .documents=${this.documents} .name=${name}></driftline-documents>
            </section>`
          : ""
      }
      <section class="way command">
        <h3>The same report on the command line</h3>
        <code translate="no" tabindex="0">${command}</code>
        <button @click=${() => this.#copy(command)}>${this.copied ? "Copied" : "Copy"}</button
        ><span class="visually-hidden" role="status">${this.copied ? "Copied" : ""}</span>
      </section>
    </div>`;
  }
}

customElements.define("driftline-export", DriftlineExport);
