// A report as a document of other tools, made by an engine of its own when somebody asks for it.
import type { Engine } from "./engine";

/** The documents that there are, with their names, what takes them, and how a file of each ends. */
export const DOCUMENTS = {
  html: { word: "HTML", use: "to read, to mail, to print", ending: "html", type: "text/html" },
  markdown: { word: "Markdown", use: "for a ticket or a pull request", ending: "md", type: "text/markdown" },
  junit: { word: "JUnit", use: "for a pipeline: a case per rule and column", ending: "xml", type: "application/xml" },
  sarif: { word: "SARIF", use: "for code scanning: places in the file", ending: "sarif", type: "application/json" },
} as const;

export type Format = keyof typeof DOCUMENTS;

export class Documents {
  #engine: Engine;
  #report: Uint8Array;

  /** Of a report as the engine wrote it. */
  constructor(engine: Engine, report: Uint8Array) {
    this.#engine = engine;
    this.#report = report;
  }

  /** The bytes that the command line writes of it with `--format`. */
  async of(format: Format): Promise<Uint8Array> {
    const engine = this.#engine.aside();
    try {
      return await engine.call("exported", { report: this.#report, format });
    } finally {
      engine.end();
    }
  }
}
