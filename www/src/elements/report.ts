// `<driftline-report>`: a report document, shown. Alone it needs no engine: give it `.report`, a `src` address, or the
// document as JSON in a `<script type="application/json">` child.
import { LitElement, html, nothing, type PropertyValues } from "lit";
import type { Terms } from "../agreement";
import type { Broken } from "../broken";
import type { Documents } from "../documents";
import type { Drifted } from "../drifted";
import type { Performing } from "../performing";
import type { Tomorrow } from "../tomorrow";
import type { Report } from "../report";
import type { Early, Look, Progress, Redaction } from "../session";
import { glyph } from "../show/glyph";
import { count, plural } from "../show/number";
import { isTyping } from "../show/typing";
import { base } from "../styles/base";
import { reportStyles } from "../styles/report";
import { tokens } from "../styles/tokens";
import type { Violations } from "../violations";
import type { DriftlineColumnDetail } from "./column-detail";
import type { DriftlineColumnList } from "./column-list";
import type { DriftlineContract } from "./contract";
import { timeColumns, type Cut } from "./over-time";
import type { DriftlineFindings } from "./findings";
import type { DriftlineVerdict } from "./verdict";
import "./column-detail";
import "./column-list";
import "./contract";
import "./drift-table";
import "./export";
import "./findings";
import "./issues";
import "./over-time";
import "./quarantine";
import "./reading";
import "./rules";
import "./source";
import "./verdict";

const BESIDE = 1080;
const panelOf: Record<string, string> = {
  readable: "file",
  as_agreed: "rules",
  same_as_before: "drift",
  column: "columns",
  over_time: "time",
};

interface Tab {
  id: string;
  word: string;
  count: number | null;
}

export class DriftlineReport extends LitElement {
  static override properties = {
    report: { attribute: false },
    look: { attribute: false },
    progress: { attribute: false },
    early: { attribute: false },
    comparing: { attribute: false },
    json: { attribute: false },
    saved: { attribute: false },
    contract: { attribute: false },
    broken: { attribute: false },
    redact: { attribute: false },
    terms: { attribute: false },
    cut: { attribute: false },
    cutting: { type: Boolean },
    violations: { attribute: false },
    drifted: { attribute: false },
    performing: { attribute: false },
    tomorrow: { attribute: false },
    documents: { attribute: false },
    src: { type: String },
    hosted: { type: Boolean },
    panel: { state: true },
    column: { state: true },
    beside: { state: true },
    fault: { state: true },
    printing: { state: true },
  };
  static override styles = [tokens, base, reportStyles];

  declare report: Report | undefined;
  /** Set while the report is only that of a first look, with how far the reading is. */
  declare look: Look | null;
  declare progress: Progress | null;
  /** What is critical already while it is read. */
  declare early: Early | null;
  /** Whether a comparison is on its way. */
  declare comparing: boolean;
  declare json: Uint8Array | null;
  declare saved: Promise<Uint8Array> | null;
  declare contract: string | null;
  /** The files that it is made without. */
  declare broken: Broken[];
  /** Which values of the data the app around it was asked to show. */
  declare redact: Redaction;
  /** What the page knows of the contract; `null`: it can not be changed here. */
  declare terms: Terms | null;
  /** The file cut by time, where that was asked for. */
  declare cut: Cut | null;
  declare cutting: boolean;
  /** What breaks the contract, where the file is at hand. */
  declare violations: Violations | null;
  /** Looks into its drift, where the files are at hand. */
  declare drifted: Drifted | null;
  /** Tells how a model does, where there is a reference. */
  declare performing: Performing | null;
  /** What is kept of the file for the next of its feed; `null`: it is in none. */
  declare tomorrow: Tomorrow | null;
  /** Makes other documents of the report. */
  declare documents: Documents | null;
  declare src: string | null;
  /** Whether an app around it can add files and read again. */
  declare hosted: boolean;
  declare panel: string;
  /** The column whose details are open. */
  declare column: string | null;
  declare beside: boolean;
  declare fault: string | null;
  /** Whether it is being printed: then it is no longer worked with, and nothing of it may wait to be scrolled to. */
  declare printing: boolean;
  /** Whether single keys are shortcuts. */
  shortcuts = true;
  #width = new ResizeObserver(([entry]) => (this.beside = entry!.contentRect.width >= BESIDE));
  #key = (event: KeyboardEvent) => this.#shortcut(event);
  #print = () => {
    this.printing = true;
    this.performUpdate();
    for (const findings of this.renderRoot.querySelectorAll<DriftlineFindings>("driftline-findings")) findings.draw();
  };
  #printed = () => (this.printing = false);

  constructor() {
    super();
    Object.assign(this, {
      look: null,
      progress: null,
      early: null,
      comparing: false,
      json: null,
      saved: null,
      contract: null,
      broken: [],
      redact: "classified",
      terms: null,
      cut: null,
      cutting: false,
      violations: null,
      drifted: null,
      performing: null,
      tomorrow: null,
      documents: null,
      src: null,
      hosted: false,
      panel: "columns",
      column: null,
      beside: true,
      fault: null,
      printing: false,
    });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#width.observe(this);
    addEventListener("keydown", this.#key);
    addEventListener("beforeprint", this.#print);
    addEventListener("afterprint", this.#printed);
    const inline = this.querySelector('script[type="application/json"]');
    if (inline && !this.report) this.report = JSON.parse(inline.textContent ?? "null") as Report;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#width.disconnect();
    removeEventListener("keydown", this.#key);
    removeEventListener("beforeprint", this.#print);
    removeEventListener("afterprint", this.#printed);
  }

  override willUpdate(changed: PropertyValues) {
    if (changed.has("src") && this.src) void this.#load(this.src);
    if (this.drifted || this.report?.segments) void import("./drifted").catch(() => undefined);
    if (this.performing) void Promise.all([import("./performance"), import("./comparing")]).catch(() => undefined);
    if (!changed.has("report") || !this.report) return;
    if (this.column !== null && !this.report.columns.some(({ name }) => name === this.column)) this.column = null;
    if (!this.#tabs(this.report).some(({ id }) => id === this.panel)) this.panel = "columns";
  }

  override updated() {
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog || this.column === null) return;
    const modal = dialog.matches(":modal");
    if (dialog.open && modal !== this.beside) return;
    if (dialog.open) dialog.close();
    if (this.beside) dialog.setAttribute("open", "");
    else dialog.showModal();
  }

  async #load(src: string) {
    try {
      const response = await fetch(src);
      if (!response.ok) throw new Error(`"${src}" answered ${response.status}`);
      this.json = new Uint8Array(await response.arrayBuffer());
      this.report = JSON.parse(new TextDecoder().decode(this.json)) as Report;
    } catch (error) {
      this.fault = (error as Error).message;
    }
  }

  #tabs(report: Report): Tab[] {
    const failed = (card: string) =>
      report.findings.filter((finding) => finding.card === card && finding.status === "fail").length;
    const tabs: Tab[] = [{ id: "columns", word: "Columns", count: report.columns.length }];
    if (this.look) return tabs;
    const isAgreed = report.contract !== null || failed("as_agreed") > 0;
    if (isAgreed || this.terms) tabs.push({ id: "rules", word: "Contract", count: this.terms?.broken ? this.terms.broken.mistakes.length || null : isAgreed ? failed("as_agreed") : null });
    if (report.reference)
      tabs.push({
        id: "drift",
        word: "Drift",
        count: report.drift.filter(({ outcome }) => outcome === "drifted").length,
      });
    if (this.performing) tabs.push({ id: "performance", word: "Performance", count: null });
    if (report.timeline || (this.hosted && timeColumns(report).length > 0)) {
      const intervals = (this.cut?.timeline ?? report.timeline)?.intervals ?? [];
      tabs.push({ id: "time", word: "Over time", count: intervals.filter(({ tripped }) => tripped > 0).length || null });
    }
    tabs.push({ id: "file", word: "File", count: report.issues.length || null });
    if (this.json || this.hosted) tabs.push({ id: "export", word: "Export", count: null });
    return tabs;
  }

  #shortcut(event: KeyboardEvent) {
    const typing = isTyping(event);
    if (event.key === "Escape" && this.column !== null && this.beside && !typing) void this.#close();
    if (
      !this.shortcuts ||
      typing ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.key !== "/" ||
      !this.report
    )
      return;
    event.preventDefault();
    this.panel = "columns";
    void this.updateComplete.then(() => this.#list?.focusSearch());
  }

  get #list(): DriftlineColumnList | null {
    return this.renderRoot.querySelector("driftline-column-list");
  }

  async #close() {
    const name = this.column;
    this.renderRoot.querySelector("dialog")?.close();
    this.column = null;
    await this.updateComplete;
    if (name !== null) void this.#list?.focusRow(name);
  }

  async #show(name: string, enter: boolean) {
    this.column = name;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog) dialog.scrollTop = 0;
    if (enter) void this.renderRoot.querySelector<DriftlineColumnDetail>("driftline-column-detail")?.enter();
  }

  async #go({ card, column }: { card: string; column: string | null }) {
    const known = column !== null && this.report?.columns.some(({ name }) => name === column);
    this.panel = known ? "columns" : (panelOf[card] ?? "columns");
    if (this.report && !this.#tabs(this.report).some(({ id }) => id === this.panel)) this.panel = "file";
    await this.updateComplete;
    if (known) await this.#show(column, true);
    this.renderRoot.querySelector(".tabs")?.scrollIntoView({ block: "start" });
    if (!known) this.renderRoot.querySelector<HTMLElement>(`#tab-${this.panel}`)?.focus({ preventScroll: true });
  }

  async #infer() {
    await this.#go({ card: "as_agreed", column: null });
    await this.renderRoot.querySelector<DriftlineContract>("driftline-contract")?.infer();
  }

  /** Shows the mistakes of the contract, where they can be mended. */
  async mend() {
    await this.#go({ card: "as_agreed", column: null });
    await this.renderRoot.querySelector<DriftlineContract>("driftline-contract")?.mend();
  }

  #tabKey(event: KeyboardEvent, tabs: Tab[]) {
    const at = tabs.findIndex(({ id }) => id === this.panel);
    const to: Record<string, number> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = tabs[to[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    this.panel = next.id;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus());
  }

  #panel(id: string, content: unknown, more = "") {
    const title = this.#tabs(this.report!).find((tab) => tab.id === id)?.word ?? "";
    return html`<div
      class="panel ${more}"
      data-title=${title}
      role="tabpanel"
      id="panel-${id}"
      aria-labelledby="tab-${id}"
      ?hidden=${this.panel !== id}
    >
      ${content}
    </div>`;
  }

  #columns(report: Report) {
    return html`<div class="split ${this.column !== null && this.beside ? "open" : ""}">
      <driftline-column-list
        .report=${report}
        .look=${this.look}
        .comparing=${this.comparing}
        .open=${this.column}
        @driftline:column=${(e: CustomEvent<{ name: string; enter: boolean }>) => this.#show(e.detail.name, e.detail.enter)}
      ></driftline-column-list>
      ${
        this.column === null
          ? nothing
          : html`<dialog
              aria-label="Details of the column"
              @cancel=${(e: Event) => {
                e.preventDefault();
                void this.#close();
              }}
              @driftline:close=${() => this.#close()}
            >
              <driftline-column-detail .report=${report} .look=${this.look} .name=${this.column} .drifted=${this.drifted}></driftline-column-detail>
            </dialog>`
      }
    </div>`;
  }

  #rules(report: Report) {
    if (!this.hosted || this.printing)
      return html`<driftline-findings .report=${report} card="as_agreed"></driftline-findings>`;
    return html`<driftline-rules
      .report=${report}
      .violations=${this.violations}
      .terms=${this.terms}
      .shortcuts=${this.shortcuts}
    ></driftline-rules>`;
  }

  /** What of the values is not shown. */
  #redacted({ columns, driftline }: Report) {
    if (driftline.options.redact === undefined) return nothing;
    const hidden = columns.filter(({ redacted }) => redacted).length;
    return html`<p class="redacted">
      ${glyph("lock")}<span>Values of ${plural(hidden, "column")} are redacted (${driftline.options.redact}): shapes stand in their place.</span>
      ${this.hosted && !this.look ? html`<button class="link" @click=${() => (this.panel = "export")}>Change</button>` : nothing}
    </p>`;
  }

  /** Moves the focus to the verdict, and with it a screen reader. */
  async announce() {
    await this.updateComplete;
    this.renderRoot.querySelector<DriftlineVerdict>("driftline-verdict")?.announce();
  }

  override render() {
    const { report } = this;
    if (this.fault)
      return html`<p role="alert" class="fault">${glyph("critical")}The report could not be loaded: ${this.fault}</p>`;
    if (!report) return nothing;
    const tabs = this.#tabs(report);
    const has = (id: string) => tabs.some((tab) => tab.id === id);
    const isBroken = report.findings.some(({ card, count }) => card === "as_agreed" && count > 0);
    return html`<div
      @driftline:go=${(e: CustomEvent<{ card: string; column: string | null }>) => this.#go(e.detail)}
      @driftline:infer=${() => this.#infer()}
    >
      ${
        this.look
          ? html`<driftline-reading
              .progress=${this.progress}
              .name=${report.source.name}
              .checking=${this.contract !== null}
              .comparing=${this.comparing}
              .early=${this.early}
            ></driftline-reading>`
          : html`<driftline-verdict .report=${report} .cut=${this.cut} .broken=${this.broken} ?growable=${this.hosted}></driftline-verdict>`
      }
      ${this.#redacted(report)}
      <div
        class="tabs"
        role="tablist"
        aria-label="Parts of the report"
        @keydown=${(e: KeyboardEvent) => this.#tabKey(e, tabs)}
      >
        ${tabs.map(
          (tab) =>
            html`<button
              role="tab"
              id="tab-${tab.id}"
              aria-controls="panel-${tab.id}"
              aria-selected=${tab.id === this.panel}
              tabindex=${tab.id === this.panel ? 0 : -1}
              @click=${() => (this.panel = tab.id)}
            >
              ${tab.word}${tab.count === null ? "" : html`<span class="count">${count(tab.count)}</span>`}
            </button>`,
        )}
      </div>
      ${this.#panel("columns", this.#columns(report))}
      ${
        has("rules")
          ? this.#panel(
              "rules",
              html`${report.contract ? this.#rules(report) : nothing}
                ${isBroken && this.violations ? html`<driftline-quarantine class="after" .violations=${this.violations}></driftline-quarantine>` : nothing}
                ${this.terms ? html`<driftline-contract .terms=${this.terms} .file=${report.source.name}></driftline-contract>` : nothing}`,
            )
          : nothing
      }
      ${
        has("drift")
          ? this.#panel(
              "drift",
              html`<driftline-drift-table .report=${report} .drifted=${this.drifted}></driftline-drift-table>
                ${this.drifted ? html`<driftline-accept-drift class="after" .report=${report} .drifted=${this.drifted} .saved=${this.saved} .contract=${this.contract}></driftline-accept-drift>` : nothing}
                ${this.performing?.comparing ? html`<driftline-comparing .report=${report} .comparing=${this.performing.comparing}></driftline-comparing>` : nothing}
                <h2 class="between">Rules of the comparison</h2>
                <driftline-findings .report=${report} card="same_as_before"></driftline-findings>`,
            )
          : nothing
      }
      ${has("performance") ? this.#panel("performance", html`<driftline-performance .report=${report} .performing=${this.performing}></driftline-performance>`) : nothing}
      ${has("time") ? this.#panel("time", html`<driftline-over-time .report=${report} .cut=${this.cut} .tomorrow=${this.tomorrow} ?cutting=${this.cutting}></driftline-over-time>`, this.cut || report.timeline ? "" : "uncut") : nothing}
      ${has("file") ? this.#panel(
        "file",
        html`<driftline-source .report=${report} ?editable=${this.hosted}></driftline-source>
          <h2 class="between">What is odd</h2>
          <driftline-issues .report=${report}></driftline-issues> ${
            report.findings.some(({ card }) => card === "readable")
              ? html`<h2 class="between">Rules of reading</h2>
                  <driftline-findings .report=${report} card="readable"></driftline-findings>`
              : nothing
          }`,
      ) : nothing}
      ${has("export") ? this.#panel("export", html`<driftline-export .report=${report} .json=${this.json} .saved=${this.saved} .documents=${this.documents} .contract=${this.contract} .redact=${this.hosted ? this.redact : null}></driftline-export>`) : nothing}
      <footer>
        driftline ${report.driftline.version} · seed
        ${report.driftline.options.seed}${report.driftline.options.as_of ? ` · as of ${report.driftline.options.as_of}` : ""}
      </footer>
    </div>`;
  }
}

customElements.define("driftline-report", DriftlineReport);
