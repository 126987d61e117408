# Needs rustup, Node 20.19 or newer, a C compiler and make; everything else is installed below target/ and www/.
# `make` builds and serves the page, `make test` checks everything; the other targets are listed by `make help`.

MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh
export PATH := $(CURDIR)/target/tools/bin:$(CURDIR)/www/node_modules/.bin:$(PATH)

PORT ?= 8080

rust_sources := Cargo.toml Cargo.lock .cargo/config.toml scripts/wasm.sh $(shell find src shims -name '*.rs' -o -name Cargo.toml)
page_sources := $(shell find www -name node_modules -prune -o -path www/pkg -prune -o -path www/dist -prune -o -type f -print)
modules := $(patsubst %,www/pkg/%/driftline_bg.wasm,lite contract columnar whole)

bench_rows_100k := 100000
bench_rows_1m := 1000000
bench_rows_5m := 5000000
bench_rows_wide := wide
# The next month of the same customers, to be compared.
bench_rows_1m-next := 1000000 2
bench_data := $(patsubst %,target/data/bench/churn-%.csv,100k 1m 1m-next wide)

.PHONY: serve build wasm page tools test planted calibration bench bench-docs bench-data site clean help
.DELETE_ON_ERROR:
.NOTPARALLEL:

serve: build ## build what changed and serve the page on localhost (PORT=8080)
	@node scripts/serve.mjs www/dist $(PORT)

build: wasm page ## the WebAssembly modules and the page, into www/dist

wasm: $(modules) ## the WebAssembly modules alone, into www/pkg

page: www/dist/worker.js ## the page alone

tools: www/node_modules/.package-lock.json ## install what is missing: wasm target, wasm-pack, wasm-bindgen, npm packages
	@scripts/tools.sh

test: ## everything: Rust, wasm under Node, types, the page in Chromium
	@scripts/test.sh

planted: ## a million rows with 10,000 planted offenders: are exactly they found, and at what cost (RUNS=0: not timed)
	@cargo build --release --locked --quiet
	@node scripts/planted.mjs

bench: build bench-data ## bytes/s, ns/cell, peak memory: native, in Chromium, beside DuckDB, Polars, Great Expectations (BENCH_RUNS=1: short)
	@scripts/bench.sh

calibration: www/node_modules/.package-lock.json ## how often comparisons alarm without drift and find it, on samples and on real days (CALIBRATION_CELLS=40000000: short)
	@scripts/real-data.sh
	@cargo bench --locked --quiet --no-default-features --features monitor --bench calibration

bench-docs: ## the same, with growing files, into the tables of BENCHMARKS.md
	@BENCH_GROWTH=10,100,500,1000,2000,5000 $(MAKE) --no-print-directory bench
	@node scripts/bench-docs.mjs

bench-data: $(bench_data) ## the files that are measured, into target/data/bench

$(bench_data) target/data/bench/churn-5m.csv: scripts/churn.mjs scripts/customers.mjs scripts/csv-writer.mjs
	node scripts/churn.mjs $@ $(bench_rows_$(patsubst churn-%.csv,%,$(notdir $@)))

site: build ## the folder to publish, www/dist, with its sizes; fails beyond www/budget.json
	@node scripts/sizes.mjs www/dist

clean: ## remove what was built; tools and packages stay
	rm -rf www/dist www/pkg
	cargo clean --profile dev
	cargo clean --profile release
	cargo clean --profile wasm --target wasm32-unknown-unknown

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

www/node_modules/.package-lock.json: www/package.json www/package-lock.json
	npm --prefix www ci --no-fund --no-audit
	@touch $@

www/pkg/%/driftline_bg.wasm: $(rust_sources) | tools
	@scripts/wasm.sh $*

www/dist/worker.js: $(page_sources) $(modules)
	npm --prefix www run --silent build
	@touch $@
