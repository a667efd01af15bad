//! Names the variants of a union.
//!
//! ```yaml
//! Contact:
//!   oneOf:
//!     - { type: object, required: [email], properties: { email: { type: string } } }
//!     - { type: object, required: [phone], properties: { phone: { type: string } } }
//!     - { type: array, items: { type: string } }
//!     - { const: none }
//! ```
//! is `enum Contact { Email(ContactEmail), Phone(ContactPhone), Strings(Vec<String>), None(ContactNone) }`. A component
//! keeps its name, and the base of the other variants is `Base`. Otherwise a variant is named by the first of these
//! that it has: a discriminator value, a title of its own, a constant or property that only this variant has, its kind
//! of value. Nothing here depends on the names of other types.

use std::{collections::HashMap, hash::Hash};

use crate::{
    ir::{
        Api, Enumeration, LONGEST_TITLE, MemberValue, Presence, Primitive, Record, Role, Scalar, Shape, Type,
        TypeDef, Union, Usage, Variant,
    },
    language::noun::plural,
};

/// How many chained aliases are followed.
const DEPTH: usize = 8;

/// The text that each variant is named after.
pub(super) fn texts(api: &Api, union: &Union) -> Vec<String> {
    let all = All::new(api, union);
    union.variants.iter().map(|variant| text(api, &all, variant)).collect()
}

fn text(api: &Api, all: &All<'_>, variant: &Variant) -> String {
    let given = named(api, &variant.ty).and_then(|def| match &def.usage {
        Usage::Component(name) => Some(name.clone()),
        // The base reads values of all kinds, listed or not.
        Usage::Inline { roles, .. } => matches!(roles.last(), Some(Role::Base)).then(|| "base".to_owned()),
    });
    given
        .or_else(|| variant.tags.first().cloned())
        .or_else(|| title(api, variant).filter(|own| all.titles.count(own) == 1).map(str::to_owned))
        .or_else(|| record(api, &variant.ty, 0).map(|record| property(api, all, record)))
        .unwrap_or_else(|| kind(api, &variant.ty, 0))
}

/// How many variants of a union have a title, a property or a constant.
#[derive(Default)]
struct All<'a> {
    records: usize,
    titles: Counts<&'a str>,
    /// Properties, and required properties.
    keys: Counts<&'a str>,
    required: Counts<&'a str>,
    /// Properties with only one possible value, and such properties with that value.
    tags: Counts<&'a str>,
    constants: Counts<(&'a str, String)>,
}

impl<'a> All<'a> {
    fn new(api: &'a Api, union: &'a Union) -> Self {
        let mut all = Self::default();
        for variant in &union.variants {
            title(api, variant).into_iter().for_each(|title| all.titles.add(title));
            let Some(record) = record(api, &variant.ty, 0) else { continue };
            all.records += 1;
            keys(record, false).into_iter().for_each(|key| all.keys.add(key));
            keys(record, true).into_iter().for_each(|key| all.required.add(key));
            for constant in constants(api, record) {
                all.tags.add(constant.0);
                all.constants.add(constant);
            }
        }
        all
    }
}

#[derive(Default)]
struct Counts<K>(HashMap<K, usize>);

impl<K: Eq + Hash> Counts<K> {
    fn add(&mut self, key: K) {
        *self.0.entry(key).or_default() += 1;
    }

    fn count(&self, key: &K) -> usize {
        self.0.get(key).copied().unwrap_or_default()
    }
}

/// The definition of a declared type, or of a nullable one.
fn named<'a>(api: &'a Api, ty: &Type) -> Option<&'a TypeDef> {
    match ty {
        Type::Named(id) => Some(api.type_def(*id)),
        Type::Nullable(inner) => named(api, inner),
        Type::Primitive(_)
        | Type::Scalar(_)
        | Type::Any
        | Type::List(_)
        | Type::Map(_)
        | Type::Tuple(..)
        | Type::File => None,
    }
}

/// The title, if it is short enough for a name.
fn title<'a>(api: &'a Api, variant: &'a Variant) -> Option<&'a str> {
    let of_role = named(api, &variant.ty).and_then(|def| match &def.usage {
        Usage::Inline { roles, .. } => match roles.last() {
            Some(Role::Variant(_, title)) => title.as_ref(),
            _ => None,
        },
        Usage::Component(_) => None,
    });
    of_role.or(variant.docs.summary.as_ref()).filter(|title| title.len() <= LONGEST_TITLE).map(String::as_str)
}

/// The record that a type resolves to.
fn record<'a>(api: &'a Api, ty: &Type, depth: usize) -> Option<&'a Record> {
    match &named(api, ty)?.shape {
        Shape::Record(found) => Some(found),
        Shape::Alias(ty) if depth < DEPTH => record(api, ty, depth + 1),
        Shape::Alias(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Cases(_) | Shape::Multipart(_) => {
            None
        }
    }
}

/// The word that distinguishes an object from the other objects: a constant that only it has, or else a property that
/// only it requires, or else one that only it has. The only object of a union is named after its only property.
fn property(api: &Api, all: &All<'_>, own: &Record) -> String {
    if let (1, [only]) = (all.records, own.fields.as_slice()) {
        return only.wire.clone();
    }
    let tells =
        |constant: &(&str, String)| all.tags.count(&constant.0) > 1 && all.constants.count(constant) == 1;
    if let Some((_, value)) = constants(api, own).into_iter().find(tells) {
        return value;
    }
    let required = keys(own, true).into_iter().find(|key| all.required.count(key) == 1);
    let found = required.or_else(|| keys(own, false).into_iter().find(|key| all.keys.count(key) == 1));
    found.filter(|_| all.records > 1).unwrap_or("object").to_owned()
}

/// The required properties of an object, or all.
fn keys(record: &Record, required: bool) -> Vec<&str> {
    let counts = |presence| !required || matches!(presence, Presence::Required | Presence::Nullable);
    record.fields.iter().filter(|field| counts(field.presence)).map(|field| field.wire.as_str()).collect()
}

/// The properties of an object with only one possible value, and that value as text.
fn constants<'a>(api: &'a Api, record: &'a Record) -> Vec<(&'a str, String)> {
    let constant = |ty: &Type| match &named(api, ty)?.shape {
        Shape::Enumeration(enumeration) => only_constant(enumeration),
        Shape::Record(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => None,
    };
    record.fields.iter().filter_map(|field| Some((field.wire.as_str(), constant(&field.ty)?))).collect()
}

fn only_constant(enumeration: &Enumeration) -> Option<String> {
    match enumeration.members.as_slice() {
        [only] => Some(match &only.value {
            MemberValue::Text(text) => text.clone(),
            MemberValue::Integer(number) => number.to_string(),
        }),
        _ => None,
    }
}

/// The word for a value of this type if nothing else names it.
fn kind(api: &Api, ty: &Type, depth: usize) -> String {
    let word = match ty {
        Type::Primitive(Primitive::Bool) => "boolean",
        Type::Primitive(Primitive::Integer(_)) => "integer",
        Type::Primitive(Primitive::Float) => "number",
        Type::Primitive(Primitive::String) => "string",
        Type::Scalar(Scalar::Known(format, _)) => format_name(*format),
        Type::Scalar(Scalar::Other { path, .. }) => path.rsplit("::").next().unwrap_or_default(),
        Type::Any => "any",
        Type::Named(id) => return kind_of_named(api, api.type_def(*id), depth),
        Type::List(item) if **item == Type::Any || depth > DEPTH => "list",
        Type::List(item) => return plural(&noun(api, item, depth + 1)),
        Type::Map(value) if **value == Type::Any || depth > DEPTH => "map",
        Type::Map(value) => return format!("{} map", noun(api, value, depth + 1)),
        Type::Nullable(inner) => return kind(api, inner, depth),
        Type::Tuple(..) => "tuple",
        Type::File => "file",
    };
    word.to_owned()
}

/// The word for one item of this type: a list is a `string list`, as the plural of a plural would say nothing.
fn noun(api: &Api, ty: &Type, depth: usize) -> String {
    match ty {
        Type::List(item) if **item != Type::Any && depth <= DEPTH => {
            format!("{} list", noun(api, item, depth + 1))
        }
        Type::Nullable(inner) => noun(api, inner, depth),
        other => kind(api, other, depth),
    }
}

fn kind_of_named(api: &Api, def: &TypeDef, depth: usize) -> String {
    match (&def.usage, &def.shape) {
        (Usage::Component(name), _) => name.clone(),
        (Usage::Inline { .. }, Shape::Enumeration(enumeration)) => {
            only_constant(enumeration).unwrap_or_else(|| several_constants(enumeration).to_owned())
        }
        (Usage::Inline { .. }, Shape::Alias(ty)) if depth < DEPTH => kind(api, ty, depth + 1),
        (Usage::Inline { .. }, Shape::Union(_)) => "choice".to_owned(),
        (
            Usage::Inline { .. },
            Shape::Record(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_),
        ) => "object".to_owned(),
    }
}

/// The word for several constants: `keyword` for strings, `code` for integers.
fn several_constants(enumeration: &Enumeration) -> &'static str {
    let is_text = enumeration.members.iter().any(|member| matches!(member.value, MemberValue::Text(_)));
    if is_text { "keyword" } else { "code" }
}

fn format_name(format: crate::config::Format) -> &'static str {
    use crate::config::Format;
    match format {
        Format::DateTime => "date time",
        Format::Date => "date",
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Uri => "uri",
        Format::Base64 | Format::Base64Url => "bytes",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Ip => "ip",
        Format::Decimal | Format::DecimalNumber => "decimal",
    }
}
