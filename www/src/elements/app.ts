// `<driftline-app>`: the whole page. Takes files in by drop, choice or paste, runs the engine, shows the report.
import { LitElement, html } from "lit";
import { Agreement } from "../agreement";
import { brokenOf, inPlay, tolerant, trouble, usable } from "../broken";
import { Engine, beside } from "../engine";
import { DriftlineError, fromError } from "../failure";
import { Arrivals } from "../intake/arrivals";
import { accepted, incidental, leftOut, reassign, withMarks, without } from "../intake/changes";
import { assign } from "../intake/roles";
import type { Chosen, Part, Role } from "../intake/parts";
import { sampleFiles } from "../intake/sample";
import { partsOf } from "../outcome";
import { Referred } from "../referred";
import { Session, type Early, type Look, type Outcome, type Progress, type Redaction } from "../session";
import { Announcer } from "../show/announcer";
import { plainText } from "../show/data-text";
import { count, plural, shareOf } from "../show/number";
import { toldOverTime } from "../show/told-over-time";
import { isTyping } from "../show/typing";
import { sentence } from "../show/words";
import { appStyles } from "../styles/app";
import { base } from "../styles/base";
import { tokens } from "../styles/tokens";
import { isDark, switchTheme } from "../theme";
import type { DriftlineHelp } from "./help";
import type { DriftlineReport } from "./report";
import type { Cut, Cutting } from "./over-time";
import type { DialectChoice } from "./source";
import type { Marking } from "./tomorrow";
import { notice, veil } from "./above";
import { header } from "./header";
import "./failed";
import "./help";
import "./intake";
import "./progress";
import "./report";

/* Progress that is over before this is not shown: it would only flicker. */
const DELAY = 300;
const WORKERS = 4;

export class DriftlineApp extends LitElement {
  static override properties = {
    files: { state: true },
    outcome: { state: true },
    look: { state: true },
    early: { state: true },
    notice: { state: true },
    error: { state: true },
    cut: { state: true },
    cutting: { state: true },
    working: { state: true },
    late: { state: true },
    progress: { state: true },
    shortcuts: { state: true },
    said: { state: true },
    dark: { state: true },
    redact: { state: true },
  };
  static override styles = [tokens, base, appStyles];

  declare files: Chosen[];
  declare outcome: Outcome | null;
  /** What a first look at the file showed, until its outcome is there. */
  declare look: Look | null;
  /** What is critical about it already, until then. */
  declare early: Early | null;
  /** What went wrong without ending anything, and what to do. */
  declare notice: [string, string] | null;
  declare error: DriftlineError | null;
  /** The file cut by time, as it was asked for last. */
  declare cut: Cut | null;
  declare cutting: boolean;
  declare working: boolean;
  /** Whether the work has taken long enough to show progress. */
  declare late: boolean;
  declare progress: Progress | null;
  declare shortcuts: boolean;
  declare said: string;
  declare dark: boolean;
  /** Which values of the data are shown. */
  declare redact: Redaction;
  #engine: Engine;
  #session: Session;
  #dialect: DialectChoice = {};
  #wanted: Part | null = null;
  /** The files that the outcome is of. */
  #settled: Chosen[] = [];
  #agreement = new Agreement(this);
  #referred: Referred;
  #turn = 0;
  /** How often all that was going on was taken back. */
  #taken = 0;
  /** Whether the engine is at a file. */
  #running = false;
  /** Files that come while others find their parts wait for them. */
  #adding: Promise<void> = Promise.resolve();
  #announcer = new Announcer((text) => (this.said = text));
  #arrivals = new Arrivals(this, {
    files: (files) => void this.add(files, null),
    folder: () => (this.notice = ["Nothing here can be read.", "A folder needs files in it, at most 4,096; folders inside it are not opened."]),
  });
  #onKey = (event: KeyboardEvent) => this.#key(event);

  constructor() {
    super();
    Object.assign(this, {
      files: [],
      outcome: null,
      look: null,
      early: null,
      notice: null,
      error: null,
      cut: null,
      cutting: false,
      working: false,
      late: false,
      progress: null,
      shortcuts: true,
      said: "",
      dark: isDark(),
      redact: "classified",
    });
    const workers = Math.max(1, Math.min(WORKERS, navigator.hardwareConcurrency || 1));
    this.#engine = new Engine(beside(document.baseURI), workers);
    this.#session = new Session(this.#engine);
    this.#referred = new Referred(this, this.#session);
  }

  override connectedCallback() {
    super.connectedCallback();
    addEventListener("keydown", this.#onKey);
    this.#warm();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.#onKey);
    this.#engine.end();
  }

  /** Makes the engine ready when there is nothing better to do. */
  #warm() {
    const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
    idle(() => void this.#engine.warm().catch(() => undefined));
  }

  #key(event: KeyboardEvent) {
    if (isTyping(event)) return;
    if (event.key === "?" && this.shortcuts && !event.ctrlKey && !event.metaKey) this.#help();
  }

  #help() {
    this.renderRoot.querySelector<DriftlineHelp>("driftline-help")?.show();
  }

  #choose(part: Part | Role | null) {
    this.#wanted = typeof part === "string" ? { role: part, table: null } : part;
    this.renderRoot.querySelector<HTMLInputElement>("#input")?.click();
  }

  /** Takes files in, guesses their parts unless one is given, and runs. */
  add(files: File[], part: Part | null): Promise<void> {
    const add = () => (files.length === 0 ? undefined : this.#add(files, part));
    this.#adding = this.#adding.then(add, add);
    return this.#adding;
  }

  async #add(files: File[], part: Part | null) {
    this.#dialect = {};
    // A file that could not be read makes room for the next one.
    const before = this.error ? this.files.filter((chosen) => chosen.role !== "current") : this.files;
    const assigned = await this.#assigned(before, files, part);
    if (!assigned) return;
    const kept =
      this.error && !assigned.some((chosen) => chosen.role === "current")
        ? this.files.filter((chosen) => chosen.role === "current")
        : [];
    Object.assign(this, { files: [...assigned, ...kept], notice: leftOut(files, assigned) });
    void this.#run();
  }

  /** The files with their parts; `null`: they were taken back meanwhile. The engine may have to say what a contract refers to. */
  async #assigned(before: Chosen[], added: File[], part: Part | null): Promise<Chosen[] | null> {
    const taken = this.#taken;
    const data = before.filter(({ role }) => role !== "contract").map(({ file }) => file);
    let begun = false;
    const begin = () => {
      if (begun || taken !== this.#taken) return;
      begun = true;
      this.#halt();
      this.working = true;
      this.#soon(++this.#turn);
    };
    const assigned = await assign(before, added, part, this.#referred.ask([...data, ...added], begin));
    return taken === this.#taken ? assigned : null;
  }

  /** Shows progress, if the work of this turn takes long enough. */
  #soon(turn: number) {
    return setTimeout(() => {
      if (turn === this.#turn && this.working) this.late = true;
    }, DELAY);
  }

  /** Ends what the engine does for a file. */
  #halt() {
    if (this.#running) this.#engine.end();
    this.#running = false;
  }

  /** Checks the file against a contract that was written here; what there was stays where that has a mistake. */
  async #agree(name: string, text: string) {
    const files = this.#agreement.changed({ files: this.files, outcome: this.outcome }, name, text);
    const assigned = await this.#assigned(files, [], null);
    if (assigned) this.files = assigned;
    if (assigned) await this.#run();
    this.#agreement.tried();
  }

  #part(role: Role): File | null {
    return this.files.find((chosen) => chosen.role === role)?.file ?? null;
  }

  async #run() {
    const turn = ++this.#turn;
    const current = this.#part("current");
    const known = this.outcome !== null && this.#settled.some(({ file, role }) => role === "current" && file === current);
    Object.assign(this, { error: null, progress: null, look: null, early: null, working: current !== null });
    this.#halt();
    this.outcome?.drifted?.cancel();
    void this.#referred.follow(this.files);
    if (!current) {
      this.outcome = null;
      return;
    }
    const timer = this.#soon(turn);
    this.#running = true;
    try {
      const options = { ...this.#dialect, redact: this.redact };
      const outcome = await tolerant(this.#session, partsOf(this.files, current), options, !this.#agreement.trying, {
        progress: (progress) => {
          if (turn === this.#turn) this.#advance(progress);
        },
        look: (look) => {
          // A report on the very file says more than a look at it.
          if (turn === this.#turn && this.working && !known) this.look = look;
        },
        early: (early) => {
          if (turn === this.#turn && this.working) this.#alert(early);
        },
        tables: (tables) => {
          if (turn === this.#turn) this.#referred.become(tables);
        },
        aside: (file, why) => {
          if (turn === this.#turn) this.notice = [`${plainText(file.name, 60)} is left out.`, plainText(why, 300)];
        },
      });
      if (turn === this.#turn) this.#done(outcome);
    } catch (error) {
      if (turn === this.#turn) this.#failed(error);
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) this.#running = false;
      if (turn === this.#turn) Object.assign(this, { working: false, late: false, look: null, early: null });
    }
  }

  #alert(early: Early) {
    this.early = early;
    const [first] = early.reasons;
    if (first) this.#announcer.say(`Already known: ${count(early.count)} critical. ${plainText(sentence(first.message), 400)}`);
  }

  #advance(progress: Progress) {
    this.progress = progress;
    if (this.late)
      this.#announcer.sometimes(
        `Reading ${plainText(progress.file)}, ${shareOf(Math.min(progress.bytes, progress.size), progress.size)}`,
      );
  }

  /** Cuts the file by a column of dates. */
  async #over(asked: Cutting) {
    const current = this.#part("current");
    if (!current || this.working) return;
    const turn = this.#turn;
    const still = () => turn === this.#turn;
    this.cutting = true;
    try {
      const parts = { current, earlier: [], marks: null, reference: usable(this.outcome?.broken, this.#part("reference")), contract: null, others: [] };
      const timeline = await this.#session.over(parts, { ...this.#dialect }, asked.column, asked.period);
      if (!still()) return;
      this.cut = { asked, timeline, mistake: null };
      this.#announcer.say(`Cut into ${plural(timeline.intervals.length, "interval")}. ${toldOverTime(timeline).sentence}`);
    } catch (error) {
      const known = fromError(error as Error);
      if (still() && known.name !== "cancelled")
        this.cut = { asked, timeline: null, mistake: [known.message, known.hint].filter(Boolean).join(": ") };
    } finally {
      if (still()) this.cutting = false;
    }
  }

  #done(outcome: Outcome) {
    this.outcome = outcome;
    Object.assign(this, { cut: null, cutting: false });
    this.look = null;
    this.#settled = this.files;
    void this.#agreement.read(outcome, this.#part("contract"));
    if (brokenOf(outcome.broken, "contract")) this.#referred.become([]);
    this.#announcer.say(`Done. ${plainText(outcome.report.verdict.sentence, 400)}${this.#referred.lacking(this.files)}${outcome.broken.map((it) => ` ${trouble(it)}`).join("")}`);
    this.#send("driftline:verdict", outcome.report.verdict);
    void this.updateComplete.then(() => {
      const elsewhere = this.shadowRoot?.activeElement;
      if (!elsewhere || elsewhere.id === "main")
        void this.renderRoot.querySelector<DriftlineReport>("driftline-report")?.announce();
    });
  }

  #send(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #failed(error: unknown) {
    if (error instanceof DriftlineError && error.name === "cancelled") return;
    const known = fromError(error as Error);
    const refused = this.#agreement.refused(known);
    if (refused) {
      Object.assign(this, { files: refused.files, outcome: refused.outcome, look: null });
      this.#announcer.say(plainText(refused.mistake, 400));
      return;
    }
    Object.assign(this, { error: known, outcome: null, look: null });
    this.#send("driftline:error", { code: known.name, message: known.message, hint: known.hint });
  }

  #cancel() {
    this.#takeBack();
    Object.assign(this, { working: false, late: false, look: null, early: null });
    this.files = this.outcome ? this.#settled : this.files.filter((chosen) => chosen.role !== "current");
    this.#announcer.say("Cancelled");
    this.#warm();
  }

  /** From now on the current file is what is usual. */
  #usual() {
    const name = plainText(this.#part("current")?.name ?? "");
    this.files = accepted(this.files);
    void this.#run();
    this.#announcer.say(`${name} is the reference now. Drop the next file.`);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("main")?.focus());
  }

  #clear() {
    this.#takeBack();
    this.outcome?.drifted?.cancel();
    Object.assign(this, { files: [], outcome: null, look: null, early: null, error: null, working: false, late: false });
    void this.#referred.follow([]);
  }

  #takeBack() {
    this.#turn += 1;
    this.#taken += 1;
    this.#running = false;
    this.#engine.end();
  }

  #header() {
    return header({
      files: this.files,
      tables: this.#referred.tables,
      broken: inPlay(this.outcome?.broken, this.files),
      dark: this.dark,
      clear: () => this.#clear(),
      add: () => this.#choose(null),
      become: (file, part) => this.#rearranged(reassign(this.files, file, part)),
      remove: (files) => this.#rearranged(without(this.files, files)),
      theme: () => (this.dark = switchTheme()),
      help: () => this.#help(),
    });
  }

  /** Says something of an interval, and what is usual then. */
  async #mark({ key, mark }: Marking) {
    const outcome = this.outcome;
    const tomorrow = await outcome?.tomorrow?.marked(key, mark).catch(({ message }: Error) => {
      this.notice = ["The mark could not be set.", plainText(message, 300)];
    });
    if (!tomorrow || this.outcome !== outcome) return;
    this.files = withMarks(this.files, tomorrow.file);
    this.#announcer.say(mark ? `${plainText(key, 60)} is marked as ${mark}` : `${plainText(key, 60)} is not marked any more`);
    if (key !== tomorrow.key) return this.#run();
    // It says nothing about itself.
    this.#settled = this.files;
    this.outcome = { ...outcome!, tomorrow };
  }

  /** What comes next is not compared with this file. */
  #incident() {
    const { tomorrow } = this.outcome ?? {};
    if (tomorrow) void this.#mark({ key: tomorrow.key, mark: "incident" });
    else this.files = incidental(this.files);
  }

  /** Runs with these files instead. */
  #rearranged(files: Chosen[]) {
    this.files = files;
    void this.#run();
  }

  #main() {
    const { error, outcome, look } = this;
    if (error)
      return html`<driftline-failed
        .error=${error}
        .of=${this.files.find(({ file }) => file === error.file) ?? null}
        @driftline:again=${() => this.#run()}
        @driftline:clear=${() => this.#clear()}
      ></driftline-failed>`;
    const report = look?.report ?? outcome?.report;
    if (!report)
      return this.working
        ? html`<div class="waiting">
            ${this.late ? html`<driftline-progress alone .progress=${this.progress} .early=${this.early}></driftline-progress>` : html`<h1 class="visually-hidden">Reading</h1>`}
          </div>`
        : html`<driftline-intake ?waiting=${this.files.length > 0}></driftline-intake>`;
    const again = this.working && this.late && !look;
    return html`${again ? html`<div class="above"><driftline-progress .progress=${this.progress} .early=${this.early}></driftline-progress></div>` : ""}
      <driftline-report
        class=${again ? "stale" : ""}
        hosted
        .report=${report}
        .look=${look}
        .progress=${look ? this.progress : null}
        .early=${look ? this.early : null}
        .comparing=${look !== null && this.#part("reference") !== null}
        .json=${look ? null : (outcome?.json ?? null)}
        .saved=${look ? null : (outcome?.saved ?? null)}
        .shortcuts=${this.shortcuts}
        .contract=${usable(this.outcome?.broken, this.#part("contract"))?.name ?? null}
        .broken=${outcome?.broken ?? []}
        .redact=${this.redact}
        .cut=${this.cut}
        ?cutting=${this.cutting}
        .violations=${look ? null : (outcome?.violations ?? null)}
        .drifted=${look ? null : (outcome?.drifted ?? null)}
        .performing=${look ? null : (outcome?.performing ?? null)} .documents=${look ? null : (outcome?.documents ?? null)} .tomorrow=${look ? null : (outcome?.tomorrow ?? null)}
        .terms=${look ? null : this.#agreement.terms}
      ></driftline-report>`;
  }

  override render() {
    return html`<div
      class="page"
      @driftline:add=${(e: CustomEvent<Part | Role | null>) => this.#choose(e.detail)}
      @driftline:sample=${() => this.add(sampleFiles(), null)}
      @driftline:terms=${(e: CustomEvent<{ name: string; text: string }>) => this.#agree(e.detail.name, e.detail.text)}
      @driftline:usual=${() => this.#usual()}
      @driftline:mend=${() => this.renderRoot.querySelector<DriftlineReport>("driftline-report")?.mend()}
      @driftline:incident=${() => this.#incident()}
      @driftline:mark=${(e: CustomEvent<Marking>) => this.#mark(e.detail)}
      @driftline:say=${(e: CustomEvent<string>) => this.#announcer.say(e.detail)}
      @driftline:over=${(e: CustomEvent<Cutting>) => this.#over(e.detail)}
      @driftline:cancel=${() => this.#cancel()}
      @driftline:shortcuts=${(e: CustomEvent<boolean>) => (this.shortcuts = e.detail)}
      @driftline:redact=${(e: CustomEvent<Redaction>) => {
        this.redact = e.detail;
        void this.#run();
      }}
      @driftline:dialect=${(e: CustomEvent<DialectChoice>) => {
        this.#dialect = e.detail;
        void this.#run();
      }}
    >
      ${this.#header()}
      <main id="main" tabindex="-1" aria-busy=${this.working}>${this.#main()}</main>
      <input
        id="input"
        type="file"
        multiple
        hidden
        @change=${(e: Event) => {
          const input = e.target as HTMLInputElement;
          const files = [...(input.files ?? [])];
          input.value = "";
          void this.add(files, this.#wanted);
        }}
      />
      ${this.notice ? notice(this.notice, () => (this.notice = null)) : ""}
      <driftline-help ?shortcuts=${this.shortcuts}></driftline-help>
      <p class="visually-hidden" role="status" aria-live="polite">${this.said}</p>
      ${this.#arrivals.dragging ? veil() : ""}
    </div>`;
  }
}

customElements.define("driftline-app", DriftlineApp);
