#!/bin/sh
# Builds one WebAssembly module of the crate: `wasm.sh lite`, `contract`, `columnar` or `whole`. Expects the tools on PATH.
set -eu
cd "$(dirname "$0")/.."

case $1 in
lite) features= ;;
contract) features=contract ;;
columnar) features=columnar ;;
whole) features=columnar-write,monitor ;;
*) echo "expected lite, contract, columnar or whole, found \"$1\"" >&2; exit 2 ;;
esac

wasm-pack --log-level error build --target web --mode no-install --profile wasm --no-pack \
    --out-dir "www/pkg/$1" --out-name driftline . -- --locked --no-default-features --features "$features"
# It would hide the module from npm.
rm -f "www/pkg/$1/.gitignore"
