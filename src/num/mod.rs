//! Numbers whose bits are the same native and in Wasm.

pub mod hash;
