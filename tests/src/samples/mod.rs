//! Values that documents of others allow, through the crates that are generated from them and back.
//!
//! In: folders of documents. Out: what did not survive, held to a [`ledger`] of names, hashes and figures.
//!
//! For each document a process generates the crate ([`prepare`]), pairs its types with schemas ([`targets`]), turns
//! those into JSON Schema ([`dialect`]), makes values of them ([`value`], [`collect`]) and keeps what an independent
//! validator accepts ([`judge`]). The [`driver`] beside the crate reads and writes each on a small stack, and what it
//! wrote is held to what it read ([`mod@compare`]). Values are made from the document alone: what the generator
//! understood of it has no say in what they are.

pub mod choices;
pub mod collect;
pub mod compare;
pub mod compile;
pub mod conjunction;
pub mod cost;
pub mod dialect;
pub mod discriminator;
pub mod document;
pub mod driver;
pub mod judge;
pub mod ledger;
pub mod number;
pub mod prepare;
pub mod run;
pub mod rust_type;
pub mod spelling;
pub mod table;
pub mod targets;
pub mod text;
pub mod value;
