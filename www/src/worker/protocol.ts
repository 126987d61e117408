// What the page and a worker say to each other: one request, any number of progress messages, one answer.
import type { Format } from "../documents";
import type { Incident } from "../incident";
import type { Document as Performance } from "../performance";
import type { Reason, Report, Segments } from "../report";

/**
 * Bytes that workers alone look into. Those that hold the keys of other tables can be large; they are blobs then, which the page
 * hands on without a copy.
 */
export type Packed = Uint8Array | Blob;

/** A value with its packed bytes read. */
export type Unpacked<Value> = Value extends File | null
  ? Value
  : Value extends Packed
    ? Uint8Array
    : Value extends object
      ? { [Key in keyof Value]: Unpacked<Value[Key]> }
      : Value;

/** A run of units of a file; made and understood by the engine alone. */
export interface Run {
  start: number;
  end: number;
  record: number | null;
}

/** All values, all but those of columns that the contract classifies, those that many rows hold, none. */
export type Redaction = "none" | "classified" | "rare" | "values";

/** What a person or a host may set; what is absent is sniffed or the default. */
export interface EngineOptions {
  memory?: number;
  seed?: number;
  as_of?: string;
  places?: number;
  workers: number;
  delimiter?: string | undefined;
  /** Empty: no quoting. */
  quote?: string | undefined;
  header?: boolean | undefined;
  /** Which values of the data the report shows. */
  redact?: Redaction | undefined;
  /** Whether what breaks the contract may be located after the report. */
  locate?: boolean;
}

/** What a person says of an interval: it says nothing about what is usual, or it is usual. */
export type Mark = "incident" | "normal";

/** How a file will be read. */
export interface Opened {
  plan: Packed;
  format: string;
  columnar: boolean;
  splittable: boolean;
  runs: Run[];
}

/** A first look: the report on the rows of a sample, as if they were the file. */
export interface Looked {
  document: unknown;
  /** How many rows the file has, where its footer says so. */
  rows: number | null;
}

/** What is critical about a file, whatever its scan will find. */
export interface Early {
  /** The first of it, as the verdict lists it. */
  reasons: Reason[];
  /** How much there is. */
  count: number;
}

/** What has to be scanned again before the partials say everything. */
export interface Again {
  plan: Packed;
  runs: Run[];
  keep: Uint8Array[];
}

/** What came of a reference's partials. */
export type Settled = { again: Again } | { again: null; state: Uint8Array };

/**
 * What came of the current file's partials: the report as an object to show and as the bytes to keep. The saved profile
 * and the contract that the file keeps come later, in a message of their own.
 */
export type Reported =
  | { again: Again }
  | {
      again: null;
      json: Uint8Array;
      document: unknown;
      /** What a locating scan starts from, where the options want it. */
      settling?: Packed;
      saved: Promise<Uint8Array>;
      inferred: Promise<string | null>;
    };

/** Another table that a contract refers to. */
export interface Wanted {
  /** What the contract calls it; `null`: the file itself. */
  table: string | null;
  /** What of it; made and understood by the engine alone. */
  wanted: Uint8Array;
}

/** Texts one after the other as UTF-8, where each ends, and how many of each there are: most frequent first. */
export interface Groups {
  texts: Uint8Array;
  ends: Uint32Array;
  counts: Float64Array;
}

/** The cells that break a rule. */
export interface Offenders {
  /** All of them; there are places only of the first million of the file. */
  count: number;
  /** Data row, physical line and byte + 1 of each, in file order; 0: unknown. */
  rows: Float64Array;
  lines: Float64Array;
  bytes: Float64Array;
  /** The value of each, by its place in `values`. */
  of: Uint32Array;
  values: Groups;
  /** The place in `values` of the missing cell, or −1. */
  missing: number;
  /** The shape of each value, by its place in `shapes`. */
  shaped: Uint32Array;
  shapes: Groups;
}

/** Every cell that breaks the contract. */
export interface Located {
  /** In the order of the report's findings on the contract; `null` where there are none. */
  document: { rules?: Array<Offenders | null> };
  /** The offsets of every `apart`th row; `null` where rows cannot be read by offset. */
  index: Float64Array | null;
  apart: number;
}

/** A file's rows told apart by whether they break the contract. */
export interface Apart {
  clean: Blob;
  quarantined: Blob;
  violations: Blob;
  ledger: { clean: number; quarantined: number; words: string; stem: string; ending: string };
}

/** What is found of a drift: where it is, and, where that was asked for, all of the incident. */
export interface Found {
  segments: Segments;
  incident?: Incident;
  /** The document as the command line writes it. */
  json?: Uint8Array;
  markdown?: Uint8Array;
  html?: Uint8Array;
  /** What the file of its rules is called. */
  name?: string;
}

/** Which columns say how a binary classifier does, and how rows are cut: of `period`, `rows` and `chunks` at most one is given. */
export interface Ask {
  probability: string;
  prediction: string | null;
  target: string;
  timestamp: string | null;
  period: string | null;
  rows: number | null;
  chunks: number | null;
  /** What the cells of the confusion matrix are shares of: `all` rows, those of their `true` class, those decided (`pred`) so; `null`: rows are counted. */
  normalize: string | null;
  /** The metric whose change inputs are related to; `null`: the first. */
  along: string | null;
  /** By what inputs are ordered: their `correlation` with the change, or the chunks that drift (`alerts`). */
  rank: string;
}

/** How it does, and the documents as the command line writes them. */
export interface Told {
  document: Performance;
  json: Uint8Array;
  markdown: Uint8Array;
  html: Uint8Array;
}

/** What is asked on a comparison besides: another tool's word, or what the columns say together. */
export type Word = "evidently" | "nannyml" | "alibi" | "together";

/** What of the report with the answer in it is shown, and all of it as the command line writes it. */
export interface Compared {
  document: Pick<Report, "like" | "multivariate" | "findings">;
  json: Uint8Array;
}

/** A rule of a contract as its text writes it. */
export interface Written {
  /** `null`: it is on the table. */
  column: string | null;
  rule: string;
  /** Which of several such rules on the column. */
  nth: number;
  expected: string;
  severity: string;
  /** What it was inferred from. */
  evidence: string | null;
  /** The line it begins on. */
  line: number;
}

/** A mistake in a contract's text; line and column are counted from 1, columns in characters. */
export interface Mistake {
  line: number;
  column: number;
  message: string;
}

/** What a contract is to agree on instead. */
export type Change =
  | { kind: "allow" | "widen"; values: string[] }
  | { kind: "tolerate"; count: number; total: number }
  | { kind: "remove" };

/** The cells of a row; `null` is a field that the record has not. */
export type Cells = Array<string | null>;

/** The record of a row as it stands in the file: its first bytes, and how many it has. */
export interface Raw {
  bytes: Uint8Array;
  length: number;
}

/** The builds of the engine: for CSV and JSON, with data contracts, with Parquet and Arrow, and with both. */
export const BUILDS = ["lite", "contract", "columnar", "whole"] as const;
export type Build = (typeof BUILDS)[number];

/** Every call a worker answers: its arguments and its result. */
export interface Calls {
  load: { args: { build: Build; module: WebAssembly.Module }; result: null };
  /**
   * A step of profiling made-up rows, so that the browser has compiled what the first file will need for speed; whether
   * there is another.
   */
  warm: { args: null; result: boolean };
  look: { args: { file: File; plan: Packed; redact: Redaction | undefined }; result: Looked };
  open: { args: { file: File; options: EngineOptions; governing: Packed | null }; result: Opened };
  /** What is broken before the scan; `null`: nothing is known to be. */
  early: { args: { file: File; plan: Packed; redact: Redaction | undefined }; result: Early | null };
  scan: { args: { file: File; plan: Packed; run: Run }; result: Uint8Array };
  settle: { args: { plan: Packed; partials: Uint8Array[] }; result: Settled };
  profileOf: { args: { saved: Uint8Array }; result: Uint8Array };
  referenceOf: { args: { state: Uint8Array }; result: Uint8Array };
  /** A feed with one file more. */
  feedWith: { args: { feed: Uint8Array | null; name: string; saved: Uint8Array }; result: Uint8Array };
  /** What of a feed is before a file of this name, as its reference. */
  feedBefore: { args: { feed: Uint8Array; name: string }; result: Uint8Array | null };
  savedOf: { args: { state: Uint8Array }; result: Uint8Array };
  /** A feed of the profiles of a folder, with its file of marks. */
  folder: { args: { files: File[]; marks: File | null }; result: Uint8Array };
  /** What a file of marks says of intervals. */
  marksOf: { args: { marks: File }; result: Array<[string, Mark]> };
  /** The file of marks, where this is said of an interval. */
  marked: { args: { marks: File | null; interval: string; mark: Mark | null }; result: Uint8Array };
  governing: {
    args: { reference: Uint8Array | null; contract: Uint8Array | null; others: Packed[]; typesOnly: boolean };
    result: Packed;
  };
  /** The other tables that the contract of a file of this name refers to. */
  wanted: { args: { contract: Uint8Array; name: string }; result: Wanted[] };
  openOther: { args: { file: File; options: EngineOptions; wanted: Uint8Array }; result: Opened };
  /** Reads another table once more, for what is wanted of it. */
  other: {
    args: { file: File; plan: Packed; partials: Uint8Array[]; wanted: Uint8Array; options: EngineOptions };
    result: { again: Again } | { again: null; other: Packed };
  };
  report: {
    args: {
      plan: Packed;
      partials: Uint8Array[];
      reference: Uint8Array | null;
      options: EngineOptions;
      /** The files before it, where it is the next of a feed. */
      feed: Uint8Array | null;
    };
    result: Reported;
  };
  /** Reads a file once more, cut by the periods of a column. */
  over: {
    args: {
      file: File;
      plan: Packed;
      partials: Uint8Array[];
      reference: Uint8Array | null;
      column: string;
      period: string;
    };
    result: { again: Again } | { again: null; timeline: unknown };
  };
  /** Looks into the drift of a file that is reported on, with the file that it was compared with where that has rows. */
  drifted: {
    args: {
      file: File;
      before: File | null;
      plan: Packed;
      partials: Uint8Array[];
      reference: Uint8Array | null;
      options: EngineOptions;
      feed: Uint8Array | null;
      /** Whether all of the incident is wanted. */
      whole: boolean;
    };
    result: { again: Again } | ({ again: null } & Found);
  };
  /** What is asked on a file besides its report, with the file that it was compared with. */
  besides: {
    args: {
      file: File;
      before: File | null;
      plan: Packed;
      partials: Uint8Array[];
      reference: Uint8Array | null;
      options: EngineOptions;
      ask: Ask | Word;
    };
    result: { again: Again } | ({ again: null } & (Told | Compared));
  };
  /** A report, given as its JSON, as a document of another tool. */
  exported: { args: { report: Uint8Array; format: Format }; result: Uint8Array };
  locate: { args: { file: File; settling: Packed }; result: Located };
  setApart: { args: { file: File; settling: Packed }; result: Apart };
  writtenRules: { args: { text: string; file: string }; result: Written[] };
  /** All of them, in the order of the text. */
  mistakes: { args: { text: string }; result: Mistake[] };
  amend: {
    args: { text: string; file: string; rule: Pick<Written, "column" | "rule" | "nth">; change: Change };
    result: string;
  };
  /** Rows by an offset of the index and how many rows come before them. */
  rows: { args: { file: File; settling: Packed; at: Array<[number, number]> }; result: Array<Cells | null> };
  /** The record of a row by the same; `null` where there is none. */
  raw: { args: { file: File; settling: Packed; at: [number, number] }; result: Raw | null };
}

/** A call by name. */
export type Call = keyof Calls;

/** A request to a worker. */
export type Request = { [C in Call]: { id: number; call: C; args: Calls[C]["args"] } }[Call];

/** Why a call failed: the engine's code, message and hint; `trapped` when the engine itself stopped. */
export interface Failure {
  name: string;
  message: string;
  hint: string | null;
  trapped: boolean;
  /** Bytes of wasm memory at that moment. */
  memory: number;
}

/** What a worker says. */
export type Answer =
  | { id: number; kind: "progress"; bytes: number; rows: number }
  | { id: number; kind: "part"; key: string; items: unknown[] }
  | { id: number; kind: "result"; result: unknown; more: boolean }
  /** What an answer lacked that said there is more. */
  | { id: number; kind: "late"; saved: Uint8Array; inferred: string | null }
  | { id: number; kind: "failure"; failure: Failure };
