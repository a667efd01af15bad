//! Bodies of several parts: a plain struct, and a table of how its fields become parts.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    docs,
    model::{Emitted, about},
    record::{self, constructors},
    scope::FileScope,
};
use crate::ir::{Multipart, Type, TypeId};

/// Emits a form.
pub(super) fn emit(id: TypeId, form: &Multipart, models: &FileScope<'_>, codecs: &FileScope<'_>) -> Emitted {
    let context = models.context();
    let names = context.names.type_def(id);
    let (about, ident) = (about(context, id), &names.ident);
    let parts = form.parts.iter().zip(&names.parts);
    let fields: Vec<record::Part<'_>> = parts
        .clone()
        .enumerate()
        .map(|(index, (part, name))| {
            let boxed = context.facts.is_boxed(id, index);
            record::Part { field: &part.field, name, boxed }
        })
        .collect();
    let declarations = fields.iter().map(|field| field.declaration(models));
    let default = fields.iter().all(record::Part::is_optional).then(|| quote! { , Default });
    let open = form.rest.as_ref().map(|ty| (&names.open, ty));
    let rest = open.map(|(open, ty)| {
        let (docs, map) = (docs::outer("Other parts, by name."), models.map());
        let (string, ty) = (models.prelude("String"), models.ty(ty));
        quote! { #docs pub #open: #map<#string, #ty>, }
    });
    let constructors = constructors(ident, &fields, open.map(|(open, _)| open), models);
    let (codec, subject) = (codecs.runtime_macro("multipart", "multipart"), codecs.model(id));
    let entries = parts.map(|(part, name)| {
        let wire = &part.field.wire;
        let wire = (!name.is_exactly(wire)).then(|| quote! { = #wire });
        let (kind, media_type) = (kind(&part.field.ty), &part.media_type);
        quote! { #name #wire: #kind #media_type }
    });
    let open = open.map(|(open, ty)| {
        let kind = kind(ty);
        quote! { ; #open: #kind }
    });
    Emitted {
        model: quote! {
            #about
            #[derive(Clone, Debug, PartialEq #default)]
            pub struct #ident { #(#declarations)* #rest }
            #constructors
        },
        codec: quote! { #codec!(#subject { #(#entries),* #open }); },
    }
}

/// Whether the part is a file, or several, or a value.
fn kind(ty: &Type) -> TokenStream {
    match ty {
        Type::File => quote! { file },
        Type::List(item) if **item == Type::File => quote! { file },
        _ => quote! { value },
    }
}
