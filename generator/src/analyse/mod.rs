//! Computes facts about types that depend on several types, from the IR.

mod access;
mod cycle;
mod equal;
mod fit;
mod home;
mod nesting;
mod size;
mod tags;
mod usage;

use std::collections::HashSet;

use crate::{
    diagnostic::{Code, Diagnostics},
    ir::{Api, Presence, Shape, Type, TypeId},
};

pub use cycle::Edge;
pub use fit::choice;
pub use home::Home;
pub use usage::Direction;

/// Facts about types.
#[derive(Clone, Debug)]
pub struct Facts {
    boxed: HashSet<Edge>,
    nesting: usize,
    newtypes: HashSet<TypeId>,
    directions: Vec<Direction>,
    homes: Vec<Home>,
}

/// Removes what no finite value can have: aliases and alternatives that only refer to themselves, and required fields
/// that never end.
pub fn make_finite(api: &mut Api, diagnostics: &mut Diagnostics) {
    for edge in cycle::idle(api) {
        idle(api, edge, diagnostics);
    }
    // Making one field optional may break several cycles.
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

/// Removes properties that `readOnly` and `writeOnly` exclude in a direction.
pub fn split_by_direction(api: &mut Api) {
    access::split(api);
}

/// Sets the discriminator fields of variants to the value of the variant.
pub fn fill_tags(api: &mut Api) {
    tags::fill(api);
}

/// Marks which of several equal unnamed types is declared.
pub fn find_equal(api: &mut Api) {
    equal::find(api);
}

/// Turns a type that refers only to itself into any value, and drops an alternative that does.
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

/// Computes the facts.
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
    /// Whether this part of a type is boxed, because it is large or the type would contain itself.
    pub fn is_boxed(&self, id: TypeId, part: usize) -> bool {
        self.boxed.contains(&Edge { from: id, part })
    }

    /// The length of the longest chain of types.
    pub fn nesting(&self) -> usize {
        self.nesting
    }

    /// Whether an alias must be a newtype because it refers to itself.
    pub fn is_newtype(&self, id: TypeId) -> bool {
        self.newtypes.contains(&id)
    }

    /// Whether values of the type are sent, received or both.
    pub fn direction(&self, id: TypeId) -> Direction {
        self.directions[id.index()]
    }

    /// Where the type is used.
    pub fn home(&self, id: TypeId) -> Home {
        self.homes[id.index()]
    }
}
