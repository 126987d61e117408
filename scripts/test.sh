#!/bin/sh
# Everything that must hold, in stages: prints the minutes of each and stops at the first that fails.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/target/tools/bin:$PWD/www/node_modules/.bin:$PATH"
export PATH CARGO_TERM_PROGRESS_WHEN=never INSTA_UPDATE=no

began=$(date +%s)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The lane in the background ends after the stage that it is in.
trap 'exit 130' INT TERM HUP

minutes() {
    printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}

stage() {
    name=$1
    shift
    if [ ! -d "$work" ] || [ -e "$work/failed" ]; then
        exit 1
    fi
    echo "== $name"
    start=$(date +%s)
    if ! "$@"; then
        echo "== FAILED: $name, after $(minutes $(($(date +%s) - start))) min: $*" >&2
        : >"$work/failed"
        exit 1
    fi
    took=$(minutes $(($(date +%s) - start)))
    echo "== $name: $took min"
    printf '%-34s%8s\n' "$name" "$took" >>"$work/minutes"
}

chromium() {
    CHROMIUM=$(scripts/chromium.sh) && export CHROMIUM
}

clippy() {
    cargo clippy --locked --quiet "$@" -- -D warnings
}

toolchain() {
    scripts/tools.sh toolchain && make --no-print-directory www/node_modules/.package-lock.json
}

# The lanes build into folders of their own, and much of either keeps one core busy only.
rust() {
    stage "format" cargo fmt --check
    stage "clippy, command line" clippy --all-targets
    stage "Rust tests" cargo test --locked --quiet
    stage "zstd tests" cargo test --locked --quiet -p zstd
    # What `columnar` adds is the same natively.
    stage "clippy, wasm" clippy --lib --target wasm32-unknown-unknown --no-default-features
}

page() {
    stage "wasm-pack and wasm-bindgen" scripts/tools.sh
    stage "wasm modules" make --no-print-directory wasm
    stage "types of the page" npm --prefix www run --silent types
    stage "page" make --no-print-directory page
    stage "size of the page" node scripts/sizes.mjs www/dist
}

stage "toolchain and packages" toolchain
stage "Chromium" chromium
stage "real files" scripts/real-data.sh
rust >"$work/rust" 2>&1 &
rust=$!
(page) || : >"$work/failed"
wait "$rust" || : >"$work/failed"
cat "$work/rust"
# They compare the modules with the command line that the Rust tests have built.
stage "wasm tests under Node" node --test --test-timeout=600000 --test-reporter=dot tests/web/*.test.js
stage "page in Chromium" node --test --test-concurrency=2 --test-timeout=600000 --test-reporter=spec tests/web/*.e2e.js

printf '\n%s\n%-34s%8s\n' "$(cat "$work/minutes")" "all, in minutes" "$(minutes $(($(date +%s) - began)))"
