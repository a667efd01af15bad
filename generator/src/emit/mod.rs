//! Code. In: the IR, facts and names. Out: the tokens of each file, and which runtime files they need.
//!
//! Each construct has a file here of the same name as in `ir` and `lower`. Fixed code is in `runtime/`; what is
//! written here differs from one document to the next.

mod cases;
mod client;
mod describe;
mod docs;
mod enumeration;
mod front;
mod library;
mod markdown;
mod model;
mod multipart;
mod operation;
mod parameter;
mod record;
mod resource;
mod response;
mod scalar;
mod scope;
pub mod signature;
mod types;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    analyse::Facts,
    config::Config,
    ir::{Api, Scalar},
    name::Names,
};

/// What emission reads.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The API.
    pub api: &'a Api,
    /// Facts about its types.
    pub facts: &'a Facts,
    /// Its names.
    pub names: &'a Names,
    /// What the user asked for.
    pub config: &'a Config,
    /// The path of the module that is the client's root: `crate` in a crate of its own.
    pub root: &'a TokenStream,
}

/// The generated files of a crate, before they are text.
#[derive(Debug, Default)]
pub struct Sources {
    /// Tokens by path below the crate.
    pub files: BTreeMap<String, TokenStream>,
    /// The runtime files that the code refers to, by stem.
    pub runtime: BTreeSet<String>,
    /// The scalars that the code mentions.
    pub scalars: Vec<Scalar>,
    /// A first call, for the README.
    pub example: Option<String>,
}

/// Where the paths of a client start: at the module `path` (`api::petstore`) of a crate, or at the crate if it is one of its
/// own.
pub fn root(path: Option<&str>) -> TokenStream {
    path.map_or_else(|| quote! { crate }, |path| scope::path_tokens(&format!("crate::{path}")))
}

/// Emits every file, whose paths start at `root`.
pub fn run(api: &Api, facts: &Facts, names: &Names, config: &Config, root: &TokenStream) -> Sources {
    let context = Context { api, facts, names, config, root };
    let mut sources = Sources::default();
    let codecs = model::emit(context, &mut sources);
    cases::emit(context, &mut sources);
    resource::emit(context, &mut sources);
    client::emit(context, &mut sources);
    model::emit_codecs(codecs, &mut sources);
    library::emit(context, &mut sources);
    sources
}

impl Sources {
    /// Adds a file: its doc comment, its imports, its items.
    fn add(&mut self, path: String, about: &str, scope: scope::FileScope<'_>, items: &TokenStream) {
        let imports = scope.imports();
        let (runtime, scalars) = scope.into_needs();
        self.runtime.extend(runtime);
        self.scalars.extend(scalars);
        let about = docs::inner(about);
        self.files.insert(path, quote! { #about #imports #items });
    }
}
