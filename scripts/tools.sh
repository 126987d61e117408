#!/bin/sh
# Installs what the Rust side of the build needs and is not there yet; says nothing when all of it is.
# The programs go to target/tools; the toolchain's parts go where rustup keeps them: `tools.sh toolchain` is those alone.
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "$1" >&2
    exit 1
}

command -v cargo >/dev/null || fail "cargo is missing: install Rust with rustup, https://rustup.rs"
command -v cc >/dev/null || fail "cc is missing: install a C compiler, for example the Debian package gcc"
command -v node >/dev/null || fail "node is missing: install Node 20.19 or newer, https://nodejs.org"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "expected Node 20.19 or newer (22: 22.12 or newer), found $(node --version)"

if command -v rustup >/dev/null; then
    rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
elif [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
    fail "the target wasm32-unknown-unknown is missing, and rustup to install it with"
fi

[ "${1:-}" = toolchain ] && exit

# Both programs share dependencies and so a build folder; they run for seconds, so they are built for build time.
mkdir -p target/tools
install() {
    name=$1 version=$2 bin=$3
    [ "$("target/tools/bin/$bin" --version 2>/dev/null)" = "$bin $version" ] && return
    echo "building $name $version (once, a few minutes)"
    export CARGO_TARGET_DIR=target/tools/build CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=false \
        CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    set -- cargo install "$name" --version "=$version" --bin "$bin" --root target/tools --force --quiet
    # A registry mirror can lag behind the program's own lock file by a patch release: let cargo choose then.
    "$@" --locked 2>target/tools/locked.log || "$@"
}

# The program must be of the very version of the crate.
wasm_bindgen=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' Cargo.lock)
install wasm-bindgen-cli "$wasm_bindgen" wasm-bindgen
install wasm-pack 0.15.1 wasm-pack
