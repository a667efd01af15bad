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
