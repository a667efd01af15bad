//! Names fields and variants.
//!
//! The field or variant for unknown content is named first: a value `unknown` becomes `UnknownValue` beside `Unknown`,
//! a property `extra` becomes `extra_property` beside `extra`.

use super::{
    scope::{Ident, Scope, Wanted},
    status::case_text,
    variant, words,
};
use crate::ir::{Api, Case, Enumeration, Field, MemberValue, Shape, TypeDef, TypeId, Union};

/// Returns the names of a type's fields or variants, and of the one for unknown content.
pub(super) fn claim(api: &Api, def: &TypeDef) -> (Vec<Ident>, Ident) {
    let mut scope = Scope::new();
    match &def.shape {
        Shape::Record(record) => fields(&record.fields, &mut scope),
        Shape::Enumeration(enumeration) => members(enumeration, &mut scope),
        Shape::Union(union) => variants(api, union, &mut scope),
        Shape::Cases(cases) => outcomes(cases, &mut scope),
        Shape::Multipart(form) => match form.rest {
            Some(_) => fields(form.parts.iter().map(|part| &part.field), &mut scope),
            None => {
                let wires = form.parts.iter().map(|part| part.field.wire.clone());
                (scope.snakes(&wires.map(plain).collect::<Vec<_>>()), scope.snake("extra"))
            }
        },
        Shape::Alias(_) => (Vec::new(), scope.camel("unknown")),
    }
}

/// Whether the type is a union.
pub(super) fn is_union(api: &Api, id: TypeId) -> bool {
    match &api.type_def(id).shape {
        Shape::Union(_) => true,
        Shape::Record(_)
        | Shape::Enumeration(_)
        | Shape::Alias(_)
        | Shape::Cases(_)
        | Shape::Multipart(_) => false,
    }
}

fn fields<'a>(fields: impl IntoIterator<Item = &'a Field>, scope: &mut Scope) -> (Vec<Ident>, Ident) {
    let open = scope.snake("extra");
    let wanted = fields.into_iter().map(|field| {
        let is_open = words::snake(&field.wire) == open.plain();
        Wanted { text: field.wire.clone(), otherwise: is_open.then(|| format!("{} property", field.wire)) }
    });
    (scope.snakes(&wanted.collect::<Vec<_>>()), open)
}

fn members(enumeration: &Enumeration, scope: &mut Scope) -> (Vec<Ident>, Ident) {
    let open = scope.camel("unknown");
    let texts = enumeration.members.iter().map(|member| match (&member.name, &member.value) {
        (Some(name), _) => name.clone(),
        (None, MemberValue::Text(text)) => text.clone(),
        (None, MemberValue::Integer(number)) => number.to_string(),
    });
    (scope.camels(&beside(&open, texts, "value")), open)
}

fn variants(api: &Api, union: &Union, scope: &mut Scope) -> (Vec<Ident>, Ident) {
    let open = scope.camel("unknown");
    let texts = variant::texts(api, union);
    (scope.camels(&beside(&open, texts, "variant")), open)
}

fn outcomes(cases: &[Case], scope: &mut Scope) -> (Vec<Ident>, Ident) {
    let open = scope.camel("undocumented");
    (scope.camels(&beside(&open, cases.iter().map(case_text), "response")), open)
}

/// The texts of variants beside the one for unknown content: a text with its name gets another word.
pub(super) fn beside(open: &Ident, texts: impl IntoIterator<Item = String>, word: &str) -> Vec<Wanted> {
    let wanted = texts.into_iter().map(|text| {
        let otherwise = (words::camel(&text) == open.plain()).then(|| format!("{text} {word}"));
        Wanted { text, otherwise }
    });
    wanted.collect()
}

fn plain(text: String) -> Wanted {
    Wanted { text, otherwise: None }
}
