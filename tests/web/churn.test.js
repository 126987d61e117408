// The benchmark's tables.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/churn.mjs", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "driftline-"));

function made(...size) {
  const path = join(scratch, "churn.csv");
  execFileSync(process.execPath, [script, path, ...size.map(String)]);
  return readFileSync(path);
}

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

test("a seed gives the same bytes on every machine", () => {
  assert.equal(digest(made(2_000)), "50696eca6a39a938");
  assert.equal(digest(made("wide").subarray(0, 1 << 20)), "567bee291f30a79d");
});

test("another seed gives other rows, and more rows begin with the fewer", () => {
  const bytes = made(500);
  assert.ok(made(1_000).subarray(0, bytes.length).equals(bytes));
  assert.ok(!made(500, 2).equals(bytes));
});
