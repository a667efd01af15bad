//! Lowers `allOf` and the keywords beside it to one flat type.
//!
//! ```yaml
//! allOf: [ { $ref: "#/components/schemas/Base" }, { required: [id] } ]
//! properties: { kind: { enum: [x] } }
//! ```
//! is one struct with the properties of `Base`, `id` required and `kind` narrowed. The order of branches does not
//! matter. An `allOf` of one schema with only annotations beside it is that schema. Alternatives beside properties
//! become alternatives that all have the properties.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    Schemas,
    class::{Alternatives, Class, Declared, Plain, has_object_keywords},
    merged::{Merged, add, classify_merged},
};
use crate::{diagnostic::Code, resolve::SchemaRef};

/// The maximum nesting of `allOf`.
const MAX_DEPTH: usize = 64;

/// A constraining schema, and the component it belongs to.
#[derive(Clone, Copy)]
pub(in crate::lower) struct Branch<'a> {
    /// The schema, without its `allOf`.
    pub schema: SchemaRef<'a>,
    /// The nearest enclosing component.
    pub owner: Option<&'a str>,
    /// Whether only its properties count, because its alternatives are handled elsewhere.
    pub bare: bool,
}

impl<'a> Branch<'a> {
    /// Creates a branch from everything the schema says.
    pub(in crate::lower) fn new(schema: SchemaRef<'a>, owner: Option<&'a str>) -> Self {
        Self { schema, owner, bare: false }
    }

    /// The schema of its array items.
    pub(super) fn items(self) -> Option<Self> {
        Some(Self::new(self.schema.items()?, self.owner))
    }
}

/// The branches found in nested `allOf`s.
#[derive(Default)]
struct Flat<'a> {
    branches: Vec<Branch<'a>>,
    visited: HashSet<usize>,
}

impl<'a> Schemas<'a> {
    /// Classifies a schema with `allOf`, or with alternatives beside properties.
    pub(in crate::lower) fn classify_all_of(&self, schema: SchemaRef<'a>) -> Class<'a> {
        let branches = self.flatten(schema);
        match branches.as_slice() {
            [] => Class::ANY,
            [only] if !only.schema.same_place(schema) && !self.is_child(schema) => Class::Same(only.schema),
            _ => self.merge(schema, &branches),
        }
    }

    /// Whether the schema is an alternative of a component that it extends, and therefore differs from it.
    fn is_child(&self, schema: SchemaRef<'a>) -> bool {
        schema.name().is_some_and(|name| self.children.is_in_family(name))
    }

    /// The component that a schema is equivalent to: the only reference among its branches, if the others say nothing,
    /// or only the type that the component has anyway.
    pub(in crate::lower) fn lone_reference(&self, schema: SchemaRef<'a>) -> Option<SchemaRef<'a>> {
        if adds(schema) || schema.is_tuple() || self.is_child(schema) {
            return None;
        }
        let mut types: Vec<&str> = schema.typ().into_iter().collect();
        let mut target: Option<SchemaRef<'a>> = None;
        for branch in schema.all_of().iter() {
            if branch.name().is_some() {
                if target.is_some_and(|known| !known.same_place(branch)) {
                    return None;
                }
                target = Some(branch);
            } else if adds(branch)
                || !branch.all_of().is_empty()
                || branch.is_tuple()
                || branch.overridden().is_some()
            {
                return None;
            } else {
                types.extend(branch.typ());
            }
        }
        target.filter(|target| types.iter().all(|typ| self.has_type(*target, typ)))
    }

    /// Whether every value of a schema has a type, as far as its keywords show.
    pub(in crate::lower) fn has_type(&self, schema: SchemaRef<'a>, typ: &str) -> bool {
        self.has_type_within(schema, typ, &mut HashMap::new(), 0)
    }

    /// The same with a memo of schemas; one that is still being examined counts as not having the type.
    fn has_type_within(
        &self,
        schema: SchemaRef<'a>,
        typ: &str,
        known: &mut HashMap<usize, bool>,
        depth: usize,
    ) -> bool {
        if let Some(own) = type_of(schema) {
            return own == typ;
        }
        if let Some(known) = known.get(&schema.place()) {
            return *known;
        }
        if depth > MAX_DEPTH {
            return false;
        }
        known.insert(schema.place(), false);
        let mut has = |next| self.has_type_within(next, typ, known, depth + 1);
        let (alternatives, constants) = (schema.alternatives(), schema.enumeration());
        let are_texts = !constants.is_empty() && constants.iter().all(Value::is_string);
        let found = schema.all_of().iter().any(&mut has)
            || (!alternatives.is_empty() && alternatives.iter().all(&mut has))
            || (are_texts && typ == "string");
        known.insert(schema.place(), found);
        found
    }

    /// The constraining branches, with those of nested `allOf`s in place. A lone reference stays a reference, so that
    /// `allOf: [{$ref: X}]` is `X`.
    pub(in crate::lower) fn flatten(&self, schema: SchemaRef<'a>) -> Vec<Branch<'a>> {
        if let Some(target) = self.lone_reference(schema) {
            return vec![Branch::new(target, target.name())];
        }
        let mut flat = Flat::default();
        self.flatten_into(schema, schema.name(), &mut flat, 0);
        flat.branches
    }

    fn flatten_into(&self, schema: SchemaRef<'a>, owner: Option<&'a str>, flat: &mut Flat<'a>, depth: usize) {
        if !flat.visited.insert(schema.place()) {
            return;
        }
        if depth > MAX_DEPTH {
            let message = format!("`allOf` nests deeper than {MAX_DEPTH}");
            self.report(Code::LimitReached, schema.origin(), message);
            return;
        }
        for branch in schema.all_of().iter() {
            self.merge_in(branch.name());
            self.flatten_into(branch, branch.name().or(owner), flat, depth + 1);
        }
        if constrains(schema) {
            flat.branches.push(Branch::new(schema, owner));
        }
    }

    /// Merges several branches.
    pub(in crate::lower) fn merge(&self, schema: SchemaRef<'a>, branches: &[Branch<'a>]) -> Class<'a> {
        if let Some(message) = contradiction(branches) {
            self.report(Code::ContradictoryAllOf, schema.origin(), message);
            return Class::ANY;
        }
        let objects: Vec<Branch<'a>> =
            branches.iter().copied().filter(|branch| is_object(branch.schema)).collect();
        let mut choices = self.choices(schema, branches).into_iter();
        match choices.next() {
            Some((_, mut alternatives)) => {
                // Each alternative of the first list is combined with those of the others.
                let mut common: Vec<Branch<'a>> = choices.map(|(branch, _)| branch).collect();
                let is_new =
                    |object: &Branch<'a>| !common.iter().any(|one| one.schema.same_place(object.schema));
                let objects: Vec<Branch<'a>> = objects.into_iter().filter(is_new).collect();
                common.extend(objects.into_iter().map(|one| Branch { bare: true, ..one }));
                alternatives.common = common;
                Class::Declared(Declared::Union(alternatives))
            }
            None if objects.is_empty() => self.merge_scalars(branches),
            None => {
                let mut merged = Merged::default();
                for object in &objects {
                    self.merge_object(*object, &mut merged);
                }
                classify_merged(merged)
            }
        }
    }

    /// The lists of alternatives among the branches, each with its branch. Skips lists that only require properties,
    /// and those of a base that lists the schema itself among its children: they distinguish no types.
    fn choices(&self, schema: SchemaRef<'a>, branches: &[Branch<'a>]) -> Vec<(Branch<'a>, Alternatives<'a>)> {
        let mut found: Vec<(Branch<'a>, Alternatives<'a>)> = Vec::new();
        let lists = |branch: &&Branch<'a>| {
            branch.schema.name().is_some_and(|base| self.children.lists(base, schema.place()))
        };
        let mut asked: Vec<Branch<'a>> =
            branches.iter().filter(|branch| !branch.bare && !lists(branch)).copied().collect();
        // A branch with branches of its own leads back to them, so it can only be the list that the others are added
        // to.
        asked.sort_by_key(|branch| branch.schema.all_of().is_empty());
        for branch in asked {
            let Some(alternatives) = self.alternatives(branch.schema) else { continue };
            let only_demands = alternatives.members.iter().all(|member| only_demands(*member));
            let part = |member: &SchemaRef<'a>| {
                let of_member = |one: &Branch<'a>| one.owner.is_some() && one.owner == member.name();
                member.same_place(schema) || branches.iter().any(of_member)
            };
            let lists_itself = alternatives.members.iter().any(part);
            if only_demands || lists_itself {
                continue;
            }
            if !found.is_empty() && !branch.schema.all_of().is_empty() {
                let message = "a second list of alternatives in one schema; what it adds is kept among the extra properties";
                self.report(Code::SchemaDegraded, branch.schema.origin(), message);
                continue;
            }
            found.push((branch, alternatives));
        }
        found
    }

    /// Merges branches none of which is an object: the items of arrays together, otherwise the most specific branch.
    fn merge_scalars(&self, branches: &[Branch<'a>]) -> Class<'a> {
        let mut items = Vec::new();
        branches.iter().filter_map(|branch| branch.items()).for_each(|one| add(&mut items, one));
        let is_list = |branch: &Branch<'a>| !branch.schema.is_tuple();
        if items.len() > 1 && branches.iter().all(is_list) {
            return Class::Plain(Plain::List(items));
        }
        let mut schemas: Vec<SchemaRef<'a>> = branches.iter().map(|branch| branch.schema).collect();
        schemas.sort_by_key(|schema| std::cmp::Reverse(narrowness(*schema)));
        let constants = schemas.iter().find_map(|schema| self.constants(*schema));
        match (constants, schemas.first()) {
            (Some(constants), _) => Class::Declared(Declared::Enumeration(constants)),
            (None, Some(narrowest)) => self.classify_type(*narrowest),
            (None, None) => Class::ANY,
        }
    }
}

/// Why no value can satisfy all branches, if their types show it.
fn contradiction(branches: &[Branch<'_>]) -> Option<String> {
    let types: Vec<&str> = branches.iter().filter_map(|branch| type_of(branch.schema)).collect();
    let (first, others) = types.split_first()?;
    let numeric = |name: &str| matches!(name, "integer" | "number");
    let other = others.iter().find(|other| *other != first && !(numeric(other) && numeric(first)))?;
    Some(format!("one branch is of type `{first}`, another of type `{other}`"))
}

/// The type of a schema, by keyword or because it has properties.
fn type_of(schema: SchemaRef<'_>) -> Option<&str> {
    schema.typ().or_else(|| has_object_keywords(schema).then_some("object"))
}

/// Whether the schema constrains values, apart from its `allOf`.
pub(in crate::lower) fn constrains(schema: SchemaRef<'_>) -> bool {
    schema.typ().is_some() || constrains_beyond_type(schema)
}

/// Whether the schema constrains values beyond their type, apart from its `allOf`.
pub(in crate::lower) fn constrains_beyond_type(schema: SchemaRef<'_>) -> bool {
    has_object_keywords(schema) || constrains_values(schema)
}

/// Whether the schema says more than that no other properties are allowed, which does not affect the type.
fn adds(schema: SchemaRef<'_>) -> bool {
    let closes = schema.additional().is_forbidden();
    let only_closes = closes && !schema.has_properties() && schema.required().is_empty();
    has_object_keywords(schema) && !only_closes || constrains_values(schema)
}

fn constrains_values(schema: SchemaRef<'_>) -> bool {
    schema.items().is_some()
        || schema.format().is_some()
        || !schema.enumeration().is_empty()
        || !schema.alternatives().is_empty()
}

/// Whether a schema only requires properties.
fn only_demands(schema: SchemaRef<'_>) -> bool {
    !schema.has_properties()
        && !schema.additional().is_specified()
        && schema.all_of().is_empty()
        && !constrains_values(schema)
}

fn is_object(schema: SchemaRef<'_>) -> bool {
    type_of(schema) == Some("object")
}

/// How specific a schema is.
fn narrowness(schema: SchemaRef<'_>) -> usize {
    match schema.enumeration().len() {
        0 if schema.items().is_some() || !schema.alternatives().is_empty() => 3,
        0 if schema.format().is_some() || schema.is_type("integer") => 2,
        0 if schema.typ().is_some() => 1,
        0 => 0,
        constants => 1000usize.saturating_sub(constants).max(4),
    }
}
