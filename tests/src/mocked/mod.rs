//! The tests that `tests = true` writes into a crate, run against mock servers that others wrote. Each server holds a
//! request to the document, so that a call is accepted or refused.

pub mod call;
mod crates;
pub mod ledger;
pub mod mock;
pub mod table;

pub use crates::{Document, Made};
