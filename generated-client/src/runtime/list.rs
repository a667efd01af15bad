// needs: budget codec reader writer | crates:
//! Arrays whose items are all of one type, and objects whose members are.
//!
//! An item is made blank where it stays, and read there: no value lies on the stack while another within it is read.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::budget::ITEM_COPIES;
use super::codec::Codec;
use super::reader::{DecodeError, Kind, Reader};
use super::writer::Writer;

/// How many members a node of a map has room for; the first makes one.
const NODE: usize = 11;

/// Takes the memory of one more member of a map.
pub(super) fn take_member<T>(map: &BTreeMap<String, T>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let room = if map.is_empty() { NODE } else { 2 };
    reader.take_memory(room * size_of::<(String, T)>())
}

/// How many items a list has room for at first.
const ROOM: usize = 4;

/// Takes the memory of one more item of a list, which grows by doubling.
pub(super) fn take_item<T>(list: &Vec<T>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let is_full = list.len() == list.capacity();
    let more = if is_full { list.len().max(ROOM) } else { 0 };
    reader.take_memory(more.saturating_mul(size_of::<T>()))
}

/// Adds a blank item. Not within the function that reads it, whose frame stays small by that.
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

/// A blank value under a name, in place of what is there.
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
    while let Some(name) = reader.next_key()?.map(str::to_owned) {
        reader.stray();
        take_member(map, reader)?;
        entry(map, name.clone()).decode(reader).map_err(|error| error.within(&name))?;
    }
    reader.leave(stack);
    Ok(())
}

/// An object whose members are all of one type.
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
