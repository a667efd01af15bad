//! The inputs of emission.

use proc_macro2::TokenStream;

use crate::{analyse::Facts, config::Config, ir::Api, name::Names};

/// What every file is emitted from.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The API.
    pub api: &'a Api,
    /// Facts about its types.
    pub facts: &'a Facts,
    /// Its names.
    pub names: &'a Names,
    /// The configuration.
    pub config: &'a Config,
    /// The path of the client's root module: `crate` if it is a crate of its own.
    pub root: &'a TokenStream,
}

impl Context<'_> {
    /// Whether the code is a crate, rather than a module of a crate that may lack its features. In such a module lints
    /// are off within modules and not around them, so that a module that a feature enables is there without it, and
    /// empty.
    pub(crate) fn is_crate(self) -> bool {
        self.root.to_string() == "crate"
    }
}
