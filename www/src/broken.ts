// Files that cannot be used besides the one to judge: what is wrong with them, and the run that goes on without them.
import type { Amending, Mistake } from "./amending";
import { DriftlineError, isAbout } from "./failure";
import type { Chosen } from "./intake/parts";
import type { Listener, Outcome, Parts } from "./outcome";
import type { Redaction } from "./worker/protocol";
import { plainText } from "./show/data-text";
import { plural } from "./show/number";
import { sentence } from "./show/words";

/* A contract that hides columns has one of these words. */
const CLASSIFIES = /\b(?:classification|tags)\b/;

/** A file that was left out, and why. */
export interface Broken {
  file: File;
  role: "contract" | "reference" | "earlier" | "other";
  error: DriftlineError;
  /** Its text, where it is a contract and text at all. */
  text: string | null;
  /** What is wrong with the text, in its order. */
  mistakes: Mistake[];
}

/** Whoever runs files. */
export interface Runs<Options> {
  run(parts: Parts, options: Options, listener: Listener): Promise<Outcome>;
  readonly amending: (name: string) => Amending;
}

function roleOf({ contract, reference, earlier, others }: Parts, file: File): Broken["role"] | null {
  if (file === contract) return "contract";
  if (file === reference) return "reference";
  if (earlier.includes(file)) return "earlier";
  return others.some((other) => other.file === file) ? "other" : null;
}

function without(parts: Parts, file: File): Parts {
  return {
    ...parts,
    contract: parts.contract === file ? null : parts.contract,
    reference: parts.reference === file ? null : parts.reference,
    earlier: parts.earlier.filter((it) => it !== file),
    others: parts.others.filter((other) => other.file !== file),
  };
}

/** The text of a file; `null`: it is none. */
async function textOf(file: File): Promise<string | null> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}

async function looked(role: Broken["role"], error: DriftlineError, file: File, amending: Amending): Promise<Broken> {
  const text = role === "contract" && error.name !== "contract-too-large" ? await textOf(file) : null;
  if (role === "contract" && text === null && error.name === "usage")
    return { file, role, error: new DriftlineError("usage", "it is not text in UTF-8", "a contract is a file of YAML or JSON"), text, mistakes: [] };
  const mistakes = text === null ? [] : await amending.mistakes(text);
  // Something else is wrong with it.
  if (text !== null && mistakes.length === 0) mistakes.push({ line: 1, column: 1, message: error.message });
  return { file, role, error, text, mistakes };
}

/** Runs, and goes on without a file that cannot be used, be it not the one to judge; a contract only where it `may` be left out. */
export async function tolerant<Options extends { redact?: Redaction | undefined }>(runs: Runs<Options>, all: Parts, asked: Options, may: boolean, listener: Listener): Promise<Outcome> {
  const broken: Broken[] = [];
  let [parts, options] = [all, asked];
  for (;;) {
    try {
      return { ...(await runs.run(parts, options, listener)), broken };
    } catch (error) {
      const file = isAbout(error);
      const role = file && roleOf(parts, file);
      if (!file || !role || (role === "contract" && !may)) throw error;
      const known = await looked(role, error as DriftlineError, file, runs.amending(parts.current.name));
      broken.push(known);
      parts = without(parts, file);
      // What it would have hidden cannot be told from the rest.
      if (options.redact === "classified" && CLASSIFIES.test(known.text ?? "")) options = { ...options, redact: "values" };
    }
  }
}

/** The file of this role that was left out. */
export function brokenOf(broken: Broken[], role: Broken["role"]): Broken | null {
  return broken.find((it) => it.role === role) ?? null;
}

/** The file, unless it was left out. */
export function usable(broken: Broken[] | undefined, file: File | null): File | null {
  return broken?.some((it) => it.file === file) ? null : file;
}

/** Those that still play their part. */
export function inPlay(broken: Broken[] | undefined, files: Chosen[]): Broken[] {
  return broken?.filter((it) => files.some(({ file, role }) => file === it.file && role === it.role)) ?? [];
}

/** What is wrong with it in few words, to stand behind its name. */
function fault({ error, text, mistakes }: Broken): string {
  if (text === null) return `cannot be used: ${plainText(error.message, 300)}`;
  return `has ${plural(mistakes.length, "mistake")}`;
}

const lost = { contract: "the file was not checked against it", reference: "the file was not compared with it", earlier: "its feed goes on without it", other: "rules on its table are not run" };

/** What is wrong with it and what that means, as sentences. */
export function trouble(it: Broken): string {
  const hint = it.text === null && it.error.hint ? ` ${sentence(plainText(it.error.hint, 300))}` : "";
  const words = `${plainText(it.file.name, 60)} ${fault(it)}; ${lost[it.role]}.${hint}`;
  return /[.?!]$/.test(words) ? words : `${words}.`;
}
