// What a run over files takes in, whom it tells, and what comes out.
import type { Amending } from "./amending";
import type { Broken } from "./broken";
import type { Documents } from "./documents";
import type { Drifted } from "./drifted";
import type { Chosen } from "./intake/parts";
import type { Performing } from "./performing";
import type { Report } from "./report";
import type { Tomorrow } from "./tomorrow";
import type { Violations } from "./violations";
import type { Early } from "./worker/protocol";

/** Which file plays which part. */
export interface Parts {
  current: File;
  reference: File | null;
  /** The files of the feed before the current one, in their order. */
  earlier: File[];
  /** What was said of them. */
  marks: File | null;
  contract: File | null;
  /** The other tables that the contract refers to, as it calls them. */
  others: Array<{ table: string; file: File }>;
}

/** The parts of files, of which one is judged. */
export function partsOf(files: Chosen[], current: File): Parts {
  const of = (role: Chosen["role"]) => files.find((chosen) => chosen.role === role)?.file ?? null;
  const others = files.flatMap(({ file, table }) => (table === null ? [] : [{ file, table }]));
  const earlier = files.flatMap(({ file, role }) => (role === "earlier" ? [file] : []));
  return { current, earlier, marks: of("marks"), reference: of("reference"), contract: of("contract"), others };
}

/** How far the work has come. */
export interface Progress {
  file: string;
  bytes: number;
  size: number;
  rows: number;
}

/** A first look at the current file, before it is read as a whole. */
export interface Look {
  /** The report on the rows looked at, as if they were the file. */
  report: Report;
  /** How many rows the file has, where its footer says so. */
  rows: number | null;
}

/** Who is told how the work goes on. */
export interface Listener {
  progress(of: Progress): void;
  look(look: Look): void;
  early(early: Early): void;
  /** The other tables that the contract refers to. */
  tables(tables: string[]): void;
  /** A file cannot be used and is left out; why, as a sentence. */
  aside(file: File, why: string): void;
}

/**
 * The report to show, and the bytes to keep as the engine wrote them; a little later those of the saved profile, and the
 * contract that the file keeps (`null` where it has no rows).
 */
export interface Outcome {
  report: Report;
  json: Uint8Array;
  saved: Promise<Uint8Array>;
  inferred: Promise<string | null>;
  /** What breaks the contract; `null`: there is none. */
  violations: Violations | null;
  /** The files that could not be used: it is made without them. */
  broken: Broken[];
  /** Changes the text of a contract on the file. */
  amending: Amending;
  /** Makes documents of other tools of the report. */
  documents: Documents;
  /** Looks into its drift; `null`: it has not drifted. */
  drifted: Drifted | null;
  /** Tells how a model does; `null`: there is nothing to learn that from. */
  performing: Performing | null;
  /** What is kept of it for the next of its feed; `null`: it is in none. */
  tomorrow: Tomorrow | null;
}
