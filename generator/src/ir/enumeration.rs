//! Lists of constants.

use super::{Docs, Integer, Origin};

/// One of a list of constants. Always open: what the list does not know is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The constants, in document order, each once. All texts or all integers.
    pub members: Vec<Member>,
}

impl Enumeration {
    /// The type that has room for all constants, if they are integers: of 64 bits, with a sign unless one is too great.
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
    /// What the document calls it, where that is not its value.
    pub name: Option<String>,
    /// What the document says of it.
    pub docs: Docs,
}

/// The value of a constant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MemberValue {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i128),
}
