//! Objects with known properties: a plain struct, and a table of its keys.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    docs,
    model::{Emitted, about},
    scope::FileScope,
};
use crate::{
    config::UnknownFields,
    ir::{Field, Presence, Primitive, Record, Rest, Type, TypeId},
    name::Ident,
};

/// Emits a record.
pub(super) fn emit(id: TypeId, record: &Record, models: &FileScope<'_>, codecs: &FileScope<'_>) -> Emitted {
    let context = models.context();
    let names = context.names.type_def(id);
    let (about, ident) = (about(context, id), &names.ident);
    let parts: Vec<Part<'_>> = record
        .fields
        .iter()
        .zip(&names.parts)
        .enumerate()
        .map(|(index, (field, name))| Part { field, name, boxed: context.facts.is_boxed(id, index) })
        .collect();
    let fields = parts.iter().map(|part| part.declaration(models));
    let rest = rest(record, models).map(|(docs, ty)| {
        let open = &names.open;
        quote! { #docs pub #open: #ty, }
    });
    let default = parts.iter().all(Part::is_optional).then(|| quote! { , Default });
    let constructors = context
        .facts
        .direction(id)
        .sent
        .then(|| constructors(ident, &parts, rest.is_some().then_some(&names.open), models));
    Emitted {
        model: quote! {
            #about
            #[derive(Clone, Debug, PartialEq #default)]
            pub struct #ident { #(#fields)* #rest }
            #constructors
        },
        codec: codec(id, &parts, rest.is_some().then_some(&names.open), codecs),
    }
}

/// A field and what is decided of it.
pub(super) struct Part<'a> {
    /// The property.
    pub field: &'a Field,
    /// What it is called.
    pub name: &'a Ident,
    /// Whether its value is kept in a box.
    pub boxed: bool,
}

impl Part<'_> {
    pub(super) fn is_optional(&self) -> bool {
        match self.field.presence {
            Presence::Optional | Presence::ThreeState => true,
            Presence::Required | Presence::Nullable => false,
        }
    }

    /// ```ignore
    /// /// User's ID.
    /// pub id: i64,
    /// ```
    pub(super) fn declaration(&self, scope: &FileScope<'_>) -> TokenStream {
        let text = docs::and_default(&docs::text(&self.field.docs), self.field.default.as_deref());
        let docs = docs::outer(&text);
        let deprecated = self.field.deprecated.then(|| quote! { #[deprecated] });
        let (name, ty) = (self.name, scope.field(&self.field.ty, self.field.presence, self.boxed));
        quote! { #docs #deprecated pub #name: #ty, }
    }

    /// `id`, `name: nullable`, `lang = "userLang": ?`
    fn key(&self) -> TokenStream {
        let name = self.name;
        let mode = match self.field.presence {
            Presence::Required => None,
            Presence::Nullable => Some(quote! { : nullable }),
            Presence::Optional => Some(quote! { : ? }),
            Presence::ThreeState => Some(quote! { : field }),
        };
        let wire = &self.field.wire;
        let wire = (!self.name.is_exactly(wire)).then(|| quote! { = #wire });
        quote! { #name #wire #mode }
    }
}

/// The field that keeps what the document does not name, and its doc comment.
fn rest(record: &Record, scope: &FileScope<'_>) -> Option<(TokenStream, TokenStream)> {
    let (about, ty) = match &record.rest {
        Rest::Typed(ty, docs) => match docs::text(docs) {
            text if text.is_empty() => ("Additional properties.".to_owned(), ty),
            text => (text, ty),
        },
        // What it keeps is said once, for all models.
        Rest::Unknown => match scope.context().config.types.unknown_fields {
            UnknownFields::Keep => (String::new(), &Type::Any),
            UnknownFields::Skip => return None,
        },
    };
    let ty = match ty {
        Type::Any => scope.runtime("extra", "Extra"),
        other => {
            let (map, string, value) = (scope.map(), scope.prelude("String"), scope.ty(other));
            quote! { #map<#string, #value> }
        }
    };
    Some((docs::outer(&about), ty))
}

/// `record!(User { id, email, name: nullable; extra });`
fn codec(id: TypeId, parts: &[Part<'_>], open: Option<&Ident>, scope: &FileScope<'_>) -> TokenStream {
    let (record, ident) = (scope.runtime_macro("record", "record"), scope.model(id));
    let keys = parts.iter().map(Part::key);
    let open = open.map(|open| quote! { ; #open });
    quote! { #record!(#ident { #(#keys),* #open }); }
}

/// `constructors!(UserUpdate { id: i64; lang: UserLanguage, name = Field<String>; extra });`
pub(super) fn constructors(
    ident: &Ident,
    parts: &[Part<'_>],
    open: Option<&Ident>,
    scope: &FileScope<'_>,
) -> TokenStream {
    let (required, optional): (Vec<&Part<'_>>, Vec<&Part<'_>>) =
        parts.iter().partition(|part| !part.is_optional());
    let arguments = required.iter().map(|part| {
        let (name, ty) = (part.name, constructor_argument(part, scope));
        quote! { #name: #ty }
    });
    let setters = optional.iter().map(|part| setter(part, scope));
    let open = open.map(|open| quote! { ; #open });
    let constructors = scope.runtime_macro("constructors", "constructors");
    quote! { #constructors!(#ident { #(#arguments),* ; #(#setters),* #open }); }
}

/// `lang: UserLanguage`, `name = Field<String>`; a field called `new` is set by itself, for the constructor has the
/// name.
fn setter(part: &Part<'_>, scope: &FileScope<'_>) -> TokenStream {
    let name = part.name;
    if name.plain() == "new" {
        return quote! { #name };
    }
    let ty = scope.boxed(scope.ty(&part.field.ty), part.boxed);
    match part.field.presence {
        Presence::ThreeState => {
            let field = scope.runtime("field", "Field");
            quote! { #name = #field<#ty> }
        }
        Presence::Required | Presence::Nullable | Presence::Optional => quote! { #name: #ty },
    }
}

/// Whether the argument of `new` is converted.
fn converts(part: &Part<'_>) -> bool {
    part.boxed
        || part.field.presence == Presence::Nullable
        || matches!(part.field.ty, Type::Primitive(Primitive::String))
}

/// `impl Into<String>` for a string, `impl Into<Option<T>>` for what may be null, else the type itself; what is kept in a box
/// is taken without it.
fn constructor_argument(part: &Part<'_>, scope: &FileScope<'_>) -> TokenStream {
    if part.boxed && part.field.presence == Presence::Nullable {
        let (into, option, ty) = (scope.prelude("Into"), scope.prelude("Option"), scope.ty(&part.field.ty));
        return quote! { impl #into<#option<#ty>> => boxed };
    }
    let ty = scope.field(&part.field.ty, part.field.presence, part.boxed);
    if converts(part) {
        let into = scope.prelude("Into");
        quote! { impl #into<#ty> }
    } else {
        ty
    }
}
