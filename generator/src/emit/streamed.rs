//! The streams over the items of a response.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{call::Call, docs, returns};
use crate::ir::{Primitive, StreamKind, Streamed, Type};

/// `events` and `lines`, the methods that send the call and give the items of its response.
pub(super) fn methods(call: Call<'_>) -> TokenStream {
    call.operation.streamed.iter().map(|stream| method(call, stream)).collect()
}

fn method(call: Call<'_>, stream: &Streamed) -> TokenStream {
    let Streamed { kind, item, media_type, .. } = stream;
    let (module, name) = match kind {
        StreamKind::Events | StreamKind::JsonEvents => ("event_stream", "Events"),
        StreamKind::Lines | StreamKind::Sequence => ("json_lines", "Lines"),
    };
    let ty = call.scope.runtime(module, name);
    let made = match (kind, item) {
        (StreamKind::Events, Type::Primitive(Primitive::String)) => quote! { #ty::text(self) },
        (StreamKind::Events | StreamKind::JsonEvents, _) => quote! { #ty::json(self) },
        (StreamKind::Lines, _) => quote! { #ty::new(self, #media_type) },
        (StreamKind::Sequence, _) => quote! { #ty::sequence(self, #media_type) },
    };
    let what = match kind {
        StreamKind::Events | StreamKind::JsonEvents => "event",
        StreamKind::Lines | StreamKind::Sequence => "value",
    };
    let about =
        docs::outer(&format!("Every {what} of the response in {}, as it arrives.", docs::code(media_type)));
    let method = Ident::new(kind.method(), Span::call_site());
    let (item, failure) = (call.scope.ty(item), returns::any_failure(call.operation, call.scope));
    quote! {
        #about
        #[inline]
        pub fn #method(self) -> #ty<#item, #failure> { #made }
    }
}
