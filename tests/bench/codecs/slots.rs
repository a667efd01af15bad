//! The engine behind the forms `slots`, `record`, `index` and `visitor`: a model says where its fields are, and one
//! non-generic loop reads or writes all of them.

use crate::json::{Error, Read, Reader, Value, Writer, missing};

/// A type that reads itself from JSON and writes itself to it.
pub trait Codec {
    fn blank() -> Self
    where
        Self: Sized;
    fn decode(&mut self, reader: &mut Reader<'_>) -> Read<()>;
    fn encode(&self, writer: &mut Writer);
}

/// How a field answers to absence and `null`.
#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    Required,
    Nullable,
    Optional,
}

/// One field: its name on the wire and its mode.
pub struct Key(pub &'static str, pub Mode);

/// Reads a whole document.
pub fn from_json<T: Codec>(json: &[u8]) -> Read<T> {
    let (mut value, mut reader) = (T::blank(), Reader::new(json));
    value.decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Writes a whole document.
pub fn to_json(value: &dyn Codec) -> Vec<u8> {
    let mut writer = Writer::default();
    value.encode(&mut writer);
    writer.0
}

/// Where a key stands: mostly just behind the one before.
fn find(keys: &[Key], name: &str, next: usize) -> Option<usize> {
    let at = |key: &Key| key.0 == name;
    if keys.get(next).is_some_and(at) { Some(next) } else { keys.iter().position(at) }
}

/// Which fields were met.
struct Seen(u128, Vec<bool>);

impl Seen {
    fn new(fields: usize) -> Self {
        Seen(0, if fields > 128 { vec![false; fields] } else { Vec::new() })
    }
    fn add(&mut self, field: usize) {
        match self.1.get_mut(field) {
            Some(seen) => *seen = true,
            None => self.0 |= 1 << field,
        }
    }
    fn has(&self, field: usize) -> bool {
        self.1.get(field).copied().unwrap_or_else(|| self.0 >> field & 1 == 1)
    }
}

fn object(keys: &[Key], reader: &mut Reader<'_>, slot: &mut dyn FnMut(usize, &mut Reader<'_>) -> Read<()>) -> Read<()> {
    let (mut seen, mut next, mut first) = (Seen::new(keys.len()), 0, true);
    loop {
        let Some(name) = reader.key(&mut first)? else { break };
        match find(keys, name, next) {
            Some(index) => {
                slot(index, reader).map_err(|Error(text)| Error(format!("{}: {text}", keys[index].0)))?;
                seen.add(index);
                next = index + 1;
            }
            None => reader.skip()?,
        }
    }
    match keys.iter().enumerate().find(|(index, key)| key.1 == Mode::Required && !seen.has(*index)) {
        Some((_, key)) => Err(missing(key.0)),
        None => Ok(()),
    }
}

fn member(key: &Key, slot: &dyn Codec, writer: &mut Writer) {
    let start = writer.0.len();
    writer.key(key.0);
    let value = writer.0.len();
    slot.encode(writer);
    if key.1 == Mode::Optional && &writer.0[value..] == b"null" {
        writer.0.truncate(start);
    }
}

/// Reads an object into slots that stand side by side.
pub fn decode_slots(keys: &[Key], slots: &mut [&mut dyn Codec], reader: &mut Reader<'_>) -> Read<()> {
    object(keys, reader, &mut |index, reader| slots[index].decode(reader))
}

/// Writes slots that stand side by side.
pub fn encode_slots(keys: &[Key], slots: &[&dyn Codec], writer: &mut Writer) {
    writer.open(b'{');
    for (key, slot) in keys.iter().zip(slots) {
        member(key, *slot, writer);
    }
    writer.close(b'}');
}

/// A record that hands out one slot at a time.
pub trait Index {
    fn keys(&self) -> &'static [Key];
    fn slot(&mut self, index: usize) -> &mut dyn Codec;
    fn value(&self, index: usize) -> &dyn Codec;
}

pub fn decode_index(record: &mut dyn Index, reader: &mut Reader<'_>) -> Read<()> {
    object(record.keys(), reader, &mut |index, reader| record.slot(index).decode(reader))
}

pub fn encode_index(record: &dyn Index, writer: &mut Writer) {
    writer.open(b'{');
    for (index, key) in record.keys().iter().enumerate() {
        member(key, record.value(index), writer);
    }
    writer.close(b'}');
}

/// A record that shows its fields one after the other.
pub trait Visit {
    fn keys(&self) -> &'static [Key];
    fn slots(&mut self, visitor: &mut Slots<'_, '_>);
    fn values(&self, visitor: &mut Values<'_>);
}

/// Looks for the field to read.
pub struct Slots<'a, 'j>(usize, &'a mut Reader<'j>, Read<()>);

impl Slots<'_, '_> {
    pub fn field(&mut self, slot: &mut dyn Codec) {
        if self.0 == 0 {
            self.2 = slot.decode(self.1);
        }
        self.0 = self.0.wrapping_sub(1);
    }
}

/// Writes each field.
pub struct Values<'a>(&'static [Key], usize, &'a mut Writer);

impl Values<'_> {
    pub fn field(&mut self, slot: &dyn Codec) {
        member(&self.0[self.1], slot, self.2);
        self.1 += 1;
    }
}

pub fn decode_visit(record: &mut dyn Visit, reader: &mut Reader<'_>) -> Read<()> {
    object(record.keys(), reader, &mut |index, reader| {
        let mut slots = Slots(index, reader, Ok(()));
        record.slots(&mut slots);
        slots.2
    })
}

pub fn encode_visit(record: &dyn Visit, writer: &mut Writer) {
    writer.open(b'{');
    record.values(&mut Values(record.keys(), 0, writer));
    writer.close(b'}');
}

/// The form `record`: the same slots, written by a macro from the list of fields.
macro_rules! record {
    ($name:ident { $($field:ident $(= $wire:literal)? $(: $mode:ident)?),* $(,)? }) => {
        const _: () = {
            use $crate::slots::{Codec, Key, decode_slots, encode_slots};
            static KEYS: &[Key] = &[$($crate::slots::key!($field $(= $wire)? $(: $mode)?)),*];
            impl Codec for $name {
                fn blank() -> Self {
                    $name { $($field: Codec::blank()),* }
                }
                fn decode(&mut self, reader: &mut $crate::json::Reader<'_>) -> $crate::json::Read<()> {
                    decode_slots(KEYS, &mut [$(&mut self.$field),*], reader)
                }
                fn encode(&self, writer: &mut $crate::json::Writer) {
                    encode_slots(KEYS, &[$(&self.$field),*], writer)
                }
            }
        };
    };
}
pub(crate) use record;

/// The row of one field.
macro_rules! key {
    ($field:ident) => { $crate::slots::Key(stringify!($field), $crate::slots::Mode::Required) };
    ($field:ident : nullable) => { $crate::slots::Key(stringify!($field), $crate::slots::Mode::Nullable) };
    ($field:ident : optional) => { $crate::slots::Key(stringify!($field), $crate::slots::Mode::Optional) };
    ($field:ident = $wire:literal) => { $crate::slots::Key($wire, $crate::slots::Mode::Required) };
    ($field:ident = $wire:literal : nullable) => { $crate::slots::Key($wire, $crate::slots::Mode::Nullable) };
    ($field:ident = $wire:literal : optional) => { $crate::slots::Key($wire, $crate::slots::Mode::Optional) };
}
pub(crate) use key;

/// The codec of an open enum of strings.
macro_rules! text_enum {
    ($name:ident { $($variant:ident = $wire:literal),* }) => {
        impl $crate::slots::Codec for $name {
            fn blank() -> Self {
                $name::Unknown(String::new())
            }
            fn decode(&mut self, reader: &mut $crate::json::Reader<'_>) -> $crate::json::Read<()> {
                *self = match reader.str()? { $($wire => $name::$variant,)* other => $name::Unknown(other.to_owned()) };
                Ok(())
            }
            fn encode(&self, writer: &mut $crate::json::Writer) {
                writer.string(match self { $($name::$variant => $wire,)* $name::Unknown(text) => text });
            }
        }
    };
}
pub(crate) use text_enum;

macro_rules! primitive {
    ($($type:ty: $blank:expr, $read:ident, |$writer:ident, $value:ident| $write:expr;)*) => {$(
        impl Codec for $type {
            fn blank() -> Self {
                $blank
            }
            fn decode(&mut self, reader: &mut Reader<'_>) -> Read<()> {
                *self = reader.$read()?;
                Ok(())
            }
            fn encode(&self, $writer: &mut Writer) {
                let $value = self;
                $write
            }
        }
    )*};
}

primitive! {
    bool: false, bool, |writer, value| writer.bool(*value);
    i64: 0, i64, |writer, value| writer.i64(*value);
    f64: 0.0, f64, |writer, value| writer.f64(*value);
    String: String::new(), string, |writer, value| writer.string(value);
    Value: Value::Null, value, |writer, value| writer.value(value);
}

impl<T: Codec> Codec for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }
    fn decode(&mut self, reader: &mut Reader<'_>) -> Read<()> {
        let mut first = true;
        self.clear();
        while reader.more(&mut first)? {
            let mut item = T::blank();
            item.decode(reader)?;
            self.push(item);
        }
        Ok(())
    }
    fn encode(&self, writer: &mut Writer) {
        writer.array(self, T::encode);
    }
}

impl<T: Codec> Codec for Option<T> {
    fn blank() -> Self {
        None
    }
    fn decode(&mut self, reader: &mut Reader<'_>) -> Read<()> {
        *self = None;
        if !reader.null()? {
            self.insert(T::blank()).decode(reader)?;
        }
        Ok(())
    }
    fn encode(&self, writer: &mut Writer) {
        writer.nullable(self, T::encode);
    }
}

impl<T: Codec> Codec for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }
    fn decode(&mut self, reader: &mut Reader<'_>) -> Read<()> {
        T::decode(self, reader)
    }
    fn encode(&self, writer: &mut Writer) {
        T::encode(self, writer);
    }
}
