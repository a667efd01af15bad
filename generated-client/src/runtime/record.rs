// needs: codec reader serde_bridge writer | crates:
//! The codec of a struct: a table of its keys, and one loop for all structs.
//!
//! ```text
//! record!(User { id, r#type = "type", name: nullable, lang: ?, phone = "phone-number": field; extra });
//! ```
//!
//! | mode | field | read | written |
//! |---|---|---|---|
//! | `required`, or none | `T` | must be there | always |
//! | `nullable` | `Option<T>` | may be absent | always, `None` as `null` |
//! | `?` | `Option<T>` | may be absent or `null` | unless `None` |
//! | `field` | `Field<T>` | absent and `null` told apart | unless `Absent` |
//!
//! `extra`, if named, is a `BTreeMap<String, T>` that takes all other members; without it they are passed over. Of
//! several members with one name the last counts (RFC 8259 section 4 leaves it open).

use std::collections::BTreeMap;

use super::codec::Codec;
use super::reader::{DecodeError, Reader};
use super::writer::Writer;

/// A member that a struct declares.
#[derive(Debug)]
pub struct Key {
    name: &'static str,
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
    pub const fn required(name: &'static str) -> Self { Key { name, mode: Mode::Required } }

    /// A member that is always sent, and may be `null`.
    pub const fn nullable(name: &'static str) -> Self { Key { name, mode: Mode::Nullable } }

    /// A member that is left out when there is nothing to say.
    pub const fn optional(name: &'static str) -> Self { Key { name, mode: Mode::Optional } }

    /// A member that may be absent or `null`; its slot knows which.
    pub const fn field(name: &'static str) -> Self { Key { name, mode: Mode::Optional } }
}

/// Where the members go that a struct does not declare.
pub trait Extra {
    /// Reads the value of a member.
    fn read(&mut self, name: String, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Writes the members, but none that the struct declares, for that one was written already.
    fn write(&self, keys: &[Key], writer: &mut Writer);
}

impl<T: Codec> Extra for BTreeMap<String, T> {
    fn read(&mut self, name: String, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let mut value = T::blank();
        value.decode(reader).map_err(|error| error.within(&name))?;
        self.insert(name, value);
        Ok(())
    }

    fn write(&self, keys: &[Key], writer: &mut Writer) {
        for (name, value) in self.iter().filter(|(name, _)| find(keys, name, 0).is_none()) {
            writer.key(name);
            value.encode(writer);
        }
    }
}

/// Reads an object into the slots that stand for its keys.
pub fn decode(
    keys: &[Key],
    slots: &mut [&mut dyn Codec],
    mut extra: Option<&mut dyn Extra>,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let (mut seen, mut next) = (Seen::new(keys.len()), 0);
    reader.open_object()?;
    let start = reader.offset();
    while let Some(name) = reader.next_key()? {
        if let Some(index) = find(keys, name, next) {
            slots[index].decode(reader).map_err(|error| error.within(keys[index].name))?;
            seen.add(index);
            next = index + 1;
        } else if let Some(extra) = &mut extra {
            let name = name.to_owned();
            reader.stray();
            extra.read(name, reader)?;
        } else {
            reader.stray();
            reader.skip()?;
        }
    }
    let missing = |(index, key): &(usize, &Key)| key.mode == Mode::Required && !seen.has(*index);
    match keys.iter().enumerate().find(missing) {
        Some((_, key)) => Err(DecodeError::new(format!("missing field `{}`", key.name), start)),
        None => Ok(()),
    }
}

/// Writes an object from the slots that stand for its keys.
pub fn encode(keys: &[Key], slots: &[&dyn Codec], extra: Option<&dyn Extra>, writer: &mut Writer) {
    writer.open_object();
    for (key, slot) in keys.iter().zip(slots) {
        if key.mode != Mode::Optional || !slot.is_absent() {
            writer.key(key.name);
            slot.encode(writer);
        }
    }
    if let Some(extra) = extra {
        extra.write(keys, writer);
    }
    writer.close_object();
}

/// Where a key stands. Servers mostly send members in the order of their document, so the one behind the last is looked
/// at first.
fn find(keys: &[Key], name: &str, next: usize) -> Option<usize> {
    let is_name = |key: &Key| key.name == name;
    if keys.get(next).is_some_and(is_name) { Some(next) } else { keys.iter().position(is_name) }
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
                fn blank() -> Self {
                    $name {
                        $($field: $crate::runtime::codec::Codec::blank(),)*
                        $($extra: $crate::runtime::codec::Codec::blank(),)?
                    }
                }

                fn decode(
                    &mut self,
                    reader: &mut $crate::runtime::reader::Reader<'_>,
                ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                    // an object read before, under the same key, must leave nothing behind
                    *self = $crate::runtime::codec::Codec::blank();
                    $crate::runtime::record::decode(
                        KEYS,
                        &mut [$(&mut self.$field),*],
                        $crate::runtime::record::extra!($(&mut self.$extra)?),
                        reader,
                    )
                }

                fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                    $crate::runtime::record::encode(
                        KEYS,
                        &[$(&self.$field),*],
                        $crate::runtime::record::extra!($(&self.$extra)?),
                        writer,
                    )
                }

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
#[allow(unused_macros, reason = "a crate may have none")]
macro_rules! key {
    ($field:ident) => {
        $crate::runtime::record::Key::required(stringify!($field))
    };
    ($field:ident: ?) => {
        $crate::runtime::record::Key::optional(stringify!($field))
    };
    ($field:ident = $wire:literal: ?) => {
        $crate::runtime::record::Key::optional($wire)
    };
    ($field:ident: $mode:ident) => {
        $crate::runtime::record::Key::$mode(stringify!($field))
    };
    ($field:ident = $wire:literal) => {
        $crate::runtime::record::Key::required($wire)
    };
    ($field:ident = $wire:literal: $mode:ident) => {
        $crate::runtime::record::Key::$mode($wire)
    };
}
#[allow(unused_imports, reason = "a crate may have none")]
pub(crate) use key;

/// The place for other members, if there is one.
macro_rules! extra {
    () => {
        ::core::option::Option::None
    };
    ($extra:expr) => {
        ::core::option::Option::Some($extra)
    };
}
pub(crate) use extra;
