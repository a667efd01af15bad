//! Facts about types that no single type shows. In: the IR. Out: facts by number.

mod access;
mod cycle;
mod equal;
mod home;
mod nesting;
mod size;
mod tags;
mod usage;

use std::collections::HashSet;

use crate::{
    diagnostic::{Code, Diagnostics},
    ir::{Api, Presence, ResourceId, Shape, Type, TypeId},
};

pub use cycle::Edge;
pub use usage::Direction;

/// Facts about types.
#[derive(Clone, Debug)]
pub struct Facts {
    boxed: HashSet<Edge>,
    nesting: usize,
    newtypes: HashSet<TypeId>,
    directions: Vec<Direction>,
    homes: Vec<Option<ResourceId>>,
}

/// Takes away what no finite value could have: a type that is nothing but itself, a record that needs itself.
pub fn make_finite(api: &mut Api, diagnostics: &mut Diagnostics) {
    for edge in cycle::idle(api) {
        idle(api, edge, diagnostics);
    }
    // One field made optional may break several cycles.
    while let Some(edge) = cycle::infinite(api).pop() {
        let def = &mut api.types[edge.from.index()];
        if let Shape::Record(record) = &mut def.shape
            && let Some(field) = record.fields.get_mut(edge.part)
        {
            field.presence = Presence::Optional;
            let message =
                format!("`{}` is required and leads back to its own type; it is made optional", field.wire);
            diagnostics.report(Code::InfiniteType, field.origin, message);
        }
    }
}

/// Takes properties away where `readOnly` and `writeOnly` say that they do not travel.
pub fn split_by_direction(api: &mut Api) {
    access::split(api);
}

/// Gives the fields that tell variants apart the value that each variant has.
pub fn fill_tags(api: &mut Api) {
    tags::fill(api);
}

/// Says of types without a name that are the same which of them is declared.
pub fn find_equal(api: &mut Api) {
    equal::find(api);
}

/// A type that leads to itself with nothing read in between is any value; an alternative that does is none.
fn idle(api: &mut Api, edge: Edge, diagnostics: &mut Diagnostics) {
    let def = &mut api.types[edge.from.index()];
    let (origin, message) = match &mut def.shape {
        Shape::Union(union) if union.variants.len() > 1 && edge.part < union.variants.len() => {
            let variant = union.variants.remove(edge.part);
            (variant.origin, "an alternative that leads back to the same alternatives; it is left out")
        }
        shape => {
            *shape = Shape::Alias(Type::Any);
            (def.origin, "a type that is nothing but itself; any JSON value is taken")
        }
    };
    diagnostics.report(Code::ReferenceCycle, origin, message);
}

/// Works the facts out.
pub fn run(api: &Api) -> Facts {
    let cyclic = cycle::boxed(api);
    let mut boxed = size::boxed(api, &cyclic);
    boxed.extend(&cyclic);
    Facts {
        boxed,
        nesting: nesting::deepest(api),
        newtypes: cycle::newtypes(api),
        directions: usage::directions(api),
        homes: home::homes(api),
    }
}

impl Facts {
    /// Whether the part with this index of a type is boxed: it is large, or the type would contain itself.
    pub fn is_boxed(&self, id: TypeId, part: usize) -> bool {
        self.boxed.contains(&Edge { from: id, part })
    }

    /// How many types lie on the longest way from type to type.
    pub fn nesting(&self) -> usize {
        self.nesting
    }

    /// Whether an alias must be a struct of its own, because it refers to itself.
    pub fn is_newtype(&self, id: TypeId) -> bool {
        self.newtypes.contains(&id)
    }

    /// Whether values of the type are sent, received or both.
    pub fn direction(&self, id: TypeId) -> Direction {
        self.directions[id.index()]
    }

    /// The resource below which alone the type is used; `None` if there is no such one.
    pub fn home(&self, id: TypeId) -> Option<ResourceId> {
        self.homes[id.index()]
    }
}
