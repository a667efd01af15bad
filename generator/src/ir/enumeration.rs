//! Lists of constants.

use super::{Docs, Integer, Origin};

/// An enum of constants. Always open: an unlisted value is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The distinct constants in document order, all strings or all integers.
    pub members: Vec<Member>,
}

impl Enumeration {
    /// The type that holds all integer constants: 64 bits, signed unless one is too large; `None` for strings.
    pub fn integer(&self) -> Option<Integer> {
        let numbers = self.members.iter().map(|member| match member.value {
            MemberValue::Integer(number) => Some(number),
            MemberValue::Text(_) => None,
        });
        let numbers: Vec<i128> = numbers.collect::<Option<_>>()?;
        let is_within =
            |range: std::ops::RangeInclusive<i128>| numbers.iter().all(|number| range.contains(number));
        Some(if is_within(i64::MIN.into()..=i64::MAX.into()) {
            Integer::I64
        } else if is_within(0..=u64::MAX.into()) {
            Integer::U64
        } else {
            Integer::I128
        })
    }
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Where it was read.
    pub origin: Origin,
    /// Its value on the wire.
    pub value: MemberValue,
    /// Its name in the document, if different from the value.
    pub name: Option<String>,
    /// Its description.
    pub docs: Docs,
}

/// The value of a constant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MemberValue {
    /// A string.
    Text(String),
    /// An integer.
    Integer(i128),
}
