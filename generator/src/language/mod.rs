//! What is known of English and of how names are written. In: text. Out: its words, and what they mean. Knows nothing
//! of OpenAPI, of the IR or of Rust's keywords.
//!
//! `table` has the words, all else is functions; each file uses only those before it.

mod table;

pub(crate) mod brand;
mod hump;
pub(crate) mod words;
pub(crate) mod spell;
pub(crate) mod case;
pub(crate) mod noun;
pub(crate) mod particle;
pub(crate) mod verb;
pub(crate) mod further;
pub(crate) mod stutter;
pub(crate) mod prefix;
pub(crate) mod id;
pub(crate) mod stem;
