//! `allOf` and the keywords beside it: one flat type.
//!
//! ```yaml
//! allOf: [ { $ref: "#/components/schemas/Base" }, { required: [id] } ]
//! properties: { kind: { enum: [x] } }
//! ```
//! is one struct with the properties of `Base`, `id` required and `kind` narrowed. The order of branches does not
//! matter. An `allOf` of one schema with nothing but annotations beside it is that schema.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::AnySchema;

use super::{
    Lowering,
    class::{Class, has_object_keywords},
    record::{additional, classify_merged},
};
use crate::{diagnostic::Code, resolve::SchemaRef};

/// How many branches deep an `allOf` is followed.
const MAX_DEPTH: usize = 64;

/// What the branches say together of an object.
#[derive(Default)]
pub(super) struct Merged<'a> {
    /// The properties, in the order first met.
    pub properties: IndexMap<&'a str, Property<'a>>,
    /// The names of those that must be there.
    pub required: HashSet<&'a str>,
    /// The declared type of other properties.
    pub additional: Option<SchemaRef<'a>>,
    /// Whether other properties are forbidden.
    pub closed: bool,
}

/// A property.
pub(super) struct Property<'a> {
    /// Its schema.
    pub schema: SchemaRef<'a>,
}

impl<'a> Lowering<'a> {
    /// A schema with `allOf`, or with alternatives beside properties.
    pub(super) fn classify_all_of(&mut self, schema: SchemaRef<'a>) -> Class<'a> {
        let mut branches = Vec::new();
        self.flatten(schema, &mut branches, &mut HashSet::new(), 0);
        match branches.as_slice() {
            [] => Class::Any,
            [only] if !only.same_place(schema) => Class::Same(*only),
            _ => self.merge(schema, &branches),
        }
    }

    /// The branches that constrain anything, those of nested `allOf`s in their place. A lone reference stays a
    /// reference, so that `allOf: [{$ref: X}]` is `X`.
    fn flatten(
        &mut self,
        schema: SchemaRef<'a>,
        branches: &mut Vec<SchemaRef<'a>>,
        visited: &mut HashSet<&'a str>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            self.report(
                Code::LimitReached,
                schema.origin(),
                format!("`allOf` nests deeper than {MAX_DEPTH}"),
            );
            return;
        }
        let kind = schema.kind();
        let own = constrains(kind);
        for branch in &kind.all_of {
            let Some(branch) = self.document.schema(branch) else { continue };
            let lone = depth == 0 && !own && kind.all_of.len() == 1;
            if let Some(name) = branch.name().filter(|_| !lone) {
                self.merged.insert(name);
            }
            match branch.name() {
                Some(name) if !visited.insert(name) => {}
                Some(_) if lone => branches.push(branch),
                _ => self.flatten(branch, branches, visited, depth + 1),
            }
        }
        if own {
            branches.push(schema);
        }
    }

    /// What several branches make together.
    fn merge(&mut self, schema: SchemaRef<'a>, branches: &[SchemaRef<'a>]) -> Class<'a> {
        let (objects, others): (Vec<SchemaRef<'a>>, Vec<SchemaRef<'a>>) =
            branches.iter().partition(|branch| is_object(branch.kind()));
        if objects.is_empty() {
            return self.merge_scalars(schema, &others);
        }
        let beside = objects
            .iter()
            .filter(|object| !object.kind().one_of.is_empty() || !object.kind().any_of.is_empty());
        for other in others.iter().chain(beside) {
            let alternatives = !other.kind().one_of.is_empty() || !other.kind().any_of.is_empty();
            let message = if alternatives {
                "alternatives beside properties are not told apart; what they add is kept among the extra properties"
            } else {
                "a branch that is no object beside branches that are; it is ignored"
            };
            self.report(Code::SchemaDegraded, other.origin(), message);
        }
        let mut merged = Merged::default();
        for object in &objects {
            self.merge_object(*object, &mut merged);
        }
        classify_merged(merged)
    }

    /// Branches none of which is an object: the one that says most.
    fn merge_scalars(&mut self, schema: SchemaRef<'a>, branches: &[SchemaRef<'a>]) -> Class<'a> {
        let types: HashSet<&str> =
            branches.iter().filter_map(|branch| branch.kind().typ.as_deref()).collect();
        if types.len() > 1 && !(types.len() == 2 && types.contains("integer") && types.contains("number")) {
            self.report(Code::ContradictoryAllOf, schema.origin(), "the branches have different types");
            return Class::Any;
        }
        for branch in branches {
            if let Some(constants) = self.constants(*branch) {
                return Class::Enumeration(constants);
            }
        }
        let most = branches.iter().max_by_key(|branch| branch.kind().typ.is_some());
        match most {
            Some(most) => match self.alternatives(*most) {
                Some(alternatives) => Class::Union(alternatives),
                None => self.classify_type(*most),
            },
            None => Class::Any,
        }
    }

    /// Adds what one branch says of properties.
    pub(super) fn merge_object(&mut self, schema: SchemaRef<'a>, merged: &mut Merged<'a>) {
        let kind = schema.kind();
        merged.required.extend(kind.required.iter().map(String::as_str));
        for (wire, property) in &kind.properties {
            let Some(property) = self.document.boxed_schema(property) else { continue };
            self.merge_property(wire, property, merged);
        }
        let (additional, closed) = additional(self, kind.additional_properties.as_ref());
        merged.additional = merged.additional.take().or(additional);
        merged.closed |= closed;
    }

    /// A property that several branches declare is what the narrowest of them says.
    fn merge_property(&mut self, wire: &'a str, schema: SchemaRef<'a>, merged: &mut Merged<'a>) {
        let Some(known) = merged.properties.get_mut(wire) else {
            merged.properties.insert(wire, Property { schema });
            return;
        };
        let (old, new) = (known.schema, schema);
        let conflict = match (old.kind().typ.as_deref(), new.kind().typ.as_deref()) {
            (Some(old), Some(new)) => {
                old != new && !matches!((old, new), ("number", "integer") | ("integer", "number"))
            }
            _ => false,
        };
        if narrowness(new.kind()) > narrowness(old.kind()) {
            known.schema = new;
        }
        if conflict {
            let message = format!("`{wire}` has another type in another branch; the narrower one is taken");
            self.report(Code::ContradictoryAllOf, new.origin(), message);
        }
    }
}

/// Whether the schema says anything of values, apart from its `allOf`.
fn constrains(kind: &AnySchema) -> bool {
    has_object_keywords(kind)
        || kind.typ.is_some()
        || kind.items.is_some()
        || !kind.enumeration.is_empty()
        || !kind.one_of.is_empty()
        || !kind.any_of.is_empty()
}

fn is_object(kind: &AnySchema) -> bool {
    has_object_keywords(kind) || kind.typ.as_deref() == Some("object")
}

/// How much a schema says of its values.
fn narrowness(kind: &AnySchema) -> usize {
    match kind.enumeration.len() {
        0 if has_object_keywords(kind) || kind.items.is_some() || !kind.all_of.is_empty() => 3,
        0 if kind.format.is_some() || kind.typ.as_deref() == Some("integer") => 2,
        0 if kind.typ.is_some() || !kind.one_of.is_empty() || !kind.any_of.is_empty() => 1,
        0 => 0,
        constants => 1000usize.saturating_sub(constants).max(4),
    }
}
