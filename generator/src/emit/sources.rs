//! The files of a crate, as they are emitted.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, scope::FileScope};
use crate::ir::Scalar;

/// The generated files of a crate under construction.
pub(super) struct Sources<'p> {
    /// Receives the tokens of a file and its path in the crate. Files are passed on one by one, because tokens take
    /// many times the memory of text.
    take: &'p mut dyn FnMut(&str, TokenStream),
    /// The files generated so far.
    pub files: BTreeSet<String>,
    /// The scalars that the code uses.
    pub scalars: Vec<Scalar>,
    /// What they need in addition.
    pub needs: Needs,
}

/// What the generated files need in addition.
#[derive(Debug, Default)]
pub struct Needs {
    /// The stems of the runtime files that the code refers to.
    pub runtime: BTreeSet<String>,
    /// Whether there are tests of calls.
    pub tests: bool,
    /// A first call, for the README.
    pub example: Option<String>,
}

impl<'p> Sources<'p> {
    /// No files yet.
    pub(super) fn new(take: &'p mut dyn FnMut(&str, TokenStream)) -> Self {
        Self { take, files: BTreeSet::new(), scalars: Vec::new(), needs: Needs::default() }
    }

    /// Adds a file from its doc comment, imports and items.
    pub(super) fn add(&mut self, path: String, about: &str, scope: FileScope<'_>, items: &TokenStream) {
        let imports = scope.imports();
        let (runtime, scalars) = scope.into_needs();
        self.needs.runtime.extend(runtime.into_iter().map(str::to_owned));
        self.scalars.extend(scalars);
        let about = docs::inner(about);
        self.finish(path, quote! { #about #imports #items });
    }

    /// Adds a file.
    pub(super) fn finish(&mut self, path: String, tokens: TokenStream) {
        (self.take)(&path, tokens);
        self.files.insert(path);
    }
}
