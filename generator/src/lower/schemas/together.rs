//! Places that several schemas describe together.

use super::{
    Schemas,
    all_of::{Branch, constrains_beyond_type},
};
use crate::resolve::SchemaRef;

/// How many chained equivalent schemas are followed.
pub(in crate::lower) const MAX_SAME: usize = 64;

impl<'a> Schemas<'a> {
    /// The branches of a schema, with references to components replaced by their branches.
    pub(in crate::lower) fn flatten_through(
        &self,
        schema: SchemaRef<'a>,
        owner: Option<&'a str>,
    ) -> Vec<Branch<'a>> {
        let mut schema = schema;
        for _ in 0..MAX_SAME {
            let branches = self.flatten(schema);
            match branches.as_slice() {
                [only] if !only.schema.same_place(schema) => schema = only.schema,
                _ => {
                    let own = |branch: &Branch<'a>| Branch { owner: branch.owner.or(owner), ..*branch };
                    return branches.iter().map(own).collect();
                }
            }
        }
        Vec::new()
    }

    /// The schemas that add something to a type which another one already has.
    pub(in crate::lower) fn distinct(&self, schemas: &[Branch<'a>]) -> Vec<Branch<'a>> {
        let adds = |one: &&Branch<'a>| {
            let schema = one.schema;
            let only_type =
                schema.name().is_none() && schema.all_of().is_empty() && !constrains_beyond_type(schema);
            let others = || schemas.iter().filter(|other| !other.schema.same_place(schema));
            let known = |typ| others().any(|other| says_more(*other) && self.has_type(other.schema, typ));
            !(only_type && schema.typ().is_none_or(known))
        };
        let distinct: Vec<Branch<'a>> = schemas.iter().filter(adds).copied().collect();
        if distinct.is_empty() { schemas.to_vec() } else { distinct }
    }
}

/// Whether a schema says more than a type.
fn says_more(branch: Branch<'_>) -> bool {
    let schema = branch.schema;
    schema.name().is_some() || !schema.all_of().is_empty() || constrains_beyond_type(schema)
}
