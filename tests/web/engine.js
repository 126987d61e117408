// Loads a WebAssembly module of the crate into Node, as the page's worker does: from its bytes, at once.

import { readFile } from "node:fs/promises";

/** The bindings of the module `lite`, `contract` or `columnar`, ready to call. One instance a process, as in a worker. */
export async function loadEngine(name) {
  const folder = new URL(`../../www/pkg/${name}/`, import.meta.url);
  const bindings = await import(new URL("driftline.js", folder));
  const bytes = await readFile(new URL("driftline_bg.wasm", folder));
  bindings.initSync({ module: bytes });
  return bindings;
}
