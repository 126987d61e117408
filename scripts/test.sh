#!/bin/sh
# Everything that must hold, in stages: prints the minutes of each and stops at the first that fails.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/target/tools/bin:$PWD/www/node_modules/.bin:$PATH"
export PATH CARGO_TERM_PROGRESS_WHEN=never INSTA_UPDATE=no

began=$(date +%s)
summary=

minutes() {
    printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}

stage() {
    name=$1
    shift
    echo "== $name"
    start=$(date +%s)
    if ! "$@"; then
        echo "== FAILED: $name, after $(minutes $(($(date +%s) - start))) min: $*" >&2
        exit 1
    fi
    took=$(minutes $(($(date +%s) - start)))
    echo "== $name: $took min"
    summary="$summary$(printf '%-34s%8s' "$name" "$took")
"
}

chromium() {
    CHROMIUM=$(scripts/chromium.sh) && export CHROMIUM
}

clippy() {
    cargo clippy --locked --quiet "$@" -- -D warnings
}

stage "tools and packages" make --no-print-directory tools
stage "Chromium" chromium
stage "real files" scripts/real-data.sh
stage "format" cargo fmt --check
stage "clippy, command line" clippy --all-targets
stage "clippy, no features" clippy --no-default-features --all-targets
# What `columnar` adds is the same natively.
stage "clippy, wasm" clippy --lib --target wasm32-unknown-unknown --no-default-features
stage "Rust tests" cargo test --locked --quiet
stage "zstd tests" cargo test --locked --quiet -p zstd
stage "wasm modules" make --no-print-directory wasm
stage "wasm tests under Node" node --test --test-timeout=600000 --test-reporter=dot tests/web/*.test.js
stage "types of the page" npm --prefix www run --silent types
stage "page" make --no-print-directory page
stage "size of the page" node scripts/sizes.mjs www/dist
stage "page in Chromium" node --test --test-concurrency=1 --test-timeout=600000 --test-reporter=spec tests/web/*.e2e.js

printf '\n%s%-34s%8s\n' "$summary" "all, in minutes" "$(minutes $(($(date +%s) - began)))"
