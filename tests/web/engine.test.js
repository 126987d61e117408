// The WebAssembly modules under Node: bytes in, bindings out.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadEngine } from "./engine.js";

const [lite, columnar] = await Promise.all(["lite", "columnar"].map(loadEngine));

test("columnar can take the place of lite: it has every binding of it", () => {
  const missing = Object.keys(lite).filter((name) => typeof columnar[name] !== typeof lite[name]);
  assert.deepEqual(missing, []);
  assert.ok(Object.keys(lite).length > 2, "the modules have bindings beside their initialisers");
});

for (const name of ["lite", "columnar"]) {
  test(`the glue of ${name} runs in a classic script`, async () => {
    const glue = await readFile(new URL(`../../www/pkg/${name}/driftline.js`, import.meta.url), "utf8");
    assert.doesNotMatch(glue, /import\.meta/);
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
