// The page: index.html and what it imports, into dist/, with the WebAssembly modules beside it under stable names.
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

function wasmModules(...names: string[]): Plugin {
  return {
    name: "wasm-modules",
    generateBundle() {
      for (const name of names) {
        const source = readFileSync(new URL(`pkg/${name}/driftline_bg.wasm`, import.meta.url));
        this.emitFile({ type: "asset", fileName: `${name}.wasm`, source });
      }
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [wasmModules("lite", "contract", "columnar", "whole")],
  build: {
    target: "es2022",
    // The page's security policy has no data: URLs, and every file keeps its own address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
