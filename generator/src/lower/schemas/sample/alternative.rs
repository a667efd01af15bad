//! Values of `oneOf` and `anyOf`: of an alternative, with what is common to all, and with the value that names it.

use serde_json::{Map, Value};

use super::{
    super::{class::Alternatives, merged::Merged},
    made::Maker,
};
use crate::{
    ir::{Dispatch, Docs, TagKind, Type, Variant},
    resolve::SchemaRef,
};

/// With more alternatives than this, it is not looked for a value that is of one alone.
const MOST: usize = 20;

impl<'a> Maker<'_, 'a> {
    /// A value of the first alternative that has one; of a `oneOf`, one that is of no other alternative if there is one.
    pub(super) fn alternative(&mut self, alternatives: &Alternatives<'a>) -> Option<Value> {
        let is_one = !alternatives.schema.one_of().is_empty() && alternatives.members.len() <= MOST;
        let variants = alternatives.members.iter().map(|member| Variant {
            origin: member.origin(),
            ty: Type::Any,
            tags: Vec::new(),
            tag_kind: TagKind::Text,
            docs: Docs::default(),
        });
        let union = self.schemas.dispatched(alternatives, variants.collect());
        let mut first = None;
        for (member, variant) in alternatives.members.iter().zip(&union.variants) {
            let Some(mut value) = self.value(*member) else { continue };
            if let Value::Object(object) = &mut value {
                self.add_common(alternatives, object);
                if let (Dispatch::Tag(property), Some(tag)) = (&union.dispatch, variant.tags.first()) {
                    object.insert(property.clone(), tag_value(tag, variant.tag_kind));
                }
            }
            if !is_one {
                return Some(value);
            }
            match self.told_apart(*member, alternatives, value.clone()) {
                Some(value) => return Some(value),
                None => first = first.or(Some(value)),
            }
        }
        first
    }

    /// The value with as many optional members as it takes to be of this alternative alone; `None` if all are not enough.
    fn told_apart(
        &mut self,
        member: SchemaRef<'a>,
        alternatives: &Alternatives<'a>,
        mut value: Value,
    ) -> Option<Value> {
        let parts = self.parts(member);
        let mut properties = parts.iter().flat_map(|part| part.properties());
        loop {
            let fits = |other: &&SchemaRef<'a>| self.fits(**other, &value);
            if alternatives.members.iter().filter(fits).count() <= 1 {
                return Some(value);
            }
            let (name, schema) = properties.next()?;
            let object = value.as_object_mut()?;
            if !object.contains_key(name)
                && !schema.is_read_only()
                && let Some(added) = self.value(schema)
            {
                object.insert(name.to_owned(), added);
            }
        }
    }

    fn add_common(&mut self, alternatives: &Alternatives<'a>, object: &mut Map<String, Value>) {
        let mut merged = Merged::default();
        alternatives.common.iter().for_each(|branch| self.schemas.merge_object(*branch, &mut merged));
        for (name, property) in merged.properties.iter().filter(|(name, _)| merged.required.contains(*name)) {
            if !object.contains_key(*name)
                && let Some(value) = self.property(property)
            {
                object.insert((*name).to_owned(), value);
            }
        }
    }
}

/// The value of a discriminator in its JSON type.
fn tag_value(tag: &str, kind: TagKind) -> Value {
    match kind {
        TagKind::Text => Value::from(tag),
        TagKind::Integer => tag.parse::<i64>().map_or_else(|_| Value::from(tag), Value::from),
        TagKind::Flag => tag.parse::<bool>().map_or_else(|_| Value::from(tag), Value::from),
    }
}
