//! The report document and its renderers, one file per format. The wire types are the only ones that know serde.

pub mod wire;

#[cfg(all(test, feature = "ts"))]
mod typescript;
