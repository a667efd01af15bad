//! Documents of others: each is generated and compiled, and what came of it is held to a ledger.
//!
//! In: folders. Out: a table for people, and [`ledger`] entries that hold names, hashes and figures, no text.

pub mod compile;
pub mod find;
pub mod ledger;
pub mod measure;
pub mod table;

pub use find::Document;
pub use measure::Measured;
