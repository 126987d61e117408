// `<driftline-accept-drift>`: what becomes of a file that drifted. It is usual from now on, or it is an incident: a document, and
// a contract that would have caught it.
import { LitElement, html, nothing, type PropertyValues } from "lit";
import type { Drifted, Incidental } from "../drifted";
import type { ProposedRule } from "../incident";
import type { Report } from "../report";
import { dataText, plainText } from "../show/data-text";
import { download, stem } from "../show/download";
import { glyph } from "../show/glyph";
import { bytes, count, plural, score, share } from "../show/number";
import { fromId } from "../show/words";
import { acceptDriftStyles } from "../styles/accept-drift";
import { base } from "../styles/base";
import { progressStyles } from "../styles/progress";
import { Following } from "./following";

/** What was not done, with what to do in a page about it. */
function here(words: string): string {
  return words.replace("a history: --history DIR", "the files before it: drop them, too").replace("--redact none shows them", "show all values, under “Export”");
}

/** A text of several lines, its unseen characters marked. */
function lines(text: string): string {
  return text.split("\n").map((line) => plainText(line, 400)).join("\n");
}

export class DriftlineAcceptDrift extends LitElement {
  static override properties = {
    report: { attribute: false },
    drifted: { attribute: false },
    saved: { attribute: false },
    contract: { attribute: false },
    fault: { state: true },
  };
  static override styles = [base, progressStyles, acceptDriftStyles];

  declare report: Report | undefined;
  /** Looks into the drift. */
  declare drifted: Drifted | null;
  /** The saved profile of the file. */
  declare saved: Promise<Uint8Array> | null;
  /** The contract's file name, where there is one. */
  declare contract: string | null;
  /** Why the file could not become the reference. */
  declare fault: string | null;
  /** Whether somebody here asked and is to be told. */
  #asked = false;

  constructor() {
    super();
    Object.assign(this, { drifted: null, saved: null, contract: null, fault: null });
    new Following(this, () => void this.#tell());
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (changed.has("drifted")) this.fault = null;
  }

  #emit(name: string, detail: unknown = null) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Keeps the profile, and makes the file the reference of this page. */
  async #usual() {
    const { saved, report } = this;
    if (!saved || !report) return;
    try {
      const profile = await saved;
      if (this.saved !== saved) return;
      download(profile as Uint8Array<ArrayBuffer>, `${stem(report.source.name, "reference")}.profile.json`, "application/json");
      this.#emit("driftline:usual");
    } catch (error) {
      if (this.saved === saved) this.fault = `The profile could not be made: ${(error as Error).message}. Drop the file again.`;
    }
  }

  #ask() {
    this.#asked = true;
    void this.drifted?.look("incident");
  }

  #cancel() {
    this.#asked = true;
    this.drifted?.cancel();
  }

  /** Says that it is written, to who asked. */
  async #tell() {
    const { drifted } = this;
    if (!this.#asked || !drifted || drifted.asked !== null) return;
    this.#asked = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(drifted.incident ? ".sum" : ".fault, #incident")?.focus();
    if (drifted.incident) this.#emit("driftline:incident");
    this.#emit("driftline:say", drifted.incident ? this.#sum(drifted.incident) : (drifted.fault?.words ?? "Cancelled"));
  }

  /** What came of it, in a sentence. */
  #sum({ incident: { apart, rules, column } }: Incidental): string {
    if (!apart || !column) return "The incident is written. No rule that the reference keeps tells this file from it.";
    const psi = apart.psi !== null && apart.psi_clean !== null ? ` Without them the PSI of “${plainText(column.column, 60)}” is ${score(apart.psi_clean)} instead of ${score(apart.psi)}.` : "";
    return `The incident is written. ${plural(rules.length, "rule")} would have caught it and ${rules.length === 1 ? "sets" : "set"} ${plural(apart.rows, "row")} apart.${psi}`;
  }

  #rules(rules: ProposedRule[]) {
    const of = (found: number, all: number) => html`${count(found)} <span class="quiet-text">of ${count(all)}</span>`;
    return html`<div class="scroller" role="region" tabindex="0" aria-label="Proposed rules">
      <table>
        <caption>
          What each rule flags, in both files
        </caption>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Rule</th>
            <th scope="col" class="number">This file</th>
            <th scope="col" class="number">Reference</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${rules.map(
            (it) =>
              html`<tr>
                <td>${dataText(it.column, 60)}</td>
                <td>${fromId(it.rule)}: ${plainText(it.expected, 200)}</td>
                <td class="number">${of(it.current, it.current_of)}</td>
                <td class="number">${it.reference === null || it.reference_of === null ? html`<span class="quiet-text">not known</span>` : of(it.reference, it.reference_of)}</td>
                <td>${plainText(it.evidence, 200)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** Puts the contract to use, where its rows can be set apart. */
  #use(name: string, text: string) {
    this.#emit("driftline:terms", { name, text });
    this.#emit("driftline:go", { card: "as_agreed", column: null });
  }

  #contract({ incident, name }: Incidental) {
    const { contract } = incident;
    if (contract === null) return nothing;
    return html`<details>
        <summary>The contract of these rules</summary>
        <pre role="region" tabindex="0" aria-label="The contract"><code translate="no">${lines(contract)}</code></pre>
      </details>
      <p class="buttons">
        <button id="use-contract" class="primary" @click=${() => this.#use(name, contract)}>${glyph("contract")}Check the file against it</button>
        <button id="save-proposed" @click=${() => download(contract, name, "application/yaml")}>${glyph("drop")}Save the contract</button>
      </p>
      <p class="quiet-text">
        ${this.contract ? html`It takes the place of ${dataText(this.contract, 80)} in this page. ` : ""}The rows that break it can then be
        set apart, under “Contract”.
      </p>`;
  }

  #incident(found: Incidental) {
    const name = `${stem(found.incident.file, "file")}.incident`;
    const save = (id: string, word: string, content: Uint8Array, ending: string, type: string) =>
      html`<button id="save-${id}" @click=${() => download(content as Uint8Array<ArrayBuffer>, `${name}.${ending}`, type)}>
        ${glyph("drop")}${word} <span class="quiet-text">${bytes(content.length)}</span>
      </button>`;
    return html`<p class="sum" tabindex="-1">${this.#sum(found)}</p>
      <p class="buttons">
        ${save("html", "A page", found.html, "html", "text/html")}${save("markdown", "Markdown", found.markdown, "md", "text/markdown")}${save("json", "JSON", found.json, "json", "application/json")}
      </p>
      ${found.incident.rules.length > 0 ? this.#rules(found.incident.rules) : nothing}${this.#contract(found)}
      ${found.incident.not_run.map((it) => html`<p class="quiet-text">Not done: ${plainText(here(it), 400)}.</p>`)}`;
  }

  #asking(drifted: Drifted) {
    const { asked, share: done } = drifted;
    const fault = drifted.fault?.asked === "incident" ? drifted.fault.words : null;
    if (asked === "incident" && done !== null)
      return html`<div class="working">
        <progress aria-label="Writing the incident" max="1" .value=${done}></progress>
        <span class="quiet-text">${share(done)}</span>
        <button @click=${() => this.#cancel()}>Cancel</button>
      </div>`;
    return html`${fault ? html`<p class="fault" role="alert" tabindex="-1">${glyph("critical")}<span>${plainText(fault, 600)}</span></p>` : nothing}
      <p class="buttons">
        <button id="incident" ?disabled=${asked === "incident"} @click=${() => this.#ask()}>${glyph("warning")}Accept as an incident</button>
      </p>
      ${
        drifted.lacksRows
          ? html`<p class="quiet-text">What the rules flag in the reference is not known without its rows: it is a saved profile.</p>`
          : nothing
      }`;
  }

  override render() {
    const { drifted, report, saved, fault } = this;
    if (!drifted || !report) return nothing;
    return html`<h2>Was it meant?</h2>
      <div class="ways ${drifted.incident ? "told" : ""}">
        <section aria-labelledby="usual-title">
          <h3 id="usual-title">Yes: it is the new usual</h3>
          <p>
            The next file is compared with this one: here, where it takes the reference’s part, and next month, when its small profile,
            which is saved now, is dropped beside that file.
          </p>
          <p class="buttons">
            <button id="usual" ?disabled=${!saved} @click=${() => this.#usual()}>${glyph("reference")}Accept as the new reference</button>
          </p>
          ${fault ? html`<p class="fault" role="alert">${glyph("critical")}<span>${plainText(fault, 400)}</span></p>` : nothing}
        </section>
        <section aria-labelledby="incident-title">
          <h3 id="incident-title">No: it is an incident</h3>
          <p>
            Writes down what tripped, where, and in which rows, with rules that would have caught it: a contract to check this file
            against, so that its bad rows can be set apart. The next file is not compared with this one.
          </p>
          ${drifted.incident ? this.#incident(drifted.incident) : this.#asking(drifted)}
        </section>
      </div>`;
  }
}

customElements.define("driftline-accept-drift", DriftlineAcceptDrift);
