//! Emits code from the IR, facts and names: the tokens of each file, one after the other, and the runtime files they
//! need.
//!
//! Each construct has a file with the same name here, in `ir` and in `lower`. Code that does not depend on the
//! document is in `runtime/`.

mod cases;
mod client;
mod describe;
mod docs;
mod enumeration;
mod front;
mod library;
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

/// The inputs of emission.
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

/// The generated files of a crate under construction.
struct Sources<'p> {
    /// Receives the tokens of a file and its path in the crate. Files are passed on one by one, because tokens take
    /// many times the memory of text.
    take: &'p mut dyn FnMut(&str, TokenStream),
    /// The files generated so far.
    files: BTreeSet<String>,
    /// The scalars that the code uses.
    scalars: Vec<Scalar>,
    needs: Needs,
}

/// What the generated files need in addition.
#[derive(Debug, Default)]
pub struct Needs {
    /// The stems of the runtime files that the code refers to.
    pub runtime: BTreeSet<String>,
    /// A first call, for the README.
    pub example: Option<String>,
}

/// The root of a client's paths: the module `path` (`api::petstore`) of a crate, or the crate itself.
pub fn root(path: Option<&str>) -> TokenStream {
    path.map_or_else(|| quote! { crate }, |path| scope::path_tokens(&format!("crate::{path}")))
}

/// Emits every file with paths starting at `root`, and passes each to `take`.
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
    /// Adds a file from its doc comment, imports and items.
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
