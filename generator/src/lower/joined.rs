//! Joins alternatives that differ only in constants into one record.
//!
//! ```yaml
//! anyOf:
//!   - { properties: { issue: { enum: [TOO_LONG] }, field: { type: string } } }
//!   - { properties: { issue: { enum: [TOO_SHORT] }, field: { type: string } } }
//! ```
//! is `struct { issue: Option<Issue>, field: Option<String> }` with an `Issue` of both constants. Only unnamed
//! alternatives are joined: a named schema is a type of its own.

use super::{
    Lowering,
    schema::inline,
    schemas::{
        class::Alternatives,
        joint::{Joint, Joints},
    },
};
use crate::{
    diagnostic::Code,
    ir::{Enumeration, Field, MemberValue, Presence, Primitive, Record, Rest, Role, Shape, Type, TypeId},
};

/// Constants longer than this many characters are sentences for people, not values to compare.
const SENTENCE: usize = 60;

impl<'a> Lowering<'a> {
    /// The record that the alternatives form, if they differ only in constants.
    pub(super) fn joined_record(&mut self, alternatives: &Alternatives<'a>, id: TypeId) -> Option<Record> {
        let Joints { properties, required } = self.schemas.joined(alternatives)?;
        let fields = properties.into_iter();
        let fields = fields.map(|(wire, joint)| self.joint_field(wire, joint, required.contains(&wire), id));
        Some(Record { fields: fields.collect(), rest: Rest::Unknown })
    }

    fn joint_field(&mut self, wire: &str, joint: Joint<'a>, required: bool, id: TypeId) -> Field {
        match joint {
            Joint::Same(property) => self.lower_field(wire, &property, required, id),
            Joint::Constants(property, constants, nullable) => {
                let ty = self.joined_type(wire, constants, id);
                let field = self.typed_field(wire, &property, required, ty);
                let presence = match (field.presence, nullable) {
                    (Presence::Required, true) => Presence::Nullable,
                    (Presence::Optional, true) => Presence::ThreeState,
                    (presence, _) => presence,
                };
                Field { presence, constant: None, ..field }
            }
        }
    }

    /// An enum of the constants, or a string if they are sentences.
    fn joined_type(&mut self, wire: &str, constants: Enumeration, id: TypeId) -> Type {
        let origin = self.types[id.index()].origin;
        let is_sentence = |value: &MemberValue| match value {
            MemberValue::Text(text) => text.contains(' ') && text.chars().count() > SENTENCE,
            MemberValue::Integer(_) => false,
        };
        if constants.members.iter().any(|member| is_sentence(&member.value)) {
            let message = format!("the constants of `{wire}` are sentences; they are read as text");
            self.schemas.report(Code::UnsupportedKeyword, origin, message);
            return Type::Primitive(Primitive::String);
        }
        let usage = inline(id, vec![Role::Property(wire.to_owned())]);
        let declared = self.declare(origin, usage, Default::default(), false);
        self.define(declared, Shape::Enumeration(constants));
        Type::Named(declared)
    }
}
