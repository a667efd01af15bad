//! Code. In: the IR, facts and names. Out: the tokens of each file, one after the other, and which runtime files they need.
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
pub mod tokens;
mod types;
mod union;

use std::collections::BTreeSet;

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

/// The generated files of a crate, while they are made.
struct Sources<'p> {
    /// Takes the tokens of a file, whose path is below the crate. All files as tokens would take many times the memory that
    /// they take as text.
    take: &'p mut dyn FnMut(&str, TokenStream),
    /// The files that were made.
    files: BTreeSet<String>,
    /// The scalars that the code mentions.
    scalars: Vec<Scalar>,
    needs: Needs,
}

/// What the generated files need beside themselves.
#[derive(Debug, Default)]
pub struct Needs {
    /// The runtime files that the code refers to, by stem.
    pub runtime: BTreeSet<String>,
    /// A first call, for the README.
    pub example: Option<String>,
}

/// Where the paths of a client start: at the module `path` (`api::petstore`) of a crate, or at the crate if it is one of its
/// own.
pub fn root(path: Option<&str>) -> TokenStream {
    path.map_or_else(|| quote! { crate }, |path| scope::path_tokens(&format!("crate::{path}")))
}

/// Emits every file, whose paths start at `root`, and gives each to `take`.
pub fn run(
    api: &Api,
    facts: &Facts,
    names: &Names,
    config: &Config,
    root: &TokenStream,
    take: &mut dyn FnMut(&str, TokenStream),
) -> Needs {
    let context = Context { api, facts, names, config, root };
    let (files, scalars, needs) = (BTreeSet::new(), Vec::new(), Needs::default());
    let mut sources = Sources { take, files, scalars, needs };
    let codecs = model::emit(context, &mut sources);
    cases::emit(context, &mut sources);
    resource::emit(context, &mut sources);
    client::emit(context, &mut sources);
    model::emit_codecs(codecs, &mut sources);
    library::emit(context, &mut sources);
    sources.needs
}

impl Sources<'_> {
    /// Adds a file: its doc comment, its imports, its items.
    fn add(&mut self, path: String, about: &str, scope: scope::FileScope<'_>, items: &TokenStream) {
        let imports = scope.imports();
        let (runtime, scalars) = scope.into_needs();
        self.needs.runtime.extend(runtime);
        self.scalars.extend(scalars);
        let about = docs::inner(about);
        self.finish(path, quote! { #about #imports #items });
    }

    fn finish(&mut self, path: String, tokens: TokenStream) {
        (self.take)(&path, tokens);
        self.files.insert(path);
    }
}
