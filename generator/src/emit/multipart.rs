//! Bodies of several parts: a plain struct, and a table of how its fields become parts.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    model::{Emitted, about},
    record::{self, constructors},
    scope::FileScope,
};
use crate::ir::{Multipart, Part, Type, TypeId};

/// Emits a form.
pub(super) fn emit(id: TypeId, form: &Multipart, models: &FileScope<'_>, codecs: &FileScope<'_>) -> Emitted {
    let context = models.context();
    let names = context.names.type_def(id);
    let (about, ident) = (about(context, id), &names.ident);
    let parts = form.parts.iter().zip(&names.parts);
    let fields: Vec<record::Part<'_>> =
        parts.clone().map(|(part, name)| record::Part { field: &part.field, name, boxed: false }).collect();
    let declarations = fields.iter().map(|field| field.declaration(models));
    let default = fields.iter().all(record::Part::is_optional).then(|| quote! { , Default });
    let constructors = constructors(ident, &fields, None, models);
    let (codec, subject) = (codecs.runtime_macro("multipart", "multipart"), codecs.model(id));
    let entries = parts.map(|(part, name)| {
        let wire = &part.field.wire;
        let wire = (!name.is_exactly(wire)).then(|| quote! { = #wire });
        let (kind, media_type) = (kind(part), &part.media_type);
        quote! { #name #wire: #kind #media_type }
    });
    Emitted {
        model: quote! {
            #about
            #[derive(Clone, Debug, PartialEq #default)]
            pub struct #ident { #(#declarations)* }
            #constructors
        },
        codec: quote! { #codec!(#subject { #(#entries),* }); },
    }
}

/// Whether the part is a file, or several, or a value.
fn kind(part: &Part) -> TokenStream {
    match &part.field.ty {
        Type::File => quote! { file },
        Type::List(item) if **item == Type::File => quote! { file },
        _ => quote! { value },
    }
}
