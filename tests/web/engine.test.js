// The WebAssembly modules under Node: bytes in, bindings out.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadEngine } from "./engine.js";

const builds = ["lite", "contract", "columnar", "whole"];
const glue = (name) => readFile(new URL(`../../www/pkg/${name}/driftline.js`, import.meta.url), "utf8");

test("any build can take the place of another: their glue is the same", async () => {
  const [lite, ...others] = await Promise.all(builds.map(glue));
  for (const other of others) assert.equal(other, lite);
  assert.ok(Object.keys(await loadEngine("lite")).length > 2, "there are bindings beside the initialisers");
});

test("a build without contracts says which it needs", async () => {
  const { governing } = await loadEngine("lite");
  assert.throws(() => governing(undefined, new Uint8Array(), []), { name: "needs-contract" });
});

for (const name of builds) {
  test(`the glue of ${name} runs in a classic script`, async () => {
    assert.doesNotMatch(await glue(name), /import\.meta/);
  });

  test(`${name} asks its host for nothing but its own glue`, async () => {
    const bytes = await readFile(new URL(`../../www/pkg/${name}/driftline_bg.wasm`, import.meta.url));
    const imports = WebAssembly.Module.imports(await WebAssembly.compile(bytes));
    const foreign = imports.filter(({ module }) => !module.startsWith("./driftline_bg"));
    assert.deepEqual(foreign, []);
    // A clock, a random source or a request here would break "same bytes and options, same report".
    const impure = imports.filter(({ name }) => /now|random|crypto|fetch|performance/i.test(name));
    assert.deepEqual(impure, []);
  });
}
