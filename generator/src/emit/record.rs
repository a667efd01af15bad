//! Objects with known properties: a plain struct, and a table of its keys.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    declared::{Emitted, about},
    deprecated, docs,
    scope::FileScope,
    tokens,
};
use crate::{
    config::UnknownFields,
    ir::{Constant, Field, MemberValue, Presence, Primitive, Record, Rest, Shape, Type, TypeId},
    name::Ident,
};

/// Emits a record.
pub(super) fn emit(id: TypeId, record: &Record, models: &FileScope<'_>, codecs: &FileScope<'_>) -> Emitted {
    let context = models.context();
    let names = context.names.type_def(id);
    let (about, ident) = (about(context, id), &names.ident);
    let parts: Vec<FieldCode<'_>> = record
        .fields
        .iter()
        .zip(&names.parts)
        .enumerate()
        .map(|(index, (field, name))| {
            let boxed = context.facts.is_boxed(id, index);
            FieldCode { field, name, boxed, note: String::new() }
        })
        .collect();
    let fields = parts.iter().map(|part| part.declaration(models));
    let rest = rest(record, models).map(|(docs, ty)| {
        let open = &names.open;
        quote! { #docs pub #open: #ty, }
    });
    // A type that is only received can gain a required member, so its users must not rely on `Default`.
    let sent = context.facts.direction(id).sent;
    let default = (sent && parts.iter().all(FieldCode::is_optional)).then(|| quote! { , Default });
    let constructors =
        sent.then(|| constructors(ident, &parts, rest.is_some().then_some(&names.open), models));
    let (derived, redacted) = debug(ident, &parts, rest.is_some().then_some(&names.open), models);
    Emitted {
        model: quote! {
            #about
            #[derive(Clone #derived, PartialEq #default)]
            #[non_exhaustive]
            pub struct #ident { #(#fields)* #rest }
            #redacted
            #constructors
        },
        codec: codec(id, &parts, rest.is_some().then_some(&names.open), codecs),
    }
}

/// A field and its generated form.
pub(super) struct FieldCode<'a> {
    /// The property.
    pub field: &'a Field,
    /// Its Rust name.
    pub name: &'a Ident,
    /// Whether its value is boxed.
    pub boxed: bool,
    /// A note to append to its description.
    pub note: String,
}

impl FieldCode<'_> {
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
        let json = self.field.json.as_ref().map(|ty| about_json(ty, scope)).unwrap_or_default();
        let parts = [text, json, self.note.clone()].into_iter().filter(|part| !part.is_empty());
        let docs = docs::outer(&parts.collect::<Vec<_>>().join("\n\n"));
        let deprecated = deprecated::attribute(self.field.deprecated, &self.field.docs);
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

/// What a string holds that is JSON.
fn about_json(ty: &Type, scope: &FileScope<'_>) -> String {
    let context = scope.context();
    let link = |id: TypeId| {
        let (root, ident) = (context.root, &context.names.type_def(id).ident);
        format!("[`{}`]({})", ident.plain(), tokens::text(quote! { #root::models::#ident }))
    };
    let what = match ty {
        Type::Named(id) => format!(" of {}", link(*id)),
        Type::List(item) if let Type::Named(id) = **item => format!(" of a list of {}", link(id)),
        Type::Map(value) if let Type::Named(id) = **value => format!(" of a map of {}", link(id)),
        _ => String::new(),
    };
    format!("JSON text{what}, which `json::from_json` reads.")
}

/// The field for undeclared properties, and its doc comment.
fn rest(record: &Record, scope: &FileScope<'_>) -> Option<(TokenStream, TokenStream)> {
    let (about, ty) = match &record.rest {
        Rest::Typed(ty, docs) => match docs::text(docs) {
            text if text.is_empty() => ("Additional properties.".to_owned(), ty),
            text => (text, ty),
        },
        Rest::Unknown => match scope.context().config.types.unknown_fields {
            UnknownFields::Keep => ("Members that the document does not name.".to_owned(), &Type::Any),
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

/// How a struct is shown: by a derived `Debug`, or if fields are secret, by `redacted!(Login { email, password: secret });`.
pub(super) fn debug(
    ident: &Ident,
    parts: &[FieldCode<'_>],
    open: Option<&Ident>,
    scope: &FileScope<'_>,
) -> (Option<TokenStream>, Option<TokenStream>) {
    if !parts.iter().any(|part| part.field.is_secret) {
        return (Some(quote! { , Debug }), None);
    }
    let redacted = scope.runtime_macro("redacted", "redacted");
    let shown = parts.iter().map(|part| {
        let secret = part.field.is_secret.then(|| quote! { : secret });
        let name = part.name;
        quote! { #name #secret }
    });
    let shown = shown.chain(open.map(|open| quote! { #open }));
    (None, Some(quote! { #redacted!(#ident { #(#shown),* }); }))
}

/// `record!(User { id, email, name: nullable; extra });`
fn codec(id: TypeId, parts: &[FieldCode<'_>], open: Option<&Ident>, scope: &FileScope<'_>) -> TokenStream {
    let (record, ident) = (scope.runtime_macro("record", "record"), scope.model(id));
    let keys = parts.iter().map(FieldCode::key);
    let open = open.map(|open| quote! { ; #open });
    quote! { #record!(#ident { #(#keys),* #open }); }
}

/// `constructors!(UserUpdate { id: i64; lang: UserLanguage, name = Field<String>; extra });`, with
/// `[kind = UserKind::Human]` before the brace for fields with only one possible value.
///
/// Arguments are ordered by key, independent of document order.
pub(super) fn constructors(
    ident: &Ident,
    parts: &[FieldCode<'_>],
    open: Option<&Ident>,
    scope: &FileScope<'_>,
) -> TokenStream {
    let (required, optional): (Vec<&FieldCode<'_>>, Vec<&FieldCode<'_>>) =
        parts.iter().partition(|part| !part.is_optional());
    let (required, constants): (Vec<(&FieldCode<'_>, _)>, Vec<(&FieldCode<'_>, _)>) = required
        .into_iter()
        .map(|part| (part, constant(part, scope)))
        .partition(|(_, constant)| constant.is_none());
    let (mut required, mut constants) = (required, constants);
    required.sort_by_key(|(part, _)| &part.field.wire);
    constants.sort_by_key(|(part, _)| &part.field.wire);
    let given = constants.iter().map(|(part, value)| {
        let name = part.name;
        quote! { #name = #value }
    });
    let given = (!constants.is_empty()).then(|| quote! { [#(#given),*] });
    // A type without required arguments also implements `Default`.
    let default = (required.is_empty() && !constants.is_empty()).then(|| {
        let default = scope.prelude("Default");
        quote! { impl #default for #ident { fn default() -> Self { Self::new() } } }
    });
    let arguments = required.iter().map(|(part, _)| {
        let (name, ty) = (part.name, constructor_argument(part, scope));
        quote! { #name: #ty }
    });
    let setters = optional.iter().map(|part| setter(part, scope));
    let open = open.map(|open| quote! { ; #open });
    let constructors = scope.runtime_macro("constructors", "constructors");
    quote! { #constructors!(#ident #given { #(#arguments),* ; #(#setters),* #open }); #default }
}

/// `lang: UserLanguage`, `name = Field<String>`; a field called `new` has no setter, because the constructor has that
/// name.
fn setter(part: &FieldCode<'_>, scope: &FileScope<'_>) -> TokenStream {
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

/// The only value of a field as Rust: a boolean, a number, a string, or an enum variant. The caller gives the value of
/// any other type.
pub(super) fn constant(part: &FieldCode<'_>, scope: &FileScope<'_>) -> Option<TokenStream> {
    match (&part.field.ty, part.field.constant.as_ref()?) {
        (Type::Primitive(Primitive::Bool), Constant::Bool(flag)) => Some(quote! { #flag }),
        (Type::Primitive(Primitive::String), Constant::Text(text)) => {
            let string = scope.prelude("String");
            Some(quote! { #string::from(#text) })
        }
        (Type::Primitive(Primitive::Integer(_)), Constant::Integer(number)) => {
            let number = Literal::i64_unsuffixed(*number);
            Some(quote! { #number })
        }
        (ty, constant) => variant(ty.named()?, constant, scope),
    }
}

/// The variant of an enum with this value.
fn variant(id: TypeId, constant: &Constant, scope: &FileScope<'_>) -> Option<TokenStream> {
    let members = match &scope.context().api.type_def(id).shape {
        Shape::Enumeration(enumeration) => &enumeration.members,
        Shape::Record(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => {
            return None;
        }
    };
    let index = members.iter().position(|member| match (&member.value, constant) {
        (MemberValue::Text(text), Constant::Text(value)) => text == value,
        (MemberValue::Integer(number), Constant::Integer(value)) => *number == i128::from(*value),
        (MemberValue::Text(_), Constant::Bool(_) | Constant::Integer(_))
        | (MemberValue::Integer(_), Constant::Bool(_) | Constant::Text(_)) => false,
    })?;
    let (ty, variant) = (scope.model(id), scope.context().names.type_def(id).parts.get(index)?);
    Some(quote! { #ty::#variant })
}

/// Whether the argument of `new` is converted, so that strings accept `&str`.
pub(super) fn converts(part: &FieldCode<'_>, scope: &FileScope<'_>) -> bool {
    let is_text = match &part.field.ty {
        Type::Primitive(Primitive::String) => true,
        ty => ty.named().is_some_and(|id| match &scope.context().api.type_def(id).shape {
            Shape::Enumeration(enumeration) => enumeration.integer().is_none(),
            Shape::Record(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => {
                false
            }
        }),
    };
    part.boxed || part.field.presence == Presence::Nullable || is_text
}

/// `impl Into<T>` for strings and string enums, `impl Into<Option<T>>` for nullable fields, otherwise the type itself;
/// boxed fields take the unboxed value.
fn constructor_argument(part: &FieldCode<'_>, scope: &FileScope<'_>) -> TokenStream {
    if part.boxed && part.field.presence == Presence::Nullable {
        let (into, option, ty) = (scope.prelude("Into"), scope.prelude("Option"), scope.ty(&part.field.ty));
        return quote! { impl #into<#option<#ty>> => boxed };
    }
    let ty = scope.field(&part.field.ty, part.field.presence, part.boxed);
    if converts(part, scope) {
        let into = scope.prelude("Into");
        quote! { impl #into<#ty> }
    } else {
        ty
    }
}
