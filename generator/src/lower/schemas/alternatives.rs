//! What the members of `oneOf` and `anyOf` have in common.

use std::collections::HashSet;

use super::{Schemas, all_of::Branch};
use crate::{
    ir::{Docs, Enumeration, MemberValue},
    resolve::SchemaRef,
};

impl<'a> Schemas<'a> {
    /// Whether the branches beside the alternatives add something to a member that does not extend them.
    pub(in crate::lower) fn adds_to(&self, common: &[Branch<'a>], member: SchemaRef<'a>) -> bool {
        let own = self.flatten_through(member, None);
        common.iter().any(|branch| !own.iter().any(|known| known.schema.same_place(branch.schema)))
    }

    /// The constants of all members, if each is an enum of constants, or a plain string beside one: enums are open, so
    /// the plain string adds nothing.
    pub(in crate::lower) fn joined_constants(&self, members: &[SchemaRef<'a>]) -> Option<Enumeration> {
        let mut joined: Option<Enumeration> = None;
        let mut seen = HashSet::new();
        for member in members {
            let is_plain = member.is_type("string") && member.enumeration().is_empty();
            if is_plain {
                continue;
            }
            let mut enumeration = self.constants(*member)?;
            if let [only] = enumeration.members.as_mut_slice()
                && only.docs == Docs::default()
            {
                only.docs = self.docs_of(*member);
            }
            let known = &mut joined.get_or_insert_with(|| Enumeration { members: Vec::new() }).members;
            for member in enumeration.members {
                if seen.insert(member.value.clone()) {
                    known.push(member);
                }
            }
        }
        let joined = joined?;
        let texts =
            joined.members.iter().filter(|member| matches!(member.value, MemberValue::Text(_))).count();
        let plain = members.iter().any(|member| member.enumeration().is_empty());
        (texts == joined.members.len() || (texts == 0 && !plain)).then_some(joined)
    }
}
