//! Chooses the key of a correction: `Schema.property` if it selects exactly the places, otherwise JSON pointers.

use std::collections::HashSet;

use super::spot::{Spot, SpotId, Spots, Step};
use crate::{
    normalise::corrections::{
        schemas::{self, Follow},
        select::{components, node_at, select, text},
    },
    source::{Node, NodeId, Pointer},
};

/// What a correction must cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// The places.
    Places,
    /// Every `required` list that contains the member.
    Lists,
}

/// The keys that select exactly these places: a single one if possible, otherwise one per place.
pub(super) fn keys(tree: &Node, spots: &Spots, id: SpotId, places: &[Pointer], need: Need) -> Vec<String> {
    let spot = spots.get(id);
    let wanted: HashSet<NodeId> = places.iter().filter_map(|place| Some(node_at(tree, place)?.id)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let member = match &spot.step {
        Some(Step::Member(name)) => spot.outer.map(|outer| (spots.get(outer), name.as_str())),
        _ => None,
    };
    let lists = match (need, member) {
        (Need::Lists, Some((object, name))) => lists(tree, object.all(), name),
        _ => HashSet::new(),
    };
    let is_right = |key: &String| {
        let Ok(found) = select(tree, key) else { return false };
        let ids: HashSet<NodeId> = found.places.iter().map(|place| place.id).collect();
        let name = member.map_or("", |(_, name)| name);
        let reached = || -> HashSet<Pointer> {
            let objects = found.places.iter().flat_map(|place| {
                place.objects.iter().cloned().chain(object_of(&place.pointer)).collect::<Vec<_>>()
            });
            objects.flat_map(|object| schemas::requiring(tree, &object, name)).collect()
        };
        !found.is_glob && ids == wanted && (lists.is_empty() || lists.is_subset(&reached()))
    };
    match candidates(tree, places, member).into_iter().find(is_right) {
        Some(key) => vec![key],
        None => places.iter().map(text).collect(),
    }
}

/// The `required` lists of an object that contain a name.
fn lists<'p>(tree: &Node, object: impl Iterator<Item = &'p Pointer>, name: &str) -> HashSet<Pointer> {
    object.flat_map(|place| schemas::requiring(tree, place, name)).collect()
}

/// The object that contains a property.
fn object_of(place: &Pointer) -> Option<Pointer> {
    match place.segments() {
        [object @ .., keyword, _] if keyword == "properties" => Some(object.iter().cloned().collect()),
        _ => None,
    }
}

/// Candidate keys, best first: by the name of the schema that has the property, of one that extends it, or a pointer
/// through the object in which it was found.
fn candidates(tree: &Node, places: &[Pointer], member: Option<(&Spot, &str)>) -> Vec<String> {
    let mut found: Vec<String> = places.iter().filter_map(|place| named(tree, place)).collect();
    found.extend(places.first().filter(|_| places.len() == 1).map(text));
    if let Some((object, name)) = member {
        let parts = object.all().flat_map(|place| schemas::all(tree, place, Follow::Alternatives));
        let names = parts.filter_map(|(place, _)| named(tree, &place));
        found.extend(names.map(|owner| format!("{owner}.{name}")));
        let through = object.all().map(|place| text(&place.join("properties").join(name)));
        found.extend(through);
    }
    found
}

/// A place below a component schema, by names.
fn named(tree: &Node, place: &Pointer) -> Option<String> {
    let (section, _) = components(tree)?;
    let (name, mut rest) = place.segments().strip_prefix(section.segments())?.split_first()?;
    let mut key = name.clone();
    loop {
        rest = match rest {
            [] => return Some(key).filter(|key| !key.contains('#') && !key.starts_with('/')),
            [keyword, name, rest @ ..] if keyword == "properties" => {
                key = format!("{key}.{name}");
                rest
            }
            [keyword, _, rest @ ..]
                if matches!(keyword.as_str(), "allOf" | "oneOf" | "anyOf") && !rest.is_empty() =>
            {
                rest
            }
            [keyword, rest @ ..] if keyword == "items" => {
                key.push_str("[]");
                rest
            }
            [keyword, rest @ ..] if keyword == "additionalProperties" => {
                key.push_str("{}");
                rest
            }
            _ => return None,
        };
    }
}
