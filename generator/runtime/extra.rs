// needs: codec list reader value writer | crates:
//! Members of an object that its struct does not declare, and received values that do not fit a declared member.
//!
//! A record writes back what it read. Where a declared member does not have the declared type, its field is blank and
//! the value is kept here. As long as the field stays blank, the original is written: the kept value, `null`, or
//! nothing if the member was absent. Once the field is set, its value is written instead.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};

use super::codec::Codec;
use super::list::take_member;
use super::reader::{DecodeError, Reader};
use super::value::Value;
use super::writer::Writer;

/// Members of an object that its struct does not declare, by name; derefs to a `BTreeMap`.
///
/// A declared member whose value could not be read as its type is kept here under its own name, and is sent back
/// unless its field is set.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Contents>>);

#[derive(Clone, Default, PartialEq)]
struct Contents {
    members: BTreeMap<String, Value>,
    blanks: Vec<Blank>,
}

/// A declared member that was not received as declared.
#[derive(Clone, PartialEq)]
struct Blank {
    name: &'static str,
    came: Came,
    /// The JSON of its field as left blank, to tell whether the field was set since.
    json: Cow<'static, [u8]>,
}

/// What was received in place of a declared member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// Nothing.
    Nothing,
    /// `null`.
    Null,
    /// A value, kept among the members.
    Value,
}

/// The memory that a member not received as declared takes.
pub const BLANK: usize = 2 * size_of::<Blank>();

/// No members.
static NONE: BTreeMap<String, Value> = BTreeMap::new();

/// The JSON of blank scalars, lists and maps, shared so that they need no memory.
const COMMON: &[&[u8]] = &[b"\"\"", b"0", b"false", b"[]", b"{}", b"null"];

impl Extra {
    /// No members.
    pub const fn new() -> Self { Extra(None) }

    fn contents(&mut self) -> &mut Contents { self.0.get_or_insert_default() }

    /// Whether it changes nothing about how the struct is written: no members to add, no blanks to omit.
    pub(super) fn says_nothing(&self) -> bool { self.0.is_none() }

    /// Reads the value of a member.
    pub(super) fn read(&mut self, name: String, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let mut value = Value::Null;
        take_member(self, reader)?;
        value.decode(reader).map_err(|error| error.within(&name))?;
        self.insert(name, value);
        Ok(())
    }

    /// Records that a declared member was not received as declared, and the blank that its field was left with.
    pub(super) fn note(&mut self, name: &'static str, came: Came, slot: &dyn Codec) {
        let mut writer = Writer::new();
        slot.encode(&mut writer);
        let written = writer.written();
        let json = match COMMON.iter().find(|common| **common == written) {
            Some(common) => Cow::Borrowed(*common),
            None => Cow::Owned(written.to_vec()),
        };
        let contents = self.contents();
        contents.blanks.retain(|blank| blank.name != name);
        contents.blanks.push(Blank { name, came, json });
    }

    /// Forgets an earlier member of this name, because the name is read again.
    pub(super) fn forget(&mut self, name: &str) {
        if let Some(contents) = &mut self.0 {
            contents.members.remove(name);
            contents.blanks.retain(|blank| blank.name != name);
        }
    }

    /// What was received in place of a declared member, if this JSON is still that of its blank field.
    pub(super) fn came(&self, name: &str, json: &[u8]) -> Option<Came> {
        let contents = self.0.as_deref()?;
        let blank = contents.blanks.iter().find(|blank| blank.name == name && *blank.json == *json)?;
        Some(blank.came)
    }
}

impl Deref for Extra {
    type Target = BTreeMap<String, Value>;

    fn deref(&self) -> &Self::Target { self.0.as_ref().map_or(&NONE, |contents| &contents.members) }
}

impl DerefMut for Extra {
    fn deref_mut(&mut self) -> &mut Self::Target { &mut self.contents().members }
}

/// Two are equal if they write the same beside equal fields.
impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        let blanks = |extra: &Self| extra.0.as_ref().map_or(0, |contents| contents.blanks.len());
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => one == other,
            _ => self.is_empty() && other.is_empty() && blanks(self) == blanks(other),
        }
    }
}

/// Shows the members.
impl fmt::Debug for Extra {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { (**self).fmt(out) }
}

impl From<BTreeMap<String, Value>> for Extra {
    fn from(members: BTreeMap<String, Value>) -> Self { members.into_iter().collect() }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut extra = Extra::new();
        for (name, value) in members {
            extra.insert(name.into(), value.into());
        }
        extra
    }
}

impl<'e> IntoIterator for &'e Extra {
    type Item = (&'e String, &'e Value);
    type IntoIter = std::collections::btree_map::Iter<'e, String, Value>;

    fn into_iter(self) -> Self::IntoIter { self.iter() }
}

impl IntoIterator for Extra {
    type Item = (String, Value);
    type IntoIter = std::collections::btree_map::IntoIter<String, Value>;

    fn into_iter(self) -> Self::IntoIter { self.0.map(|contents| contents.members).unwrap_or_default().into_iter() }
}
