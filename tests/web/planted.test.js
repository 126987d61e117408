// What is planted is found and set apart, all of it and nothing else: `make planted` at the size of a test.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { checked } from "../../scripts/planted.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const command =
  process.env.DRIFTLINE ?? ["debug", "release"].map((kind) => join(root, `target/${kind}/driftline`)).find(existsSync);

function proof(seed, more) {
  const folder = mkdtempSync(join(tmpdir(), "driftline-"));
  const found = checked({ command, folder, rows: 20_000, offenders: 400, seed, more });
  const none = { missed: [], invented: [] };
  assert.deepEqual([found.report, found.quarantine], [none, none]);
  assert.deepEqual([found.planted, found.rules, found.waiting], [400, 40, 0]);
  assert.equal(found.apart.wrong, null);
  assert.equal(found.apart.header + found.apart.clean + found.apart.quarantined, found.bytes);
}

test("400 offenders of 40 rules are found, and their rows set apart byte for byte", () => proof(1));

test("they are where values are more than the memory that is asked for", () =>
  proof(2, ["--memory", "1MiB", "--unit-bytes", "64KiB", "--threads", "3"]));
