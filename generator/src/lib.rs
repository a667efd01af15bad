//! Turns an OpenAPI document into a Rust client crate.
//!
//! The modules are the stages of a pipeline; each takes one owned value and returns the next, and a module uses only
//! those before it in this list.

pub mod source;
pub mod diagnostic;
pub mod language;
pub mod markdown;
pub mod config;
pub mod load;
pub mod normalise;
pub mod document;
pub mod resolve;
pub mod ir;
pub mod lower;
pub mod route;
pub mod analyse;
pub mod reconcile;
pub mod name;
pub mod emit;
pub mod pack;
pub mod write;
pub mod pipeline;
pub mod build;
pub mod cli;

pub use build::Builder;
