//! Turns an OpenAPI document into a Rust client crate.
//!
//! The modules are a line of stages; each takes one owned value and returns the next, and a module uses
//! only those before it in this list.

pub mod config;
pub mod diagnostic;
pub mod document;
pub mod load;
pub mod normalise;
pub mod resolve;
pub mod source;
pub mod write;
