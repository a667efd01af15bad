//! The places of a document that values are checked against: the schemas that describe a value, however it was
//! reached.

use std::collections::HashMap;

use super::kinds::Kinds;
use crate::{
    ir::Origin,
    normalise::corrections::{
        schemas::{self, Follow},
        select::node_at,
    },
    source::{Node, Pointer, Value},
};

/// The index of a spot.
pub(crate) type SpotId = usize;

/// The step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// A member of an object.
    Member(String),
    /// An item of a list.
    Item,
    /// The item of a list at a position.
    Position(usize),
    /// A value of a map.
    Value,
    /// The value itself, as one of its alternatives.
    Variant(Origin),
}

/// A place that values are checked against.
#[derive(Debug)]
pub(crate) struct Spot {
    /// The spot that this is a part of; `None` for the body of a response.
    pub outer: Option<SpotId>,
    /// The step from there.
    pub step: Option<Step>,
    /// The places of its schemas in the document; empty if not found.
    pub places: Vec<Pointer>,
    /// Further schemas that describe its parts: those that it is an alternative of.
    context: Vec<Pointer>,
    /// The response.
    pub response: Pointer,
    /// The kinds of values seen there.
    pub seen: Kinds,
}

impl Spot {
    /// The schemas in which parts of the value are searched.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Pointer> {
        self.places.iter().chain(&self.context)
    }
}

/// All spots of a run.
#[derive(Debug, Default)]
pub(crate) struct Spots {
    list: Vec<Spot>,
    known: HashMap<(SpotId, Step), SpotId>,
    bodies: HashMap<Pointer, SpotId>,
    /// The places of alternatives, by origin.
    origins: HashMap<Origin, Option<Pointer>>,
}

impl Spots {
    pub(crate) fn get(&self, id: SpotId) -> &Spot {
        &self.list[id]
    }

    /// The indices of all spots.
    pub(crate) fn ids(&self) -> impl Iterator<Item = SpotId> + use<> {
        0..self.list.len()
    }

    pub(super) fn see(&mut self, id: SpotId, value: &serde_json::Value) {
        self.list[id].seen.add(value);
    }

    /// The spot for the body of a response with its schema at a place.
    pub(super) fn body(&mut self, response: &Pointer, schema: &Pointer) -> SpotId {
        if let Some(known) = self.bodies.get(schema) {
            return *known;
        }
        let id = self.list.len();
        self.bodies.insert(schema.clone(), id);
        self.list.push(Spot {
            outer: None,
            step: None,
            places: vec![schema.clone()],
            context: Vec::new(),
            response: response.clone(),
            seen: Kinds::default(),
        });
        id
    }

    /// The spot for a part of a value.
    pub(super) fn part(&mut self, tree: &Node, outer: SpotId, step: &Step) -> SpotId {
        if let Some(known) = self.known.get(&(outer, step.clone())) {
            return *known;
        }
        let (places, context) = match step {
            Step::Variant(origin) => {
                let place = self.origin(tree, *origin);
                (place.into_iter().collect(), self.list[outer].all().cloned().collect())
            }
            Step::Member(name) => (self.below(tree, outer, &["properties", name]), Vec::new()),
            Step::Item => (self.below(tree, outer, &["items"]), Vec::new()),
            Step::Position(at) => {
                let own = self.below(tree, outer, &["prefixItems", &at.to_string()]);
                (if own.is_empty() { self.below(tree, outer, &["items"]) } else { own }, Vec::new())
            }
            Step::Value => (self.values(tree, outer), Vec::new()),
        };
        let id = self.list.len();
        let response = self.list[outer].response.clone();
        self.known.insert((outer, step.clone()), id);
        self.list.push(Spot {
            outer: Some(outer),
            step: Some(step.clone()),
            places,
            context,
            response,
            seen: Kinds::default(),
        });
        id
    }

    fn below(&self, tree: &Node, outer: SpotId, keys: &[&str]) -> Vec<Pointer> {
        let find = |follow: Follow| -> Vec<Pointer> {
            let mut found: Vec<Pointer> = Vec::new();
            for place in self.list[outer].all().flat_map(|place| schemas::parts(tree, place, follow, keys)) {
                if !found.contains(&place) {
                    found.push(place);
                }
            }
            found
        };
        let own = find(Follow::All);
        if own.is_empty() { find(Follow::Alternatives) } else { own }
    }

    /// The schemas of the values of a map.
    fn values(&self, tree: &Node, outer: SpotId) -> Vec<Pointer> {
        let mut found = Vec::new();
        for (place, node) in self.list[outer].all().flat_map(|place| schemas::all(tree, place, Follow::All)) {
            for key in ["additionalProperties", "unevaluatedProperties"] {
                if node.get(key).is_some_and(|schema| schema.as_object().is_some()) {
                    found.push(place.join(key));
                }
            }
            let patterns = node.get("patternProperties").and_then(Node::as_object).into_iter().flatten();
            found.extend(patterns.map(|(pattern, _)| place.join("patternProperties").join(pattern)));
        }
        found.dedup();
        found
    }

    /// The place of the schema that an alternative was read from.
    fn origin(&mut self, tree: &Node, origin: Origin) -> Option<Pointer> {
        let search = || {
            let mut way = Vec::new();
            find(tree, origin, &mut way).then(|| way.into_iter().collect())
        };
        self.origins.entry(origin).or_insert_with(search).clone()
    }
}

/// Finds a node, and records the path to it.
fn find(node: &Node, origin: Origin, way: &mut Vec<String>) -> bool {
    let mut step = |name: &dyn Fn() -> String, child: &Node| {
        if matches!(child.value, Value::Object(_) | Value::Array(_)) {
            way.push(name());
            if find(child, origin, way) {
                return true;
            }
            way.pop();
        }
        false
    };
    node.id == origin
        || match &node.value {
            Value::Object(entries) => entries.iter().any(|(key, child)| step(&|| key.clone(), child)),
            Value::Array(items) => {
                items.iter().enumerate().any(|(index, item)| step(&|| index.to_string(), item))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
}

/// The place with its references resolved.
pub(super) fn end(tree: &Node, place: &Pointer) -> Pointer {
    match (schemas::end(tree, place), node_at(tree, place)) {
        (Some((end, _)), Some(node)) if schemas::target(node).is_some() => end,
        _ => place.clone(),
    }
}
