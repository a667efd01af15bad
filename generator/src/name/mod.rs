//! Rust names. In: the IR. Out: a table from every node that needs a name to its identifier. The only maker of
//! identifiers: emission looks up. What stands beside each other has names by fit, then in the order of its letters; fixed
//! names come first. So a name moves only if something new has a better claim to it, and the order of a document means
//! nothing.

mod keyword;
mod operations;
mod parts;
mod scope;
mod status;
mod table;
mod types;
mod variant;
mod words;

pub use scope::{Ident, Scope};
pub use table::{Names, OperationNames, ResourceNames, TypeNames};

use crate::{analyse::Facts, config::Config, ir::Api};

/// Names everything that is generated.
pub fn run(api: &Api, facts: &Facts, config: &Config) -> Names {
    let mut names = Names::new(api, config);
    types::claim(api, &mut names);
    operations::claim(api, &mut names);
    names.files(api, facts);
    names
}

/// The name of a module for a file of this name.
pub fn module(text: &str) -> String {
    Scope::new().snake(text).plain().to_owned()
}
