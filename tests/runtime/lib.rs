//! The files of `generator/runtime/`, which generated crates hold as `src/runtime/`, and models to test them with.

pub mod models;

/// As a generated crate declares them.
#[path = "../../generator/runtime"]
pub mod runtime {
    pub mod codec;
    pub mod decode_error;
    pub mod enumeration;
    pub mod field;
    pub mod fit;
    pub mod kind;
    pub mod number;
    pub mod object;
    pub mod reader;
    pub mod record;
    pub mod serde_bridge;
    pub mod union;
    pub mod value;
    pub mod writer;
}
