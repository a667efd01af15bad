//! Finds the property that tells bodies of webhooks apart.
//!
//! ```yaml
//! userCreated: { required: [type], properties: { type: { const: user.created }, user: … } }
//! userDeleted: { required: [type], properties: { type: { const: user.deleted }, id: … } }
//! ```
//! are told apart by `type`. Documents are less strict about these bodies than about alternatives: the property may be
//! optional, some bodies may lack it, and if several list all constants, each has the one that is like its name. A body
//! that has alternatives has the constants of all of them.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use super::{Schemas, all_of::Branch};
use crate::{diagnostic::Code, ir::TagKind, language::words::joined, resolve::SchemaRef};

/// How many constants of all bodies are compared: several bodies can refer to one long list.
const MAX_CONSTANTS: usize = 1_000_000;

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

/// The alternatives of a body, most often one, each with its branches. Empty for a body that is not an object.
type Shapes<'a> = Vec<Vec<Branch<'a>>>;

impl<'a> Schemas<'a> {
    /// The property that tells most of the bodies, at least two of them; the first of several.
    pub(in crate::lower) fn telling(&self, bodies: &[EventBody<'a>]) -> Option<Telling<'a>> {
        let all: Vec<Shapes<'a>> = bodies.iter().map(|body| self.shapes(body.schema)).collect();
        let mut best: Option<(usize, &'a str, Vec<Vec<String>>)> = None;
        for (name, constants) in self.constants_by_property(&all) {
            // The first of the largest.
            if constants.len() > best.as_ref().map_or(1, |(told, ..)| *told) {
                let tags = own(bodies, &constants);
                let told = tags.iter().filter(|tags| !tags.is_empty()).count();
                if told > best.as_ref().map_or(1, |(told, ..)| *told) {
                    best = Some((told, name, tags));
                }
            }
        }
        let (_, property, tags) = best?;
        let requires = |branch: &Branch<'a>| branch.schema.required().iter().any(|one| one == property);
        let is_required = |shapes: &Shapes<'a>| shapes.iter().all(|branches| branches.iter().any(requires));
        let kind = |shapes: &Shapes<'a>| shapes.first().map(|branches| self.tag_kind_in(branches, property));
        Some(Telling {
            property,
            tags,
            is_required: all.iter().map(is_required).collect(),
            kinds: all.iter().map(|shapes| kind(shapes).unwrap_or_default()).collect(),
        })
    }

    /// The constants of each property, by the index of the body.
    fn constants_by_property(&self, all: &[Shapes<'a>]) -> IndexMap<&'a str, IndexMap<usize, Vec<String>>> {
        let mut found: IndexMap<&'a str, IndexMap<usize, Vec<String>>> = IndexMap::new();
        let mut count = 0;
        for (index, shapes) in all.iter().enumerate() {
            let branches = shapes.first().into_iter().flatten();
            let names: IndexSet<&'a str> =
                branches.flat_map(|branch| branch.schema.properties()).map(|(name, _)| name).collect();
            for name in names {
                let constants = self.constants_in(name, shapes);
                count += constants.len();
                if count > MAX_CONSTANTS {
                    if let Some(branch) = shapes.iter().flatten().next() {
                        let message =
                            "bodies of webhooks have so many constants that those from here on tell nothing";
                        self.report(Code::WebhooksAlike, branch.schema.origin(), message);
                    }
                    return found;
                }
                if !constants.is_empty() {
                    found.entry(name).or_default().insert(index, constants);
                }
            }
        }
        found
    }

    fn shapes(&self, schema: Option<SchemaRef<'a>>) -> Shapes<'a> {
        let Some(schema) = schema.filter(|schema| !self.is_no_object(*schema)) else { return Vec::new() };
        let own = self.flatten_through(schema, None);
        let members = schema.alternatives();
        if members.iter().any(|member| self.is_no_object(member)) {
            return Vec::new();
        }
        match members.is_empty() {
            true => vec![own],
            false => members.iter().map(|member| self.branches(&own, member)).collect(),
        }
    }

    /// The constants of a property of all alternatives; none if one has other values.
    fn constants_in(&self, name: &str, shapes: &Shapes<'a>) -> Vec<String> {
        let mut found = IndexSet::new();
        for branches in shapes {
            let properties = branches.iter().filter_map(|branch| branch.schema.property(name));
            let lists = properties.filter_map(|schema| self.lone_constants(schema));
            match lists.min_by_key(Vec::len) {
                Some(constants) => found.extend(constants),
                None => return Vec::new(),
            }
        }
        found.into_iter().collect()
    }
}

/// The constants that each body has to itself, of those that some have. One that shares all of its constants with others
/// has the one that is like its name.
fn own(bodies: &[EventBody<'_>], constants: &IndexMap<usize, Vec<String>>) -> Vec<Vec<String>> {
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for constant in constants.values().flatten() {
        *owners.entry(constant).or_default() += 1;
    }
    let mut taken = HashSet::new();
    let mut tags = vec![Vec::new(); bodies.len()];
    for (index, constants) in constants {
        let own = constants.iter().filter(|one| owners.get(one.as_str()) == Some(&1));
        tags[*index].extend(own.cloned());
        if tags[*index].is_empty() {
            let names: Vec<String> = bodies[*index].names.iter().map(|name| joined(name)).collect();
            let named =
                constants.iter().find(|one| names.contains(&joined(one)) && taken.insert(one.as_str()));
            tags[*index].extend(named.cloned());
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::{EventBody, own};

    fn told(bodies: &[(&'static str, &[&str])]) -> Vec<Vec<String>> {
        let named = bodies.iter().map(|(name, _)| EventBody { names: vec![*name], schema: None });
        let constants =
            bodies.iter().map(|(_, constants)| constants.iter().map(|one| (*one).to_owned()).collect());
        own(&named.collect::<Vec<_>>(), &constants.enumerate().collect())
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
