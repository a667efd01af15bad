// needs: budget codec reader writer | crates:
//! Arrays with items of one type, and objects with members of one type.
//!
//! Items are read in place, so that no item is on the stack while values inside it are read.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::budget::ITEM_COPIES;
use super::codec::Codec;
use super::reader::{DecodeError, Kind, Reader};
use super::writer::Writer;

/// How many members fit into a map node; the first member allocates one.
const NODE: usize = 11;

/// Charges the memory of one more map member.
pub(super) fn take_member<T>(map: &BTreeMap<String, T>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let room = if map.is_empty() { NODE } else { 2 };
    reader.take_memory(room * size_of::<(String, T)>())
}

/// How many items the first allocation of a list holds.
const ROOM: usize = 4;

/// Charges the memory of one more list item; lists grow by doubling.
pub(super) fn take_item<T>(list: &Vec<T>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let is_full = list.len() == list.capacity();
    let more = if is_full { list.len().max(ROOM) } else { 0 };
    reader.take_memory(more.saturating_mul(size_of::<T>()))
}

/// Appends a blank item. Separate from the function that reads it, to keep that one's stack frame small.
fn grow<T: Codec>(list: &mut Vec<T>) -> &mut T {
    let index = list.len();
    list.push(T::blank());
    &mut list[index]
}

fn decode<T: Codec>(list: &mut Vec<T>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let stack = ITEM_COPIES * size_of::<T>();
    reader.enter(stack)?;
    reader.open_array()?;
    while reader.next_item()? {
        take_item(list, reader)?;
        let outcome = grow(list).decode(reader);
        outcome.map_err(|error| error.within_item(list.len() - 1))?;
    }
    reader.leave(stack);
    Ok(())
}

/// Writes an array.
pub(super) fn encode<T: Codec>(items: &[T], writer: &mut Writer) {
    writer.open_array();
    items.iter().for_each(|item| item.encode(writer));
    writer.close_array();
}

impl<T: Codec> Codec for Vec<T> {
    fn blank() -> Self { Vec::new() }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.clear();
        decode(self, reader)
    }

    fn encode(&self, writer: &mut Writer) { encode(self, writer); }

    fn accepts(kind: Kind) -> bool { kind == Kind::Array }
}

/// Inserts a blank value under a name, replacing any other.
pub(super) fn entry<T: Codec>(map: &mut BTreeMap<String, T>, name: String) -> &mut T {
    match map.entry(name) {
        Entry::Vacant(entry) => entry.insert(T::blank()),
        Entry::Occupied(entry) => {
            let value = entry.into_mut();
            *value = T::blank();
            value
        }
    }
}

fn decode_map<T: Codec>(map: &mut BTreeMap<String, T>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let stack = ITEM_COPIES * size_of::<T>();
    reader.enter(stack)?;
    reader.open_object()?;
    while let Some(name) = reader.next_name()? {
        reader.stray();
        take_member(map, reader)?;
        entry(map, name.to_string()).decode(reader).map_err(|error| error.within(&name))?;
    }
    reader.leave(stack);
    Ok(())
}

/// An object with members of one type.
impl<T: Codec> Codec for BTreeMap<String, T> {
    fn blank() -> Self { BTreeMap::new() }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.clear();
        decode_map(self, reader)
    }

    fn encode(&self, writer: &mut Writer) {
        writer.open_object();
        for (name, value) in self {
            writer.key(name);
            value.encode(writer);
        }
        writer.close_object();
    }

    fn accepts(kind: Kind) -> bool { kind == Kind::Object }
}
