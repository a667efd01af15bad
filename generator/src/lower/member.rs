//! Follows a path of properties and indices through types: `created.images.0`.

use super::Lowering;
use crate::{
    config::Located,
    ir::{Access, MemberPath, Rest, Shape, Type},
};

impl Lowering<'_> {
    /// The types that a value at the end of a path can have; none if no value has the path.
    pub(super) fn reached<'t>(&'t self, from: &'t Type, path: &str) -> Vec<&'t Type> {
        let step = |types: Vec<&'t Type>, name: &str| -> Vec<&'t Type> {
            types
                .into_iter()
                .filter_map(|ty| self.child(ty, name))
                .flat_map(|ty| self.alternatives(ty))
                .collect()
        };
        path.split('.').fold(self.alternatives(from), step)
    }

    /// The type of a property or an item.
    fn child<'t>(&'t self, ty: &'t Type, name: &str) -> Option<&'t Type> {
        let index = || name.parse::<usize>().ok();
        match ty {
            Type::Any => Some(ty),
            Type::Named(id) => self.property(&self.types[id.index()].shape, name),
            Type::List(item) => index().map(|_| &**item),
            Type::Tuple(items, rest) => items.get(index()?).or(rest.as_deref()),
            Type::Map(value) => Some(value),
            Type::Nullable(inner) => self.child(inner, name),
            Type::Primitive(_) | Type::Scalar(_) | Type::File => None,
        }
    }

    fn property<'t>(&'t self, shape: &'t Shape, name: &str) -> Option<&'t Type> {
        match shape {
            Shape::Record(record) => {
                let known = record.fields.iter().find(|field| field.wire == name);
                match (known, &record.rest) {
                    (Some(field), _) => (field.access != Access::WriteOnly).then_some(&field.ty),
                    (None, Rest::Typed(ty, _)) => Some(ty),
                    (None, Rest::Unknown) => None,
                }
            }
            Shape::Enumeration(_)
            | Shape::Union(_)
            | Shape::Alias(_)
            | Shape::Cases(_)
            | Shape::Multipart(_) => None,
        }
    }
}

/// The properties and indices that a path of the configuration names.
pub(super) fn segments(path: &Located<String>) -> MemberPath {
    path.value.split('.').map(str::to_owned).collect()
}
