//! Multipart bodies: a plain struct, and a table that maps its fields to parts.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    declared::{Emitted, about},
    docs, parameter,
    record::{self, constructors},
    scope::FileScope,
};
use crate::{
    ir::{Multipart, Part, Type, TypeId},
    name::Ident,
};

/// Emits a form.
pub(super) fn emit(id: TypeId, form: &Multipart, models: &FileScope<'_>, codecs: &FileScope<'_>) -> Emitted {
    let context = models.context();
    let names = context.names.type_def(id);
    let (about, ident) = (about(context, id), &names.ident);
    let parts = form.parts.iter().zip(&names.parts);
    let fields: Vec<record::FieldCode<'_>> = parts
        .clone()
        .enumerate()
        .map(|(index, (part, name))| {
            let boxed = context.facts.is_boxed(id, index);
            record::FieldCode { field: &part.field, name, boxed, note: note(part) }
        })
        .collect();
    let declarations = fields.iter().map(|field| field.declaration(models));
    let default = fields.iter().all(record::FieldCode::is_optional).then(|| quote! { , Default });
    let open = form.rest.as_ref().map(|ty| (&names.open, ty));
    let rest = open.map(|(open, ty)| {
        let (docs, map) = (docs::outer("Other parts, by name."), models.map());
        let (string, ty) = (models.prelude("String"), models.ty(ty));
        quote! { #docs pub #open: #map<#string, #ty>, }
    });
    let constructors = constructors(ident, &fields, open.map(|(open, _)| open), models);
    let (derived, redacted) = record::debug(ident, &fields, open.map(|(open, _)| open), models);
    let (codec, subject) = (codecs.runtime_macro("multipart", "multipart"), codecs.model(id));
    let entries = parts.map(|(part, name)| entry(part, name));
    let open = open.map(|(open, ty)| {
        let kind = kind(ty);
        quote! { ; #open: #kind }
    });
    Emitted {
        model: quote! {
            #about
            #[derive(Clone #derived, PartialEq #default)]
            #[non_exhaustive]
            pub struct #ident { #(#declarations)* #rest }
            #redacted
            #constructors
        },
        codec: quote! { #codec!(#subject { #(#entries),* #open }); },
    }
}

/// `photo = "Photo": file "image/png" ["X-Rank": "1"]`
fn entry(part: &Part, name: &Ident) -> TokenStream {
    let wire = &part.field.wire;
    let wire = (!name.is_exactly(wire)).then(|| quote! { = #wire });
    let (kind, media_type) = (kind(&part.field.ty), &part.media_type);
    let style = part.style.map(|style| {
        let style = parameter::query_style_name(style);
        quote! { (#style) }
    });
    let constants = part.headers.iter().filter_map(|header| Some((&header.name, header.constant.as_ref()?)));
    let constants: Vec<_> = constants.map(|(name, text)| quote! { #name: #text }).collect();
    let headers = (!constants.is_empty()).then(|| quote! { [#(#constants),*] });
    quote! { #name #wire: #kind #style #media_type #headers }
}

/// What the caller can set on a file besides its content; appended to the field's description.
fn note(part: &Part) -> String {
    let list = |names: Vec<&String>| names.iter().map(|name| docs::code(name)).collect::<Vec<_>>().join(", ");
    let headers = part.headers.iter().filter(|header| header.constant.is_none()).map(|header| &header.name);
    let media_types = (list(part.offered.iter().collect()), "Media type", "content_type");
    let headers = (list(headers.collect()), "Headers", "header");
    let lines = [media_types, headers].into_iter().filter(|(names, ..)| !names.is_empty());
    lines
        .map(|(names, what, setter)| format!("{what}, set by `File::{setter}`: {names}"))
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Whether the part is a file, several files, or a value.
fn kind(ty: &Type) -> TokenStream {
    match ty {
        Type::File => quote! { file },
        Type::List(item) if **item == Type::File => quote! { file },
        Type::Primitive(_)
        | Type::Scalar(_)
        | Type::Any
        | Type::Named(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Tuple(..) => quote! { value },
    }
}
