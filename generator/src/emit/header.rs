//! `headers.rs`: the headers of responses, each with its type.

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, docs, scope::FileScope, sources::Sources};
use crate::{
    ir::{ResponseHeader, Type},
    name::Ident,
};

const ABOUT: &str = "The headers of responses, for [`Response::header`](crate::Response::header).";

/// Emits `headers.rs`, unless no response has a header.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources<'_>) {
    if context.api.headers.is_empty() {
        return;
    }
    let scope = FileScope::new(context, []);
    let headers = context.api.headers.iter().zip(&context.names.headers);
    let items: TokenStream = headers.map(|(header, ident)| constant(header, ident, &scope)).collect();
    sources.add("src/headers.rs".to_owned(), ABOUT, scope, &items);
}

/// `pub const X_RATE_LIMIT: Header<i64> = Header::new("x-rate-limit");`
fn constant(header: &ResponseHeader, ident: &Ident, scope: &FileScope<'_>) -> TokenStream {
    let (docs, name) = (described(header), &header.name);
    let (of, ty) = (scope.runtime("header", "Header"), scope.ty(&Type::Primitive(header.ty)));
    quote! { #docs pub const #ident: #of<#ty> = #of::new(#name); }
}

fn described(header: &ResponseHeader) -> TokenStream {
    docs::outer(&docs::labelled(&docs::code(&header.name), &docs::compact(&header.docs)))
}
