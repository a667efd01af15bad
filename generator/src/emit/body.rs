//! How a body is put into a call.

use proc_macro2::TokenStream;
use quote::quote;

use super::{call::Call, parameter, scope::FileScope};
use crate::{
    ir::{Body, Content, Primitive, Type},
    name::Ident,
};

/// `body: Avatar`, or `content_type: &str, body: impl Into<Upload>`
pub(super) fn arguments(body: &Body, ident: &Ident, call: Call<'_>) -> Vec<TokenStream> {
    let (content_type, ty) = (&call.names.content_type, ty(body, call.scope));
    let content_type = body.is_offered().then(|| quote! { #content_type: &str });
    content_type.into_iter().chain([quote! { #ident: #ty }]).collect()
}

fn ty(body: &Body, scope: &FileScope<'_>) -> TokenStream {
    match &body.content {
        Content::Json(ty) | Content::Form(ty, _) | Content::Text(ty) => scope.ty(ty),
        Content::Multipart(id) => scope.model(*id),
        Content::Bytes => {
            let (into, upload) = (scope.prelude("Into"), scope.runtime("upload", "Upload"));
            quote! { impl #into<#upload> }
        }
    }
}

/// `.with_json("application/json", &body)`
pub(super) fn fill(body: &Body, ident: &Ident, call: Call<'_>) -> TokenStream {
    let (content_type, media_type) = (&call.names.content_type, &body.media_type);
    let media_type = if body.is_offered() {
        quote! { #content_type }
    } else {
        quote! { #media_type }
    };
    let filled = match &body.content {
        Content::Json(_) => quote! { .with_json(#media_type, &#ident) },
        Content::Form(_, styles) => {
            let styles = styles.iter().map(|(name, style)| {
                let style = parameter::query_style(*style, call.scope);
                quote! { (#name, #style) }
            });
            quote! { .with_form(&#ident, &[#(#styles),*]) }
        }
        Content::Multipart(_) => {
            call.scope.runtime_trait("multipart", "FillForm");
            return quote! { .with_multipart(&#ident) };
        }
        Content::Text(Type::Primitive(Primitive::String)) => quote! { .with_text(#media_type, #ident) },
        Content::Text(_) => quote! { .with_scalar_text(#media_type, &#ident) },
        Content::Bytes => quote! { .with_upload(#media_type, #ident) },
    };
    call.scope.runtime_trait("fill", "Fill");
    filled
}
