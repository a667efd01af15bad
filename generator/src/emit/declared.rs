//! What each declared type has: its code in two files, and its doc comment.

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, deprecated, docs};
use crate::{
    ir::{Docs, Role, TypeId, Usage},
    language::words::joined,
};

/// The code for a declared type.
#[derive(Default)]
pub(super) struct Emitted {
    /// The type itself.
    pub model: TokenStream,
    /// Its codec.
    pub codec: TokenStream,
}

/// A type that includes its codec.
impl From<TokenStream> for Emitted {
    fn from(model: TokenStream) -> Self {
        Self { model, codec: TokenStream::new() }
    }
}

/// The doc comment and attributes of a declared type.
pub(super) fn about(context: Context<'_>, id: TypeId) -> TokenStream {
    let def = context.api.type_def(id);
    let mut described = def.docs.clone();
    // A title that equals the type's name adds nothing.
    let name = context.names.type_def(id).ident.plain().to_lowercase();
    let repeats = |title: &String| joined(title) == name;
    if is_told_elsewhere(&def.usage) {
        described = Docs::default();
    }
    described.summary = described.summary.filter(|title| !repeats(title));
    let docs = docs::outer(&docs::text(&described));
    let deprecated = deprecated::attribute(def.deprecated, &def.docs);
    quote! { #docs #deprecated }
}

/// Whether the place that uses the type has the same text.
fn is_told_elsewhere(usage: &Usage) -> bool {
    match usage {
        Usage::Inline { roles, .. } => {
            matches!(roles.last(), None | Some(Role::Property(_) | Role::Parameter(_)))
        }
        Usage::Component(_) => false,
    }
}
