#!/bin/sh
# What it costs: the stages natively, the page in Chromium beside DuckDB-Wasm, the command line beside Polars, DuckDB and Great
# Expectations, and comparisons beside Evidently, NannyML and Alibi Detect.
# Prints tables and keeps them in target/bench; says what was skipped. BENCH_RUNS=1 makes it short; see the scripts for
# the other variables.
set -eu
cd "$(dirname "$0")/.."

mkdir -p target/bench
uptime | sed 's/.*load average[s]*: //; s/,* .*//' >target/bench/load

echo "== stages, native"
# Without Parquet and Arrow, whose build takes minutes: these stages are those of CSV.
cargo bench --locked --quiet --no-default-features --bench stages

echo "== the page in Chromium"
if CHROMIUM=$(scripts/chromium.sh); then
    CHROMIUM=$CHROMIUM node tests/web/bench.js
else
    echo "skipped"
fi

echo "== the command line"
cargo build --release --locked --quiet
if command -v python3 >/dev/null; then
    python3 scripts/bench-peers.py
    echo "== two files, to their drift"
    python3 scripts/bench-drift.py
else
    echo "skipped: python3 is missing"
fi
