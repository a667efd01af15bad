//! How deeply types refer to each other: the compiler recurses that far to resolve traits.

use std::collections::HashMap;

use petgraph::{algo::kosaraju_scc, graphmap::DiGraphMap};

use super::usage::mentioned;
use crate::ir::{Api, TypeId};

/// The number of types on the longest acyclic chain of references.
///
/// A cycle of types counts as if one chain led through all of them.
pub(super) fn deepest(api: &Api) -> usize {
    let mut graph: DiGraphMap<TypeId, ()> = DiGraphMap::new();
    for id in api.type_ids() {
        graph.add_node(id);
        for part in mentioned(api, id) {
            graph.add_edge(id, part, ());
        }
    }
    let mut depths: HashMap<TypeId, usize> = HashMap::new();
    // What a component leads to comes before it.
    for component in kosaraju_scc(&graph) {
        let next = component.iter().flat_map(|id| graph.neighbors(*id));
        let below = next.filter_map(|id| depths.get(&id).copied()).max().unwrap_or_default();
        for id in &component {
            depths.insert(*id, below + component.len());
        }
    }
    depths.into_values().max().unwrap_or_default()
}
