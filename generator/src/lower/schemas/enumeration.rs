//! Lowers enums of constants.
//!
//! ```yaml
//! type: string
//! enum: [de, en, null]
//! ```
//! is an open enum of `De` and `En`; `null` makes the place nullable.

use std::collections::HashSet;

use serde_json::Value;

use super::{Schemas, docs};
use crate::{
    diagnostic::Code,
    ir::{Enumeration, Member, MemberValue},
    resolve::{Constant, SchemaRef},
};

impl<'a> Schemas<'a> {
    /// The constants of `enum`, if they are all strings or all integers. Otherwise the schema has the type of its
    /// `type`.
    pub(in crate::lower) fn constants(&self, schema: SchemaRef<'a>) -> Option<Enumeration> {
        let mut members: Vec<Member> = Vec::new();
        let mut known = HashSet::new();
        for constant in schema.constants().filter(|constant| !constant.value.is_null()) {
            let Some(member) = member(constant) else {
                self.other_constants(schema);
                return None;
            };
            if known.insert(member.value.clone()) {
                members.push(member);
            }
        }
        let first = members.first()?;
        let texts = matches!(first.value, MemberValue::Text(_));
        if members.iter().any(|member| matches!(member.value, MemberValue::Text(_)) != texts) {
            self.other_constants(schema);
            return None;
        }
        Some(Enumeration { members })
    }

    fn other_constants(&self, schema: SchemaRef<'a>) {
        let constants = schema.enumeration();
        let both = [true, false].iter().all(|flag| constants.iter().any(|one| one.as_bool() == Some(*flag)));
        if both && constants.iter().all(|one| one.is_boolean() || one.is_null()) {
            return;
        }
        let message = "constants that are not all strings or all integers are not told apart by type";
        self.report(Code::UnsupportedKeyword, schema.origin(), message);
    }
}

fn member(constant: Constant<'_>) -> Option<Member> {
    let value = match constant.value {
        Value::String(text) => MemberValue::Text(text.clone()),
        Value::Number(number) => {
            let signed = number.as_i64().map(i128::from);
            MemberValue::Integer(signed.or_else(|| number.as_u64().map(i128::from))?)
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(Member {
        origin: constant.origin,
        value,
        name: constant.name.map(str::to_owned),
        docs: docs::described(constant.description),
    })
}
