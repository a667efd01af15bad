// needs: codec list reader value writer | crates:
//! Arrays with a type per position: tuples, and tuples followed by more items.

use super::codec::Codec;
use super::list::take_item;
use super::reader::{DecodeError, Kind, Reader};
use super::value::Value;
use super::writer::Writer;

/// A tuple read from and written to an array that is already open.
pub trait Positions: Sized {
    /// Blank items to read into.
    fn blank_items() -> Self;

    /// Reads one item per position.
    fn decode_items(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Writes the items.
    fn encode_items(&self, writer: &mut Writer);

    /// The number of items.
    const COUNT: usize;
}

/// A tuple that may be followed by more items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenTuple<T, R = Value> {
    /// The items with a fixed position.
    pub first: T,
    /// The items after them.
    pub rest: Vec<R>,
}

impl<T, R> From<T> for OpenTuple<T, R> {
    fn from(first: T) -> Self { OpenTuple { first, rest: Vec::new() } }
}

impl<T: Positions, R: Codec> OpenTuple<T, R> {
    fn decode_all(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.open_array()?;
        self.first.decode_items(reader)?;
        self.rest.clear();
        while reader.next_item()? {
            let index = self.rest.len();
            take_item(&self.rest, reader)?;
            self.rest.push(R::blank());
            self.rest[index].decode(reader).map_err(|error| error.within_item(T::COUNT + index))?;
        }
        Ok(())
    }
}

impl<T: Positions, R: Codec> Codec for OpenTuple<T, R> {
    fn blank() -> Self { OpenTuple { first: T::blank_items(), rest: Vec::new() } }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let outcome = self.decode_all(reader);
        if outcome.is_err() {
            *self = Self::blank();
        }
        outcome
    }

    fn encode(&self, writer: &mut Writer) {
        writer.open_array();
        self.first.encode_items(writer);
        self.rest.iter().for_each(|item| item.encode(writer));
        writer.close_array();
    }

    fn accepts(kind: Kind) -> bool { kind == Kind::Array }
}

/// Reads the item at a position; fails if it is missing.
fn item(value: &mut dyn Codec, position: usize, count: usize, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    if !reader.next_item()? {
        return Err(reader.mismatch(&format!("an array of {count} items"), &format!("one of {position}")));
    }
    value.decode(reader).map_err(|error| error.within_item(position))
}

/// Leaves the array; fails if it has more items.
fn end(count: usize, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    if reader.next_item()? {
        return Err(reader.mismatch(&format!("an array of {count} items"), &"more"));
    }
    Ok(())
}

macro_rules! tuples {
    ($(($count:literal: $($name:ident $position:tt),*);)*) => {$(
        impl<$($name: Codec),*> Positions for ($($name,)*) {
            const COUNT: usize = $count;

            #[inline]
            fn blank_items() -> Self {
                ($($name::blank(),)*)
            }

            #[inline]
            fn decode_items(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                $(item(&mut self.$position, $position, $count, reader)?;)*
                Ok(())
            }

            #[inline]
            fn encode_items(&self, writer: &mut Writer) {
                $(self.$position.encode(writer);)*
            }
        }

        impl<$($name: Codec),*> Codec for ($($name,)*) {
            #[inline]
            fn blank() -> Self {
                Self::blank_items()
            }

            #[inline]
            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                reader.open_array()?;
                let outcome = self.decode_items(reader).and_then(|()| end($count, reader));
                if outcome.is_err() {
                    *self = Self::blank_items();
                }
                outcome
            }

            #[inline]
            fn encode(&self, writer: &mut Writer) {
                writer.open_array();
                self.encode_items(writer);
                writer.close_array();
            }

            #[inline]
            fn accepts(kind: Kind) -> bool {
                kind == Kind::Array
            }
        }
    )*};
}

tuples! {
    (1: A 0);
    (2: A 0, B 1);
    (3: A 0, B 1, C 2);
    (4: A 0, B 1, C 2, D 3);
    (5: A 0, B 1, C 2, D 3, E 4);
    (6: A 0, B 1, C 2, D 3, E 4, F 5);
    (7: A 0, B 1, C 2, D 3, E 4, F 5, G 6);
    (8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
    (9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
    (10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
    (11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
    (12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
}
