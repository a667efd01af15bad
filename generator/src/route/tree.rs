//! Builds the tree of resources.

use std::collections::HashMap;

use super::choose::Chosen;
use crate::{
    ir::{Docs, Resource, ResourceId},
    language::words::words_of,
};

/// The resources in the order in which operations first need them, after the root.
pub(super) fn resources(places: &[Chosen]) -> Vec<Resource> {
    let mut tree = Tree::new();
    places.iter().for_each(|place| tree.insert(place));
    tree.resources
}

/// The tree under construction.
struct Tree {
    resources: Vec<Resource>,
    by_path: HashMap<Vec<Vec<String>>, ResourceId>,
}

impl Tree {
    fn new() -> Self {
        let root = resource(String::new(), ResourceId::ROOT);
        let by_path = HashMap::from([(Vec::new(), ResourceId::ROOT)]);
        Self { resources: vec![root], by_path }
    }

    fn insert(&mut self, place: &Chosen) {
        let mut at = ResourceId::ROOT;
        let mut path = Vec::new();
        for word in &place.resources {
            path.push(words_of(word));
            at = match self.by_path.get(&path) {
                Some(known) => *known,
                None => self.grow(word.clone(), at, path.clone()),
            };
        }
        self.resources[at.index()].operations.push(place.operation);
    }

    fn grow(&mut self, word: String, parent: ResourceId, path: Vec<Vec<String>>) -> ResourceId {
        let id = ResourceId::from_index(self.resources.len());
        self.resources.push(resource(word, parent));
        self.resources[parent.index()].children.push(id);
        self.by_path.insert(path, id);
        id
    }
}

fn resource(word: String, parent: ResourceId) -> Resource {
    Resource { word, docs: Docs::default(), parent, children: Vec::new(), operations: Vec::new() }
}
