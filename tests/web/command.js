// The command line beside the page, and files for both: what the page's tests hold it against.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = fileURLToPath(new URL("../../", import.meta.url));
/** A folder of this process. */
export const scratch = mkdtempSync(join(tmpdir(), "driftline-"));
/** The command, once it is built. */
export const binary = ["debug", "release"].map((kind) => join(root, `target/${kind}/driftline`)).find(existsSync);

/** The path of a file of this name and content. */
export function made(name, content) {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

/** What the command line prints, also of a file that breaks its contract. */
export function commandLine(...args) {
  assert.ok(binary, "target/debug/driftline is missing: run `cargo build`");
  try {
    return execFileSync(binary, args, { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  } catch (error) {
    if (error.status !== 1) throw error;
    return error.stdout;
  }
}

/** The report that it prints. */
export function reportOf(...args) {
  return commandLine(...args, "--format", "json");
}
