//! Rust names. In: the IR. Out: a table from every node that needs a name to its identifier. Only this module makes
//! identifiers; emission looks them up.
//!
//! Fixed names are taken first. Of texts in one scope, the one that fits a name best gets it, then the first in
//! alphabetical order. So a name changes only if something new fits it better, and the order of a document has no
//! effect.

mod headers;
mod keyword;
mod operations;
mod parts;
mod scope;
mod servers;
mod status;
mod table;
mod types;
mod variant;
mod webhooks;
mod words;

pub use scope::{Ident, Scope};
pub use table::{Names, OperationNames, ResourceNames, TypeNames};

use crate::{analyse::Facts, config::Config, ir::Api};

/// Names everything that is generated.
pub fn run(api: &Api, facts: &Facts, config: &Config) -> Names {
    let mut names = Names::new(api, config);
    types::claim(api, &mut names);
    webhooks::claim(api, &mut names);
    operations::claim(api, &mut names);
    servers::claim(api, &mut names);
    headers::claim(api, &mut names);
    names.files(api, facts);
    names
}

/// Returns the name of a module for a file with this name.
pub fn module(text: &str) -> String {
    Scope::new().snake(text).plain().to_owned()
}
