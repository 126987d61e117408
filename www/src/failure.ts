// What the page shows when something could not be done: a sentence, and what to do about it.
import type { Failure } from "./worker/protocol";

/** An error with a hint. `name` is the engine's code, or `engine-stopped`, `out-of-memory`, `unsupported-browser`. */
export class DriftlineError extends Error {
  readonly hint: string | null;
  /** The file it is about, where that is known. */
  file: File | null = null;

  constructor(name: string, message: string, hint: string | null) {
    super(message);
    this.name = name;
    this.hint = hint;
  }
}

/** A file that cannot be read any more: a browser refuses one that changed since it was chosen. */
export function unreadable(file: File): DriftlineError {
  const error = new DriftlineError(
    "unreadable",
    `"${file.name}" can no longer be read`,
    "it was changed, moved or removed since it was chosen; choose it again",
  );
  error.file = file;
  return error;
}

/** What a call answers; an error knows that it is about this file, unless it is about another. */
export async function about<Answer>(file: File, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DriftlineError) error.file ??= file;
    throw error;
  }
}

/* They say nothing about a file. */
const OURS = new Set(["cancelled", "engine-stopped", "engine-missing", "out-of-memory", "unsupported-browser", "LinkError", "CompileError"]);

/** The file that is at fault; `null`: none is, or it is not known which. */
export function isAbout(error: unknown): File | null {
  return error instanceof DriftlineError && !OURS.has(error.name) ? error.file : null;
}

const LARGE = 1.5e9;

/** The engine's own error, or what a trap means to a person. */
export function fromFailure(failure: Failure): DriftlineError {
  if (!failure.trapped) return new DriftlineError(failure.name, failure.message, failure.hint);
  if (failure.memory > LARGE || /memory|allocat/i.test(failure.message)) {
    return new DriftlineError(
      "out-of-memory",
      "the browser has no more memory for this file",
      "close other tabs, or use the command line",
    );
  }
  return new DriftlineError("engine-stopped", "the engine stopped", "nothing was lost and nothing was sent; try again");
}

/** Any error as one to show: the browser's own mean that it cannot run the engine, or that the engine stopped. */
export function fromError(error: Error): DriftlineError {
  if (error instanceof DriftlineError) return error;
  if (error.name === "CompileError" || typeof WebAssembly === "undefined")
    return new DriftlineError(
      "unsupported-browser",
      "this browser cannot run the engine",
      "it needs WebAssembly with SIMD: a Chrome, Edge or Firefox of 2021 or later, or a Safari of 2023 or later",
    );
  return new DriftlineError(
    "engine-stopped",
    `the engine stopped: ${error.message}`,
    "nothing was lost and nothing was sent; try again",
  );
}
