// needs: codec reader value writer | crates:
//! The members of a JSON object, in document order.
//!
//! RFC 8259 section 4 leaves the meaning of duplicate names open; here the last one counts.

use std::collections::BinaryHeap;

use super::codec::Codec;
use super::reader::{DecodeError, Kind, Reader};
use super::value::Value;
use super::writer::Writer;

/// The members of a JSON object, in document order.
///
/// Stored as a list: looking up a name is linear, which is fastest for the few members that objects usually have.
/// Equality ignores the order.
#[derive(Clone, Debug, Default)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// An object without members.
    pub fn new() -> Self { Self::default() }

    /// The number of members.
    pub fn len(&self) -> usize { self.0.len() }

    /// Whether the object is empty.
    pub fn is_empty(&self) -> bool { self.0.is_empty() }

    /// The member with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Sets a member, keeping its position if it exists, and returns the old value.
    pub fn insert(&mut self, name: impl Into<String>, value: Value) -> Option<Value> {
        let name = name.into();
        match self.0.iter_mut().find(|(key, _)| *key == name) {
            Some((_, old)) => Some(std::mem::replace(old, value)),
            None => {
                self.0.push((name, value));
                None
            }
        }
    }

    /// Removes a member and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let index = self.0.iter().position(|(key, _)| key == name)?;
        Some(self.0.remove(index).1)
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        if self.iter().zip(other.iter()).all(|((one, _), (other, _))| one == other) {
            return self.iter().zip(other.iter()).all(|((_, one), (_, other))| one == other);
        }
        let pairs = by_name(&self.0).into_iter().zip(by_name(&other.0));
        pairs.map(|((_, at), (_, of_other))| (&self.0[at], &other.0[of_other])).all(|(one, other)| one == other)
    }
}

/// The places of members, by their names; those of one name in document order. A heap sorts them with
/// little code.
fn by_name(members: &[(String, Value)]) -> Vec<(&str, usize)> {
    let places = members.iter().enumerate().map(|(at, (name, _))| (name.as_str(), at));
    places.collect::<BinaryHeap<_>>().into_sorted_vec()
}

/// Of several members with one name, the last counts.
impl<K: Into<String>> FromIterator<(K, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(members: I) -> Self {
        let members: Vec<_> = members.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Object(last_of_each(members))
    }
}

/// Up to how many members the names of an object are compared one with the other.
const FEW: usize = 16;

/// Drops each member that a later one of the same name replaces. Sorts the names, so that very large objects do not
/// take quadratic time.
fn last_of_each(mut members: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let repeats = |at: usize| members[..at].iter().any(|(name, _)| *name == members[at].0);
    if members.len() <= FEW && !(1..members.len()).any(repeats) {
        return members;
    }
    let mut replaced = vec![false; members.len()];
    for pair in by_name(&members).windows(2) {
        replaced[pair[0].1] = pair[0].0 == pair[1].0;
    }
    let mut replaced = replaced.into_iter();
    members.retain(|_| !replaced.next().unwrap_or(false));
    members
}

impl Codec for Object {
    fn blank() -> Self { Object::new() }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let mut members = Vec::new();
        reader.open_object()?;
        while let Some(name) = reader.next_key()?.map(str::to_owned) {
            let mut value = Value::Null;
            reader.stray();
            reader.take_memory(size_of::<(String, Value)>())?;
            value.decode(reader).map_err(|error| error.within(&name))?;
            members.push((name, value));
        }
        self.0 = last_of_each(members);
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.open_object();
        for (name, value) in self.iter() {
            writer.key(name);
            value.encode(writer);
        }
        writer.close_object();
    }

    fn accepts(kind: Kind) -> bool { kind == Kind::Object }
}
