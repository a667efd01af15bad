//! Lists of constants.

use super::{Docs, Origin};

/// One of a list of constants. Always open: what the list does not know is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The constants, in document order, each once. All texts or all integers.
    pub members: Vec<Member>,
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
    Integer(i64),
}
