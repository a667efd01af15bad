//! Which alternative a value of the discriminator means.
//!
//! ```yaml
//! oneOf: [ { $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" } ]
//! discriminator: { propertyName: kind, mapping: { tom: "#/components/schemas/Cat" } }
//! ```
//! is told apart by `kind`: `tom` means `Cat`, and `Dog`, which nothing maps, is meant by its own name. What an
//! alternative declares of the property itself counts before that.

use std::collections::{HashMap, HashSet};

use openapiv3::Discriminator;
use serde_json::Value;

use super::{Lowering, class::Alternatives, words::words_of};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{Dispatch, Union, Variant},
    resolve::SchemaRef,
};

/// What a member says of the values of the discriminator.
enum Declared {
    /// Values that are its own.
    Own(Vec<String>),
    /// Values that it shares with others, of which it has some.
    Shared(Vec<String>),
    /// Nothing.
    Nothing,
}

impl<'a> Lowering<'a> {
    /// The union, told apart by its discriminator if every variant has a value of it to itself.
    pub(super) fn dispatched(&mut self, alternatives: &Alternatives<'a>, variants: Vec<Variant>) -> Union {
        let mut union = Union { variants, dispatch: Dispatch::Trial, default: None };
        let Some(tag) = self.discriminator(alternatives) else { return union };
        let declared: Vec<Declared> = alternatives
            .members
            .iter()
            .map(|member| self.declared_tags(*member, alternatives, tag))
            .collect();
        let declared = shared(declared);
        let members = alternatives.members.iter().zip(&declared);
        let known: Vec<Vec<String>> =
            members.map(|(member, declared)| tags(*member, declared, alternatives, tag)).collect();
        // An alternative that no value is known to mean, beside others, is abstract: its name is never sent.
        let any_known = known.iter().any(|tags| !tags.is_empty());
        let mut taken = HashSet::new();
        for ((variant, member), mut tags) in union.variants.iter_mut().zip(&alternatives.members).zip(known) {
            if tags.is_empty() && any_known {
                tags.extend(member.name().map(str::to_owned));
            }
            variant.tags = tags.into_iter().filter(|tag| taken.insert(tag.clone())).collect();
        }
        if union.variants.iter().all(|variant| !variant.tags.is_empty()) {
            union.dispatch = Dispatch::Tag(tag.property_name.clone());
        } else if !any_known {
            let message = format!(
                "no value of `{}` is known to mean any of the alternatives; they are told apart by what fits",
                tag.property_name
            );
            self.report(Code::UnsupportedKeyword, alternatives.schema.origin(), message);
        }
        union.default = self.default_variant(alternatives, tag);
        union
    }

    /// The discriminator of the alternatives: their own, else that of the base that all of them build on.
    fn discriminator(&mut self, alternatives: &Alternatives<'a>) -> Option<&'a Discriminator> {
        if let Some(own) = &alternatives.schema.data().discriminator {
            return Some(own);
        }
        let (first, others) = alternatives.members.split_first()?;
        let bases = self.flatten_through(*first, None);
        bases.iter().map(|branch| branch.schema).find_map(|base| {
            let tag = base.data().discriminator.as_ref()?;
            let builds_on = |member: &SchemaRef<'a>| {
                self.flatten_through(*member, None).iter().any(|branch| branch.schema.same_place(base))
            };
            (!others.is_empty() && others.iter().all(builds_on)).then_some(tag)
        })
    }

    /// The member that `defaultMapping` names (OpenAPI 3.2 §4.25).
    fn default_variant(&mut self, alternatives: &Alternatives<'a>, tag: &Discriminator) -> Option<usize> {
        let name = extension::default_mapping(tag)?;
        let position = alternatives.members.iter().position(|member| member.name() == Some(name));
        if position.is_none() {
            let message = format!("`defaultMapping` is `{name}`, which is none of the alternatives");
            self.report(Code::SchemaDegraded, alternatives.schema.origin(), message);
        }
        position
    }

    /// The constants that the property can be, as the member has it.
    fn declared_tags(
        &mut self,
        member: SchemaRef<'a>,
        alternatives: &Alternatives<'a>,
        tag: &Discriminator,
    ) -> Declared {
        let branches = self.flatten_through(member, None);
        let mut narrowest: Option<(Vec<String>, bool)> = None;
        for branch in branches {
            let Some(property) = branch.schema.kind().properties.get(&tag.property_name) else { continue };
            let Some(property) = self.document.boxed_schema(property) else { continue };
            let values = self.constants_through(property);
            let is_own =
                property.name().is_none() && (branch.owner.is_none() || branch.owner == member.name());
            let is_narrower = narrowest.as_ref().is_none_or(|(known, _)| values.len() < known.len());
            if !values.is_empty() && is_narrower {
                narrowest = Some((values, is_own));
            }
        }
        let is_base = alternatives.of_base && member.same_place(alternatives.schema);
        match narrowest {
            Some((values, is_own)) if values.len() == 1 || (is_own && !is_base) => Declared::Own(values),
            Some((values, _)) => Declared::Shared(values),
            None => Declared::Nothing,
        }
    }

    /// The constants of a schema that are texts, its own or those of a branch.
    fn constants_through(&mut self, schema: SchemaRef<'a>) -> Vec<String> {
        let branches = self.flatten_through(schema, None);
        let texts = |branch: &super::all_of::Branch<'a>| -> Vec<String> {
            let values = branch.schema.kind().enumeration.iter();
            values.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let lists = branches.iter().map(texts).filter(|values| !values.is_empty());
        lists.min_by_key(Vec::len).unwrap_or_default()
    }
}

/// Several constants of which another member has one too are no member's own.
fn shared(declared: Vec<Declared>) -> Vec<Declared> {
    let mut owners: HashMap<String, usize> = HashMap::new();
    for one in &declared {
        if let Declared::Own(values) = one {
            values.iter().for_each(|value| *owners.entry(value.clone()).or_default() += 1);
        }
    }
    let is_shared = |value: &String| owners.get(value).is_some_and(|count| *count > 1);
    let sort = |one| match one {
        Declared::Own(values) if values.len() > 1 && values.iter().any(is_shared) => Declared::Shared(values),
        other => other,
    };
    declared.into_iter().map(sort).collect()
}

/// The discriminator's values for a member: the constants that the member itself declares, the keys that `mapping`
/// gives it, the value that an extension gives it; if there are none, its component name (OpenAPI 3.1 §4.8.25), or
/// that of the constants of the property that is like it.
fn tags(
    member: SchemaRef<'_>,
    declared: &Declared,
    alternatives: &Alternatives<'_>,
    tag: &Discriminator,
) -> Vec<String> {
    let name = member.name();
    let leads_here = |target: &str| {
        name.is_some_and(|name| target == name || target.strip_prefix("#/components/schemas/") == Some(name))
    };
    let mapped = tag.mapping.iter().filter(|(_, target)| leads_here(target)).map(|(value, _)| value.clone());
    let extended = extension::discriminator_value(member.data()).map(str::to_owned);
    let own = match declared {
        Declared::Own(values) => values.as_slice(),
        Declared::Shared(_) | Declared::Nothing => &[],
    };
    let mut tags: Vec<String> = Vec::new();
    for value in own.iter().cloned().chain(mapped).chain(extended) {
        if !tags.contains(&value) {
            tags.push(value);
        }
    }
    let is_base = alternatives.of_base && member.same_place(alternatives.schema);
    match (declared, name) {
        (Declared::Shared(values), Some(name)) if tags.is_empty() && !is_base => {
            let base = alternatives.schema.name().unwrap_or_default();
            tags.extend(alike(name, base, values).map(str::to_owned));
        }
        (_, Some(name)) if tags.is_empty() => tags.push(name.to_owned()),
        _ => {}
    }
    tags
}

/// The constant that is the name of a component in other words, with or without the name of the base in it.
fn alike<'v>(name: &str, base: &str, values: &'v [String]) -> Option<&'v str> {
    let plain = |text: &str| words_of(text).concat();
    let (name, base) = (plain(name), plain(base));
    let short = name.strip_suffix(&base).or_else(|| name.strip_prefix(&base));
    let short = short.filter(|rest| !rest.is_empty() && !base.is_empty());
    let is = |meant: &str| values.iter().find(|value| plain(value) == meant).map(String::as_str);
    is(&name).or_else(|| is(short?))
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn a_name_is_like_a_constant_with_or_without_its_base() {
        let values = ["event-hub".to_owned(), "EventGrid".to_owned()];
        assert_eq!(alike("EventHub", "Connection", &values), Some("event-hub"));
        assert_eq!(alike("EventGridConnection", "Connection", &values), Some("EventGrid"));
        assert_eq!(alike("Other", "Connection", &values), None);
    }
}
