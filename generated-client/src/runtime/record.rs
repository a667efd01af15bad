// needs: budget codec extra list reader serde_bridge writer | crates:
//! The codec of a struct: a table of its keys, and one loop for all structs.
//!
//! ```text
//! record!(User { id, r#type = "type", name: nullable, lang: ?, phone = "phone-number": field; extra });
//! ```
//!
//! | mode | field | read | written |
//! |---|---|---|---|
//! | `required`, or none | `T` | must be there | always |
//! | `nullable` | `Option<T>` | must be there, may be `null` | always, `None` as `null` |
//! | `?` | `Option<T>` | may be absent or `null` | unless `None` |
//! | `field` | `Field<T>` | absent and `null` told apart | unless `Absent` |
//!
//! `extra`, if named, takes all other members: an [`Extra`], or a `BTreeMap<String, T>`; without it they are passed
//! over. Of several members with one name the last counts (RFC 8259 section 4 leaves it open).
//!
//! A lenient reader takes a member that is not what is declared for a blank one, if there is an `Extra` to keep what
//! came; without one the object cannot be read, and the record around it keeps it whole. A `nullable` member may be
//! absent for readers that are not lenient too.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::budget::{COPIES, ITEM_COPIES, SLOT};
use super::codec::Codec;
use super::extra::{BLANK, Came, Extra};
use super::list::{entry, take_member};
use super::reader::{DecodeError, Place, Reader};
use super::writer::{Writer, is_plain};

/// A member that a struct declares.
#[derive(Debug)]
pub struct Key {
    name: &'static str,
    /// `"name":`, unless the name has what JSON escapes.
    head: Option<&'static str>,
    mode: Mode,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Required,
    Nullable,
    Optional,
}

impl Key {
    /// A member that must be there.
    pub const fn required(name: &'static str, head: &'static str) -> Self { Self::new(name, head, Mode::Required) }

    /// A member that is always sent, and may be `null`.
    pub const fn nullable(name: &'static str, head: &'static str) -> Self { Self::new(name, head, Mode::Nullable) }

    /// A member that is left out when there is nothing to say.
    pub const fn optional(name: &'static str, head: &'static str) -> Self { Self::new(name, head, Mode::Optional) }

    /// A member that may be absent or `null`; its slot knows which.
    pub const fn field(name: &'static str, head: &'static str) -> Self { Self::new(name, head, Mode::Optional) }

    const fn new(name: &'static str, head: &'static str, mode: Mode) -> Self {
        Key { name, head: if is_plain(name) { Some(head) } else { None }, mode }
    }

    fn write(&self, writer: &mut Writer) {
        match self.head {
            Some(head) => writer.head(head),
            None => writer.key(self.name),
        }
    }
}

/// Where the members go that a struct does not declare.
pub trait Rest {
    /// Reads the value of a member.
    fn read(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Writes the members, but none of the names that were written already.
    fn write(&self, is_written: &dyn Fn(&str) -> bool, writer: &mut Writer);

    /// The same, if it can keep any value.
    fn extra(&self) -> Option<&Extra> { None }

    /// The same, if it can keep any value.
    fn extra_mut(&mut self) -> Option<&mut Extra> { None }
}

impl<T: Codec> Rest for BTreeMap<String, T> {
    fn read(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let stack = ITEM_COPIES * size_of::<T>();
        reader.enter(stack)?;
        take_member(self, reader)?;
        entry(self, name.to_string()).decode(reader).map_err(|error| error.within(&name))?;
        reader.leave(stack);
        Ok(())
    }

    fn write(&self, is_written: &dyn Fn(&str) -> bool, writer: &mut Writer) {
        for (name, value) in self.iter().filter(|(name, _)| !is_written(name)) {
            writer.key(name);
            value.encode(writer);
        }
    }
}

impl Rest for Extra {
    fn read(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.read(name.into_owned(), reader)
    }

    fn write(&self, is_written: &dyn Fn(&str) -> bool, writer: &mut Writer) { (**self).write(is_written, writer) }

    fn extra(&self) -> Option<&Extra> { Some(self).filter(|extra| !extra.says_nothing()) }

    fn extra_mut(&mut self) -> Option<&mut Extra> { Some(self) }
}

/// Reads an object into the slots that stand for its keys, which are those of a struct of `size` bytes.
pub fn decode(
    keys: &[Key],
    size: usize,
    slots: &mut [&mut dyn Codec],
    mut rest: Option<&mut dyn Rest>,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let (mut seen, mut next) = (Seen::new(keys.len()), 0);
    let start = reader.start()?;
    let stack = COPIES * size + SLOT * keys.len();
    reader.enter(stack)?;
    reader.open_object()?;
    while let Some(member) = next_member(keys, next, reader)? {
        match (member, &mut rest) {
            (Member::Declared(index), _) => {
                if seen.has(index) {
                    again(&keys[index], &mut rest, reader);
                }
                let place = reader.place();
                if let Err(error) = slots[index].decode(reader) {
                    amend(&keys[index], slots[index], &place, error, &mut rest, reader)?;
                }
                seen.add(index);
                next = index + 1;
            }
            (Member::Other(name), Some(rest)) => {
                reader.stray();
                rest.read(name, reader)?;
            }
            (Member::Other(_), None) => {
                reader.stray();
                reader.skip()?;
            }
        }
    }
    reader.leave(stack);
    let missing = keys.iter().zip(slots).enumerate().filter(|(index, _)| !seen.has(*index));
    for (_, (key, slot)) in missing.filter(|(_, (key, _))| key.mode != Mode::Optional) {
        lack(key, &**slot, start, &mut rest, reader)?;
    }
    Ok(())
}

/// The place that can keep any value, if there is one.
fn extra_of<'r>(rest: &'r mut Option<&mut dyn Rest>) -> Option<&'r mut Extra> { rest.as_mut()?.extra_mut() }

/// A member comes again: the last of several counts.
#[cold]
fn again(key: &Key, rest: &mut Option<&mut dyn Rest>, reader: &mut Reader<'_>) {
    reader.repeat();
    if let Some(extra) = extra_of(rest) {
        extra.forget(key.name);
    }
}

/// Keeps the value of a member that cannot be read as its type, if the reader is lenient and there is a place for it.
#[cold]
fn amend(
    key: &Key,
    slot: &mut dyn Codec,
    place: &Place,
    error: DecodeError,
    rest: &mut Option<&mut dyn Rest>,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let can_keep = reader.is_lenient() && !error.is_syntax();
    let Some(extra) = extra_of(rest).filter(|_| can_keep) else {
        return Err(error.within(key.name));
    };
    if !reader.rewind(place) {
        return Err(error.within(key.name));
    }
    // of what was begun to be read nothing remains
    let _ = slot.decode(&mut Reader::nothing());
    let came = if reader.take_null()? {
        Came::Null
    } else {
        extra.read(key.name.to_owned(), reader)?;
        Came::Value
    };
    reader.overcome(error.blank_in(place.depth()));
    if key.mode == Mode::Required {
        extra.note(key.name, came, slot);
    }
    Ok(())
}

/// A member that must be there is absent: its field stays blank, if the reader is lenient and can remember it.
#[cold]
fn lack(
    key: &Key,
    slot: &dyn Codec,
    start: usize,
    rest: &mut Option<&mut dyn Rest>,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    reader.stray();
    let lenient = reader.is_lenient();
    match extra_of(rest).filter(|_| lenient) {
        Some(extra) => {
            // the object was left already
            reader.overcome(DecodeError::missing(key.name, start).blank_in(reader.place().depth() + 1));
            extra.note(key.name, Came::Nothing, slot);
            reader.take_memory(BLANK)
        }
        None if key.mode == Mode::Nullable => Ok(()),
        None => Err(DecodeError::missing(key.name, start)),
    }
}

/// Writes an object from the slots that stand for its keys.
pub fn encode(keys: &[Key], slots: &[&dyn Codec], rest: Option<&dyn Rest>, writer: &mut Writer) {
    writer.open_object();
    match rest.and_then(Rest::extra) {
        Some(extra) => encode_beside(keys, slots, extra, writer),
        None => {
            for (key, slot) in keys.iter().zip(slots).filter(|(key, slot)| is_sent(key, **slot)) {
                key.write(writer);
                slot.encode(writer);
            }
            if let Some(rest) = rest {
                rest.write(&|name| find(keys, name, 0).is_some(), writer);
            }
        }
    }
    writer.close_object();
}

fn is_sent(key: &Key, slot: &dyn Codec) -> bool { key.mode != Mode::Optional || !slot.is_absent() }

/// Writes the members of an object beside what came in place of some: a field that says something is written, else
/// what is kept.
#[cold]
fn encode_beside(keys: &[Key], slots: &[&dyn Codec], extra: &Extra, writer: &mut Writer) {
    let mut written = Seen::new(keys.len());
    for (index, (key, slot)) in keys.iter().zip(slots).enumerate().filter(|(_, (key, slot))| is_sent(key, **slot)) {
        let start = writer.written().len();
        writer.key(key.name);
        let value = writer.written().len();
        slot.encode(writer);
        let is_kept = extra.contains_key(key.name);
        match extra.came(key.name, &writer.written()[value..]) {
            Some(Came::Nothing) => writer.truncate(start),
            Some(Came::Value) if is_kept => writer.truncate(start),
            None if is_kept && slot.is_absent() => writer.truncate(start),
            Some(Came::Null) => {
                writer.truncate(value);
                writer.null();
                written.add(index);
            }
            Some(Came::Value) | None => written.add(index),
        }
    }
    Rest::write(extra, &|name| find(keys, name, 0).is_some_and(|index| written.has(index)), writer);
}

/// A member of an object, whose value follows.
enum Member<'j> {
    /// The one of a key.
    Declared(usize),
    /// Another of this name.
    Other(Cow<'j, str>),
}

/// The next member; `None` behind the last. Servers mostly send members in the order of their document, so the key
/// behind the last is tried first.
#[inline]
fn next_member<'j>(keys: &[Key], next: usize, reader: &mut Reader<'j>) -> Result<Option<Member<'j>>, DecodeError> {
    if let Some(head) = keys.get(next).and_then(|key| key.head)
        && reader.take_head(head)
    {
        return Ok(Some(Member::Declared(next)));
    }
    let name = reader.next_name()?;
    Ok(name.map(|name| find(keys, &name, next).map_or(Member::Other(name), Member::Declared)))
}

/// The index of a key, looked for from `next` on.
fn find(keys: &[Key], name: &str, next: usize) -> Option<usize> {
    let (before, behind) = keys.split_at(next);
    let is_name = |key: &Key| key.name == name;
    let behind = behind.iter().position(is_name).map(|index| next + index);
    behind.or_else(|| before.iter().position(is_name))
}

/// Which keys were met: one bit for each, on the stack for as many as almost every struct has.
struct Seen {
    first: u64,
    rest: Vec<u64>,
}

impl Seen {
    fn new(keys: usize) -> Self { Seen { first: 0, rest: vec![0; keys.div_ceil(64).saturating_sub(1)] } }

    fn add(&mut self, index: usize) {
        let word = if index < 64 { &mut self.first } else { &mut self.rest[index / 64 - 1] };
        *word |= 1 << (index % 64);
    }

    fn has(&self, index: usize) -> bool {
        let word = if index < 64 { self.first } else { self.rest[index / 64 - 1] };
        word >> (index % 64) & 1 == 1
    }
}

/// Gives a struct its codec; see the module.
macro_rules! record {
    ($name:ident { $($field:ident $(= $wire:literal)? $(: $mode:tt)?),* $(,)? $(; $extra:ident)? }) => {
        const _: () = {
            static KEYS: &[$crate::runtime::record::Key] =
                &[$($crate::runtime::record::key!($field $(= $wire)? $(: $mode)?)),*];

            impl $crate::runtime::codec::Codec for $name {
                #[inline]
                fn blank() -> Self {
                    $name {
                        $($field: $crate::runtime::codec::Codec::blank(),)*
                        $($extra: ::core::default::Default::default(),)?
                    }
                }

                #[inline]
                fn decode(
                    &mut self,
                    reader: &mut $crate::runtime::reader::Reader<'_>,
                ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                    $crate::runtime::record::decode(
                        KEYS,
                        ::core::mem::size_of::<Self>(),
                        &mut [$(&mut self.$field),*],
                        $crate::runtime::record::rest!($(&mut self.$extra)?),
                        reader,
                    )
                }

                #[inline]
                fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                    $crate::runtime::record::encode(
                        KEYS,
                        &[$(&self.$field),*],
                        $crate::runtime::record::rest!($(&self.$extra)?),
                        writer,
                    )
                }

                #[inline]
                fn accepts(kind: $crate::runtime::reader::Kind) -> bool {
                    kind == $crate::runtime::reader::Kind::Object
                }
            }
        };

        $crate::runtime::serde_bridge::serde_bridge!($name);
    };
}
pub(crate) use record;

/// The row of a field in the table of keys.
macro_rules! key {
    ($field:ident) => {
        $crate::runtime::record::key! { $field: required }
    };
    ($field:ident: ?) => {
        $crate::runtime::record::key! { $field: optional }
    };
    ($field:ident: $mode:ident) => {
        $crate::runtime::record::Key::$mode(stringify!($field), concat!("\"", stringify!($field), "\":"))
    };
    ($field:ident = $wire:literal) => {
        $crate::runtime::record::key! { $field = $wire: required }
    };
    ($field:ident = $wire:literal: ?) => {
        $crate::runtime::record::key! { $field = $wire: optional }
    };
    ($field:ident = $wire:literal: $mode:ident) => {
        $crate::runtime::record::Key::$mode($wire, concat!("\"", $wire, "\":"))
    };
}
pub(crate) use key;

/// The place for other members, if there is one.
macro_rules! rest {
    () => {
        ::core::option::Option::None
    };
    ($extra:expr) => {
        ::core::option::Option::Some($extra)
    };
}
pub(crate) use rest;
