//! Types that contain themselves.

use std::collections::{HashMap, HashSet};

use petgraph::{algo::kosaraju_scc, graphmap::DiGraphMap};

use crate::ir::{Api, Presence, Shape, Type, TypeId};

/// A field or variant of a type, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The type.
    pub from: TypeId,
    /// The index of the field or variant.
    pub part: usize,
}

/// The parts that hold a type that holds them, with nothing on the heap in between.
pub(super) fn boxed(api: &Api) -> HashSet<Edge> {
    let parts = api.type_ids().flat_map(|id| parts(api, id));
    let edges: Vec<(Edge, TypeId)> =
        parts.flat_map(|(edge, ty)| held(ty).into_iter().map(move |to| (edge, to))).collect();
    let component = components(edges.iter().map(|(edge, to)| (edge.from, *to)));
    let cyclic = |from: TypeId, to: TypeId| match (component.get(&from), component.get(&to)) {
        (Some(from), Some(to)) => from == to,
        _ => false,
    };
    edges
        .into_iter()
        .filter(|(edge, to)| {
            cyclic(edge.from, *to) && !matches!(api.type_def(edge.from).shape, Shape::Alias(_))
        })
        .map(|(edge, _)| edge)
        .collect()
}

/// The aliases that refer to themselves through aliases alone.
pub(super) fn newtypes(api: &Api) -> HashSet<TypeId> {
    let mut edges = Vec::new();
    for id in api.type_ids() {
        if let Shape::Alias(ty) = &api.type_def(id).shape {
            ty.for_each_named(&mut |to| {
                if matches!(api.type_def(to).shape, Shape::Alias(_)) {
                    edges.push((id, to));
                }
            });
        }
    }
    components(edges.into_iter()).into_keys().collect()
}

/// The aliases and alternatives that refer to themselves through aliases and alternatives alone, the last first:
/// reading them would never consume a value.
pub(super) fn idle(api: &Api) -> Vec<Edge> {
    let idles = |id: &TypeId| matches!(api.type_def(*id).shape, Shape::Alias(_) | Shape::Union(_));
    let parts = api.type_ids().filter(idles).flat_map(|id| parts(api, id));
    let direct = |ty: &Type| match ty {
        Type::Named(to) => Some(*to),
        Type::Nullable(inner) => held(inner).pop(),
        Type::Primitive(_)
        | Type::Scalar(_)
        | Type::Any
        | Type::File
        | Type::List(_)
        | Type::Map(_)
        | Type::Tuple(..) => None,
    };
    let edges: Vec<(Edge, TypeId)> =
        parts.filter_map(|(edge, ty)| Some((edge, direct(ty)?))).filter(|(_, to)| idles(to)).collect();
    let component = components(edges.iter().map(|(edge, to)| (edge.from, *to)));
    let mut idle: Vec<Edge> = edges
        .into_iter()
        .filter(|(edge, to)| component.get(&edge.from).is_some_and(|from| component.get(to) == Some(from)))
        .map(|(edge, _)| edge)
        .collect();
    idle.sort_by_key(|edge| std::cmp::Reverse((edge.from, edge.part)));
    idle
}

/// The component number of each node that is on a cycle.
fn components(edges: impl Iterator<Item = (TypeId, TypeId)>) -> HashMap<TypeId, usize> {
    let graph: DiGraphMap<TypeId, ()> = DiGraphMap::from_edges(edges);
    let cyclic = |nodes: &Vec<TypeId>| match nodes.as_slice() {
        [only] => graph.contains_edge(*only, *only),
        _ => true,
    };
    let cycles = kosaraju_scc(&graph).into_iter().filter(cyclic).enumerate();
    cycles.flat_map(|(number, nodes)| nodes.into_iter().map(move |node| (node, number))).collect()
}

/// The parts of a type and the types they hold.
fn parts(api: &Api, id: TypeId) -> Vec<(Edge, &Type)> {
    let types: Vec<&Type> = match &api.type_def(id).shape {
        Shape::Record(record) => record.fields.iter().map(|field| &field.ty).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::Multipart(form) => form.parts.iter().map(|part| &part.field.ty).collect(),
        Shape::Enumeration(_) | Shape::Cases(_) => Vec::new(),
    };
    types.into_iter().enumerate().map(|(part, ty)| (Edge { from: id, part }, ty)).collect()
}

/// The types that a value of this type holds inline.
fn held(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::Nullable(inner) => held(inner),
        Type::Tuple(items, _) => items.iter().flat_map(held).collect(),
        Type::Primitive(_) | Type::Scalar(_) | Type::Any | Type::File | Type::List(_) | Type::Map(_) => {
            Vec::new()
        }
    }
}

/// The required fields that lead back to their own record without an optional field, list or map in between: no finite
/// value has them.
pub(super) fn infinite(api: &Api) -> Vec<Edge> {
    let mut edges = Vec::new();
    for id in api.type_ids() {
        match &api.type_def(id).shape {
            Shape::Record(record) => {
                let fields = record.fields.iter().enumerate();
                for (part, field) in fields.filter(|(_, field)| field.presence == Presence::Required) {
                    if let Type::Named(to) = field.ty {
                        edges.push((Edge { from: id, part }, to));
                    }
                }
            }
            Shape::Alias(Type::Named(to)) => edges.push((Edge { from: id, part: 0 }, *to)),
            Shape::Alias(_)
            | Shape::Enumeration(_)
            | Shape::Union(_)
            | Shape::Cases(_)
            | Shape::Multipart(_) => {}
        }
    }
    let component = components(edges.iter().map(|(edge, to)| (edge.from, *to)));
    edges
        .into_iter()
        .filter(|(edge, to)| component.get(&edge.from).is_some_and(|from| component.get(to) == Some(from)))
        .filter(|(edge, _)| matches!(api.type_def(edge.from).shape, Shape::Record(_)))
        .map(|(edge, _)| edge)
        .collect()
}
