// needs: codec reader value writer | crates:
//! The members of a JSON object, in the order they were written.
//!
//! RFC 8259 section 4 leaves open what members of one name mean; here the last counts.

use std::collections::BTreeMap;

use super::codec::Codec;
use super::reader::{DecodeError, Kind, Reader};
use super::value::Value;
use super::writer::Writer;

/// The members of a JSON object in the order they were written.
///
/// A list: finding a name takes as long as there are members, which is quickest for the handful that objects have.
/// Equality does not look at the order.
#[derive(Clone, Debug, Default)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// An object with no members.
    pub fn new() -> Self { Self::default() }

    /// How many members there are.
    pub fn len(&self) -> usize { self.0.len() }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool { self.0.is_empty() }

    /// The member of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Sets a member, in its old place if it was there, and returns what it was.
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

    /// Takes a member out.
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
        let other: BTreeMap<&str, &Value> = other.iter().collect();
        self.iter().all(|(name, value)| other.get(name) == Some(&value))
    }
}

/// The last of several members with one name counts.
impl<K: Into<String>> FromIterator<(K, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(members: I) -> Self {
        let members: Vec<_> = members.into_iter().map(|(name, value)| (name.into(), value)).collect();
        Object(last_of_each(members))
    }
}

/// Drops each member that a later one of the same name replaces. Names are compared by sorting, so that an object made
/// of very many costs no square of time.
fn last_of_each(mut members: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by(|a, b| members[*a].0.cmp(&members[*b].0).then(a.cmp(b)));
    let mut replaced = vec![false; members.len()];
    for pair in order.windows(2) {
        replaced[pair[0]] = members[pair[0]].0 == members[pair[1]].0;
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
