//! Determines which alternative each discriminator value selects.
//!
//! ```yaml
//! oneOf: [ { $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" } ]
//! discriminator: { propertyName: kind, mapping: { tom: "#/components/schemas/Cat" } }
//! ```
//! is distinguished by `kind`: `tom` selects `Cat`; `Dog`, which is not mapped, is selected by its own name. Constants
//! that an alternative declares for the property take precedence over its name.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Schemas, all_of::Branch, class::Alternatives};
use crate::{
    diagnostic::Code,
    ir::{Dispatch, TagKind, Union, Variant},
    language::words::joined,
    resolve::{DiscriminatorRef, SchemaRef},
};

/// How many nested unions are searched for values.
const MAX_NESTED: usize = 8;

/// The discriminator values that a member declares.
#[derive(Clone, Default)]
struct Declared {
    /// Values of this member only.
    own: Vec<String>,
    /// Values it shares with other members.
    shared: Vec<String>,
}

impl<'a> Schemas<'a> {
    /// Builds the union, using the discriminator as far as its variants have values of their own.
    pub(in crate::lower) fn dispatched(
        &self,
        alternatives: &Alternatives<'a>,
        variants: Vec<Variant>,
    ) -> Union {
        let union = Union { variants, dispatch: Dispatch::Trial, fallback: Vec::new(), is_tag_apart: false };
        let Some(tag) = self.discriminator(alternatives) else {
            return match self.implicit_tags(alternatives) {
                Some((property, tags)) => self.tagged(union, alternatives, property, tags),
                None => union,
            };
        };
        let tags = self.all_tags(alternatives, tag);
        let members = alternatives.members.iter().zip(&tags);
        if members.into_iter().any(|(member, tags)| tags.is_empty() && !self.is_no_object(*member)) {
            let message = format!(
                "not every alternative has a value of `{}` to itself; those that have none are told apart by what fits",
                tag.property()
            );
            self.report(Code::UnsupportedKeyword, alternatives.schema.origin(), message);
        }
        self.report_unlisted(alternatives, tag);
        let is_tag_apart = !self.is_property_declared(alternatives, tag);
        let fallback = if is_tag_apart {
            self.report_apart(alternatives, tag);
            (0..alternatives.members.len()).collect()
        } else {
            self.fallback(alternatives, tag)
        };
        Union { fallback, is_tag_apart, ..self.tagged(union, alternatives, tag.property(), tags) }
    }

    fn report_apart(&self, alternatives: &Alternatives<'a>, tag: DiscriminatorRef<'a>) {
        let message = format!(
            "no alternative has the property `{}`; where it is absent, they are told apart by what fits",
            tag.property()
        );
        self.report(Code::UnsupportedKeyword, alternatives.schema.origin(), message);
    }

    /// The members that may be selected without a matching value: that of `defaultMapping`, and the base that all
    /// others extend.
    fn fallback(&self, alternatives: &Alternatives<'a>, tag: DiscriminatorRef<'a>) -> Vec<usize> {
        let members = &alternatives.members;
        let is_base = |member: &SchemaRef<'a>| member.same_place(alternatives.schema);
        let base = members.iter().position(is_base).filter(|_| alternatives.of_base);
        self.default_variant(alternatives, tag).or(base).into_iter().collect()
    }

    /// Whether any member declares the discriminator property, as far as can be told.
    fn is_property_declared(&self, alternatives: &Alternatives<'a>, tag: DiscriminatorRef<'a>) -> bool {
        let declares = |branch: &Branch<'a>| {
            let schema = branch.schema;
            schema.property(tag.property()).is_some() || !schema.alternatives().is_empty()
        };
        alternatives.common.iter().any(declares)
            || alternatives.members.iter().any(|member| {
                let branches = self.flatten_through(*member, None);
                branches.iter().any(declares)
            })
    }

    /// The values of every member, without duplicates: first those in `mapping`, then the property's constants
    /// declared by members, then those of extensions; for a member without any, the constant similar to its name, or
    /// the name itself (OpenAPI 3.1 §4.8.25).
    fn all_tags(&self, alternatives: &Alternatives<'a>, tag: DiscriminatorRef<'a>) -> Vec<Vec<String>> {
        let members = &alternatives.members;
        let declared: Vec<Declared> =
            members.iter().map(|member| self.declared_tags(*member, alternatives, tag, 0)).collect();
        let declared = shared(declared);
        let mut taken = HashSet::new();
        let mut claim = |values: Vec<String>| -> Vec<String> {
            values.into_iter().filter(|value| taken.insert(value.clone())).collect()
        };
        let inner = members.iter().filter_map(|member| member.discriminator());
        let inner = inner.filter(|inner| inner.property() == tag.property());
        let mappings: Vec<DiscriminatorRef<'a>> = std::iter::once(tag).chain(inner).collect();
        let mut mapped: HashMap<usize, Vec<String>> = HashMap::new();
        for entry in mappings.iter().flat_map(|one| one.mapping()) {
            let Some(target) = entry.target().filter(|target| target.name().is_some()) else { continue };
            mapped.entry(target.place()).or_default().push(entry.value().to_owned());
        }
        let mut tags: Vec<Vec<String>> =
            members.iter().map(|member| claim(mapped.remove(&member.place()).unwrap_or_default())).collect();
        for ((tags, declared), member) in tags.iter_mut().zip(&declared).zip(members) {
            tags.extend(claim(declared.own.clone()));
            let extended = member.discriminator_value().map(str::to_owned);
            tags.extend(claim(extended.into_iter().collect()));
        }
        let mut constants: HashMap<String, String> = HashMap::new();
        for value in declared.iter().flat_map(|one| &one.shared) {
            constants.entry(joined(value)).or_insert_with(|| value.clone());
        }
        let base = alternatives.schema.name().unwrap_or_default();
        let unnamed = tags.iter_mut().zip(&declared).zip(members).filter(|((tags, _), _)| tags.is_empty());
        for ((tags, declared), member) in unnamed {
            let Some(name) = member.name() else { continue };
            let is_base = alternatives.of_base && member.same_place(alternatives.schema);
            let value = match declared.shared.as_slice() {
                [only] if is_base => Some(only.clone()),
                [] => Some(name.to_owned()),
                // An extension of the base without a constant is abstract: its name is never sent.
                _ => alike(name, base, &constants).or_else(|| alternatives.of_base.then(|| name.to_owned())),
            };
            tags.extend(claim(value.into_iter().collect()));
        }
        tags
    }

    /// Reports entries of `mapping` that are not alternatives.
    fn report_unlisted(&self, alternatives: &Alternatives<'a>, tag: DiscriminatorRef<'a>) {
        for entry in tag.mapping() {
            let is_listed = |target| alternatives.members.iter().any(|member| member.same_place(target));
            if !entry.target().is_none_or(is_listed) {
                let message = format!(
                    "`mapping` gives `{}` to a schema that is none of the alternatives",
                    entry.value()
                );
                self.report(Code::UnsupportedKeyword, entry.origin(), message);
            }
        }
    }

    /// The discriminator of the alternatives: their own, or that of the base they all extend.
    fn discriminator(&self, alternatives: &Alternatives<'a>) -> Option<DiscriminatorRef<'a>> {
        if let Some(own) = alternatives.schema.discriminator() {
            return Some(own);
        }
        self.tagged_base(&alternatives.members)?.discriminator()
    }

    /// The base with a discriminator that all members extend, if there are several.
    pub(in crate::lower) fn tagged_base(&self, members: &[SchemaRef<'a>]) -> Option<SchemaRef<'a>> {
        let (first, others) = members.split_first()?;
        let bases = self.flatten_through(*first, None);
        bases.iter().map(|branch| branch.schema).find(|base| {
            let builds_on = |member: &SchemaRef<'a>| {
                self.flatten_through(*member, None).iter().any(|branch| branch.schema.same_place(*base))
            };
            base.discriminator().is_some() && !others.is_empty() && others.iter().all(builds_on)
        })
    }

    /// The member named by `defaultMapping` (OpenAPI 3.2 §4.25).
    fn default_variant(&self, alternatives: &Alternatives<'a>, tag: DiscriminatorRef<'a>) -> Option<usize> {
        let name = tag.default_target()?;
        let position = alternatives.members.iter().position(|member| member.name() == Some(name));
        if position.is_none() {
            let message = format!("`defaultMapping` is `{name}`, which is none of the alternatives");
            self.report(Code::SchemaDegraded, tag.origin(), message);
        }
        position
    }

    /// The constants that a member declares for the property. A member that is itself distinguished by the property
    /// has the constants of its own members.
    fn declared_tags(
        &self,
        member: SchemaRef<'a>,
        alternatives: &Alternatives<'a>,
        tag: DiscriminatorRef<'a>,
        depth: usize,
    ) -> Declared {
        if let Some(inner) = self.nested(member, alternatives, tag).filter(|_| depth < MAX_NESTED) {
            let own = inner.schema.discriminator().unwrap_or(tag);
            let mut tags: Vec<String> = own.mapping().map(|entry| entry.value().to_owned()).collect();
            tags.extend(inner.of_base.then(|| member.name().map(str::to_owned)).flatten());
            for one in inner.members.iter().filter(|one| !one.same_place(member)) {
                let declared = self.declared_tags(*one, &inner, own, depth + 1).own;
                let by_name = declared.is_empty() && mapped(*one, own).is_empty();
                tags.extend(declared);
                tags.extend(one.name().filter(|_| by_name).map(str::to_owned));
            }
            return Declared { own: tags, shared: Vec::new() };
        }
        let is_base = alternatives.of_base && member.same_place(alternatives.schema);
        let mut narrowest: Option<(Vec<String>, bool)> = None;
        for branch in self.flatten_through(member, None) {
            let Some(property) = branch.schema.property(tag.property()) else { continue };
            let values = self.constants_through(property);
            let is_own =
                property.name().is_none() && (branch.owner.is_none() || branch.owner == member.name());
            let is_narrower = narrowest.as_ref().is_none_or(|(known, _)| values.len() < known.len());
            if !values.is_empty() && is_narrower {
                narrowest = Some((values, is_own));
            }
        }
        match narrowest {
            Some((values, is_own)) if values.len() == 1 || (is_own && !is_base) => {
                Declared { own: values, shared: Vec::new() }
            }
            Some((values, _)) => Declared { own: Vec::new(), shared: values },
            None => Declared::default(),
        }
    }

    /// The alternatives of a member that is itself a union by the same property.
    fn nested(
        &self,
        member: SchemaRef<'a>,
        alternatives: &Alternatives<'a>,
        tag: DiscriminatorRef<'a>,
    ) -> Option<Alternatives<'a>> {
        let own = member.discriminator()?;
        // The members that extend a base already include their own extensions.
        let is_counted = alternatives.of_base || member.same_place(alternatives.schema);
        if is_counted || own.property() != tag.property() {
            return None;
        }
        self.alternatives(member).or_else(|| self.family(member))
    }

    /// Distinguishes by these values of a property, if there are any.
    fn tagged(
        &self,
        mut union: Union,
        alternatives: &Alternatives<'a>,
        property: &str,
        tags: Vec<Vec<String>>,
    ) -> Union {
        if tags.iter().any(|tags| !tags.is_empty()) {
            union.dispatch = Dispatch::Tag(property.to_owned());
        }
        let members = alternatives.members.iter();
        for ((variant, tags), member) in union.variants.iter_mut().zip(tags).zip(members) {
            variant.tags = in_order(tags, member.name());
            variant.tag_kind = self.tag_kind(&alternatives.common, *member, property);
        }
        union
    }

    /// The JSON type of a property's values in a member.
    fn tag_kind(&self, common: &[Branch<'a>], member: SchemaRef<'a>, property: &str) -> TagKind {
        self.tag_kind_in(&self.branches(common, member), property)
    }

    /// The JSON type of a property's values in these branches.
    pub(super) fn tag_kind_in(&self, branches: &[Branch<'a>], property: &str) -> TagKind {
        let properties = branches.iter().filter_map(|branch| branch.schema.property(property));
        let mut kinds = properties.flat_map(|schema| self.flatten_through(schema, None));
        kinds.find_map(|branch| tag_kind(branch.schema)).unwrap_or_default()
    }

    /// The constants of a schema, its own or those of a branch, as in JSON without quotes.
    fn constants_through(&self, schema: SchemaRef<'a>) -> Vec<String> {
        let branches = self.flatten_through(schema, None);
        let texts = |branch: &Branch<'a>| -> Vec<String> {
            branch.schema.enumeration().iter().filter_map(text).collect()
        };
        let lists = branches.iter().map(texts).filter(|values| !values.is_empty());
        lists.min_by_key(Vec::len).unwrap_or_default()
    }
}

/// The JSON type of a schema's values, if known.
fn tag_kind(schema: SchemaRef<'_>) -> Option<TagKind> {
    match (schema.enumeration().iter().find(|value| !value.is_null()), schema.typ()) {
        (Some(Value::Bool(_)), _) | (None, Some("boolean")) => Some(TagKind::Flag),
        (Some(Value::Number(_)), _) | (None, Some("integer" | "number")) => Some(TagKind::Integer),
        (Some(_), _) | (None, Some("string")) => Some(TagKind::Text),
        (None, _) => None,
    }
}

/// A constant in the form that the runtime compares.
pub(in crate::lower) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The values that `mapping` gives a member.
fn mapped<'a>(member: SchemaRef<'a>, tag: DiscriminatorRef<'a>) -> Vec<String> {
    let leads_here = |target: SchemaRef<'a>| target.same_place(member);
    tag.mapping()
        .filter(|entry| entry.target().is_some_and(leads_here))
        .map(|entry| entry.value().to_owned())
        .collect()
}

/// Marks constants that several members declare as shared.
fn shared(declared: Vec<Declared>) -> Vec<Declared> {
    let mut owners: HashMap<String, usize> = HashMap::new();
    for value in declared.iter().flat_map(|one| &one.own) {
        *owners.entry(value.clone()).or_default() += 1;
    }
    let sort = |one: Declared| {
        let (shared, own): (Vec<String>, Vec<String>) =
            one.own.into_iter().partition(|value| owners.get(value).is_some_and(|count| *count > 1));
        let known = one.shared.into_iter();
        Declared { own, shared: known.chain(shared).collect() }
    };
    declared.into_iter().map(sort).collect()
}

/// The constant that is similar to the name of a component, with or without the base's name in it.
fn alike(name: &str, base: &str, constants: &HashMap<String, String>) -> Option<String> {
    let (name, base) = (joined(name), joined(base));
    let short = name.strip_suffix(&base).or_else(|| name.strip_prefix(&base));
    let short = short.filter(|rest| !rest.is_empty() && !base.is_empty());
    constants.get(&name).or_else(|| constants.get(short?)).cloned()
}

/// Sorts the tags of a variant. The first is sent if a value has none: the schema's own name, or else the
/// alphabetically first, since the order of a mapping has no meaning.
fn in_order(mut tags: Vec<String>, schema: Option<&str>) -> Vec<String> {
    let own = schema.map(joined);
    tags.sort_by_cached_key(|tag| (Some(joined(tag)) != own, tag.clone()));
    tags
}

#[cfg(test)]
mod tests {
    use super::{alike, joined};

    #[test]
    fn a_name_is_like_a_constant_with_or_without_its_base() {
        let values = ["event-hub", "EventGrid"].map(|value| (joined(value), value.to_owned())).into();
        assert_eq!(alike("EventHub", "Connection", &values), Some("event-hub".to_owned()));
        assert_eq!(alike("EventGridConnection", "Connection", &values), Some("EventGrid".to_owned()));
        assert_eq!(alike("Other", "Connection", &values), None);
    }
}
