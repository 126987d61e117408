// `<driftline-editor>`: the text of a contract, to be changed. Every mistake in it is marked where it is.
import { isolateHistory } from "@codemirror/commands";
import { forEachDiagnostic, linter, type Diagnostic } from "@codemirror/lint";
import { Annotation, EditorState, Prec, StateEffect, type Extension } from "@codemirror/state";
import { EditorView, keymap, type ViewUpdate } from "@codemirror/view";
import { LitElement, css, html, type PropertyValues } from "lit";
import type { Amending, Mistake } from "../amending";
import { diagnostic, position } from "../editor/mistakes";
import { setup } from "../editor/setup";
import { plainText } from "../show/data-text";
import { base } from "../styles/base";

/* Typing is over for this long before mistakes are looked for. */
const PAUSE = 400;

/** Marks what was not done in the editor. */
const fromOutside = Annotation.define<boolean>();

/* Asks for its mistakes once more. */
const ask = StateEffect.define<null>();

const LINE_END = /\r\n?|\n/g;

/** The change that makes a text another one. */
function change(old: string, text: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(old.length, text.length);
  let from = 0;
  while (from < shorter && old.charCodeAt(from) === text.charCodeAt(from)) from += 1;
  let same = 0;
  while (same < shorter - from && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same))
    same += 1;
  return { from, to: old.length - same, insert: text.slice(from, text.length - same) };
}

export class DriftlineEditor extends LitElement {
  static override properties = {
    name: { attribute: false },
    text: { attribute: false },
    past: { attribute: false },
    amending: { attribute: false },
  };
  static override styles = [
    base,
    css`
      .frame {
        height: min(60vh, 36rem);
        min-height: 8rem;
        border: 1px solid var(--dl-line-strong);
        border-radius: 8px;
        overflow: hidden;
        resize: vertical;
      }
      .frame:focus-within {
        outline: 2px solid var(--dl-accent);
        outline-offset: 1px;
      }
      .keys {
        margin-top: 6px;
        color: var(--dl-ink-3);
        font-size: 0.8125rem;
      }
    `,
  ];

  /** The contract's file name. */
  declare name: string;
  /** What is to be in the editor. Another text comes as one change that can be undone. */
  declare text: string;
  /** What the contract was before the editor was there, oldest first. */
  declare past: readonly string[];
  /** Finds its mistakes; `null`: nobody can. */
  declare amending: Amending | null;
  #view: EditorView | null = null;
  /** How lines end in the file. */
  #end = "\n";
  /** What was told or taken last. */
  #known: string | null = null;

  constructor() {
    super();
    Object.assign(this, { name: "", text: "", past: [], amending: null });
  }

  override firstUpdated() {
    const [first = this.text, ...later] = [...this.past, this.text];
    this.#end = first.includes("\r\n") ? "\r\n" : "\n";
    this.#view = new EditorView({
      state: EditorState.create({ doc: first, extensions: [this.#extension(), setup] }),
      parent: this.renderRoot.querySelector<HTMLElement>(".frame")!,
      root: this.renderRoot as ShadowRoot,
    });
    for (const text of later) this.#become(text);
  }

  override updated(changed: PropertyValues<this>) {
    if (changed.has("text")) this.#become(this.text);
    if (changed.has("amending") && changed.get("amending")) this.#view?.dispatch({ effects: ask.of(null) });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = null;
  }

  /** Puts the cursor at a line and column, from 1. */
  async go(line: number, column: number) {
    await this.updateComplete;
    const view = this.#view;
    if (!view) return;
    const anchor = position(view.state.doc, { line, column });
    view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    view.focus();
  }

  #extension(): Extension {
    return [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => this.#tell("check", this.#value) }])),
      linter((view) => this.#mistakes(view), {
        delay: PAUSE,
        needsRefresh: ({ transactions }) => transactions.some(({ effects }) => effects.some((it) => it.is(ask))),
      }),
      EditorView.updateListener.of((update) => this.#changed(update)),
      EditorView.contentAttributes.of({
        "aria-label": `Text of ${plainText(this.name, 80)}`,
        "aria-describedby": "keys",
        spellcheck: "false",
        tabindex: "0",
      }),
    ];
  }

  get #value(): string {
    const { doc } = this.#view!.state;
    return doc.sliceString(0, doc.length, this.#end);
  }

  #tell(what: "edited" | "check" | "mistakes", detail: string | Mistake[]): true {
    this.dispatchEvent(new CustomEvent(`driftline:${what}`, { detail, bubbles: true, composed: true }));
    return true;
  }

  #changed({ docChanged, transactions }: ViewUpdate) {
    if (!docChanged || transactions.some((it) => it.annotation(fromOutside))) return;
    this.#known = this.#value;
    this.#tell("edited", this.#known);
  }

  /** Shows another text, as one change. */
  #become(text: string) {
    const view = this.#view;
    if (!view || text === this.#known) return;
    this.#known = text;
    this.#end = text.includes("\r\n") ? "\r\n" : "\n";
    const [old, lines] = [view.state.doc.toString(), text.replace(LINE_END, "\n")];
    if (lines === old) return;
    const changes = change(old, lines);
    view.dispatch({
      changes,
      annotations: [fromOutside.of(true), isolateHistory.of("full")],
      effects: EditorView.scrollIntoView(changes.from, { y: "center" }),
      userEvent: "input.amend",
    });
  }

  async #mistakes(view: EditorView): Promise<Diagnostic[]> {
    const { doc } = view.state;
    const mistakes = await this.amending?.mistakes(this.#value).catch(() => null);
    if (!mistakes || view.state.doc !== doc) {
      // The engine was ended, or this is asked again of another text: what is known stays.
      const known: Diagnostic[] = [];
      forEachDiagnostic(view.state, (it, from, to) => known.push({ ...it, from, to }));
      return known;
    }
    this.#tell("mistakes", mistakes);
    return mistakes.map((it) => diagnostic(doc, it));
  }

  override render() {
    return html`<div class="frame"></div>
      <p class="keys" id="keys">
        Ctrl+Enter (⌘+Enter) checks the file, F8 goes to the next mistake, Ctrl+Z takes a change back. Tab leaves the editor.
      </p>`;
  }
}

customElements.define("driftline-editor", DriftlineEditor);
