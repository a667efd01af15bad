//! Finds the property that tells bodies of webhooks apart.
//!
//! ```yaml
//! userCreated: { required: [type], properties: { type: { const: user.created }, user: … } }
//! userDeleted: { required: [type], properties: { type: { const: user.deleted }, id: … } }
//! ```
//! are told apart by `type`. Documents are less strict about these bodies than about alternatives: the property may be
//! optional, some bodies may lack it, and if several list all constants, each has the one that is like its name.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::{Schemas, all_of::Branch};
use crate::{ir::TagKind, language::words::joined, resolve::SchemaRef};

/// The body of an event.
pub(in crate::lower) struct EventBody<'a> {
    /// What the event is called: its name, its `operationId`.
    pub names: Vec<&'a str>,
    /// Its schema; `None` if it may be anything.
    pub schema: Option<SchemaRef<'a>>,
}

/// A property that tells bodies apart.
pub(in crate::lower) struct Telling<'a> {
    /// Its name.
    pub property: &'a str,
    /// Its values for each body; none for a body that it does not tell.
    pub tags: Vec<Vec<String>>,
    /// Whether each body must have it.
    pub is_required: Vec<bool>,
    /// The JSON type of its values in each body.
    pub kinds: Vec<TagKind>,
}

/// The branches of a body that is an object.
type Object<'a> = Option<Vec<Branch<'a>>>;

impl<'a> Schemas<'a> {
    /// The property that tells most of the bodies, at least two of them; the first of several.
    pub(in crate::lower) fn telling(&self, bodies: &[EventBody<'a>]) -> Option<Telling<'a>> {
        let objects: Vec<Object<'a>> = bodies.iter().map(|body| self.object(body.schema?)).collect();
        let branches = || objects.iter().flatten().flatten();
        let names: IndexSet<&'a str> =
            branches().flat_map(|branch| branch.schema.properties()).map(|(name, _)| name).collect();
        let mut best: Option<(usize, &'a str, Vec<Vec<String>>)> = None;
        for name in names {
            let constants: Vec<Vec<String>> =
                objects.iter().map(|object| self.constants_of(name, object)).collect();
            let tags = own(bodies, &constants);
            let told = tags.iter().filter(|tags| !tags.is_empty()).count();
            if told > best.as_ref().map_or(1, |(told, ..)| *told) {
                best = Some((told, name, tags));
            }
        }
        let (_, property, tags) = best?;
        let requires = |branch: &Branch<'a>| branch.schema.required().iter().any(|one| one == property);
        Some(Telling {
            property,
            tags,
            is_required: objects.iter().map(|object| object.iter().flatten().any(requires)).collect(),
            kinds: objects.iter().map(|object| self.kind_of(property, object)).collect(),
        })
    }

    fn object(&self, schema: SchemaRef<'a>) -> Object<'a> {
        (!self.is_no_object(schema)).then(|| self.flatten_through(schema, None))
    }

    /// The constants of a property of an object; none if it has other values.
    fn constants_of(&self, name: &str, object: &Object<'a>) -> Vec<String> {
        let properties = object.iter().flatten().filter_map(|branch| branch.schema.property(name));
        let lists = properties.filter_map(|schema| self.lone_constants(schema));
        lists.min_by_key(Vec::len).unwrap_or_default()
    }

    fn kind_of(&self, name: &str, object: &Object<'a>) -> TagKind {
        object.as_deref().map_or_else(TagKind::default, |branches| self.tag_kind_in(branches, name))
    }
}

/// The constants that each body has to itself. One that shares all of its constants with others has the one that is
/// like its name.
fn own(bodies: &[EventBody<'_>], constants: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for constant in constants.iter().flatten() {
        *owners.entry(constant).or_default() += 1;
    }
    let mut taken = HashSet::new();
    let of_body = |(body, constants): (&EventBody<'_>, &Vec<String>)| {
        let own: Vec<String> =
            constants.iter().filter(|one| owners.get(one.as_str()) == Some(&1)).cloned().collect();
        if !own.is_empty() {
            return own;
        }
        let names: Vec<String> = body.names.iter().map(|name| joined(name)).collect();
        let named = constants.iter().find(|one| names.contains(&joined(one)) && !taken.contains(*one));
        taken.extend(named.cloned());
        named.cloned().into_iter().collect()
    };
    bodies.iter().zip(constants).map(of_body).collect()
}

#[cfg(test)]
mod tests {
    use super::{EventBody, own};

    fn told(bodies: &[(&'static str, &[&str])]) -> Vec<Vec<String>> {
        let named = bodies.iter().map(|(name, _)| EventBody { names: vec![*name], schema: None });
        let constants =
            bodies.iter().map(|(_, constants)| constants.iter().map(|one| (*one).to_owned()).collect());
        own(&named.collect::<Vec<_>>(), &constants.collect::<Vec<_>>())
    }

    #[test]
    fn a_constant_of_several_tells_none_of_them() {
        assert_eq!(told(&[("a", &["x"]), ("b", &["y", "z"]), ("c", &["z"])]), [vec!["x"], vec!["y"], vec![]]);
    }

    #[test]
    fn a_list_of_all_has_the_name_of_each() {
        let all: &[&str] = &["user.created", "user.deleted"];
        let expected = [vec!["user.created"], vec!["user.deleted"], vec![]];
        assert_eq!(told(&[("userCreated", all), ("user_deleted", all), ("other", all)]), expected);
    }
}
