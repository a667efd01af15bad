// needs: budget codec reader serde_bridge value writer | crates:
//! Unions: enums with a newtype variant per shape, and one that keeps values that fit no shape.
//!
//! ```text
//! // by a tag in the object: enum Shape { Circle(Circle), Rect(Box<Rect>), Unknown(Value) }
//! union!(pub enum Shape by "type" { Circle(Circle): "circle", Rect(Box<Rect>): "rect" | "rectangle"; Unknown });
//! // by trial: enum Pet { Cat(Cat), Dog(Dog), Unknown(Value) }
//! union!(pub enum Pet { Cat(Cat), Dog(Dog); Unknown });
//! ```
//!
//! Variants of records are boxed. With `from` after the tag, the contents of each variant convert into the union;
//! boxed contents convert without the box.
//!
//! A tag that is a number or boolean is written without quotes: `Circle(Circle): 2`.
//!
//! With a tag, the named variant reads the whole object including the tag; on writing, the tag is added if the object
//! lacks it. A missing or unknown tag leads to `Unknown`; with `; Unknown else Circle, Text`, to the listed shape that
//! fits, by trial, which is then written without a tag. Shapes without tags are listed there. Shapes after `or` are
//! tried too, but written with their tag, for which they have no member.
//!
//! By trial, the variants are read in order, and the first that fits completely is taken. If there is none, the best
//! fit is taken: the one with the fewest unknown enum values, then with the fewest undeclared or missing required
//! members, then the first. Misfits count at every depth. If several have the same number of unknown values, the
//! choice would be a guess, and `Unknown` keeps the whole value.

use std::borrow::Cow;

use super::budget::{TAGGED, TRIED};
use super::codec::{Codec, from_json, to_json};
use super::reader::{DecodeError, Kind, Reader};
use super::value::Value;
use super::writer::Writer;

/// Whether a variant may hold this kind of value.
pub fn accepts<T: Codec, U>(_wrap: fn(T) -> U, kind: Kind) -> bool { T::accepts(kind) }

/// Reads a value into a variant, if its kind fits.
pub fn attempt<T: Codec, U>(
    union: &mut U,
    wrap: fn(T) -> U,
    kind: Kind,
    reader: &mut Reader<'_>,
) -> Option<Result<(), DecodeError>> {
    if !T::accepts(kind) {
        return None;
    }
    let mut value = T::blank();
    let outcome = value.decode(reader);
    if outcome.is_ok() {
        *union = wrap(value);
    }
    Some(outcome)
}

/// The tags of a variant, if any, and the function that tries it.
pub type Variant<U> = (&'static [&'static str], fn(&mut U, Kind, &mut Reader<'_>) -> Option<Result<(), DecodeError>>);

/// A union being read, behind a trait object, so that the selection code is compiled once for all unions.
trait Choice {
    /// The number of variants.
    fn len(&self) -> usize;

    /// The tags of a variant.
    fn tags(&self, index: usize) -> &[&str];

    /// Reads a variant as the candidate, if this kind of value fits.
    fn attempt(&mut self, index: usize, kind: Kind, reader: &mut Reader<'_>) -> Option<Result<(), DecodeError>>;

    /// Takes the candidate as the value.
    fn take(&mut self);

    /// Takes a value that fits no variant.
    fn take_unknown(&mut self, value: Value);
}

struct Tries<'u, U> {
    union: &'u mut U,
    candidate: U,
    variants: &'u [Variant<U>],
    unknown: fn(Value) -> U,
}

impl<U> Choice for Tries<'_, U> {
    fn len(&self) -> usize { self.variants.len() }

    fn tags(&self, index: usize) -> &[&str] { self.variants[index].0 }

    fn attempt(&mut self, index: usize, kind: Kind, reader: &mut Reader<'_>) -> Option<Result<(), DecodeError>> {
        (self.variants[index].1)(&mut self.candidate, kind, reader)
    }

    fn take(&mut self) { std::mem::swap(self.union, &mut self.candidate); }

    fn take_unknown(&mut self, value: Value) { *self.union = (self.unknown)(value); }
}

/// Reads the variant named by the tag of the next object, or else the best fit of `others`.
pub fn by_tag<U: Codec>(
    union: &mut U,
    name: &str,
    variants: &[Variant<U>],
    others: &[Variant<U>],
    unknown: fn(Value) -> U,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let mut tries = Tries { union, candidate: U::blank(), variants, unknown };
    match named(&tries, name, reader)? {
        Some(index) => within(TAGGED, reader, |reader| meant(&mut tries, index, reader)),
        None => within(TRIED, reader, |reader| best(&mut Tries { variants: others, ..tries }, reader)),
    }
}

/// Reads the best-fitting variant; a value that fits none becomes unknown. If only one variant accepts this kind of
/// value, a lenient reader takes it despite deviations.
pub fn choose<U: Codec>(
    union: &mut U,
    variants: &[Variant<U>],
    unknown: fn(Value) -> U,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let mut tries = Tries { union, candidate: U::blank(), variants, unknown };
    within(TRIED, reader, |reader| best(&mut tries, reader))
}

/// Reads within a reserved amount of stack, in bytes.
fn within(
    stack: usize,
    reader: &mut Reader<'_>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    reader.enter(stack)?;
    read(reader)?;
    reader.leave(stack);
    Ok(())
}

/// The variant named by the tag of the next object.
fn named(choice: &dyn Choice, name: &str, reader: &mut Reader<'_>) -> Result<Option<usize>, DecodeError> {
    // a late tag makes everything before it be read twice, also in each enclosing object
    if !reader.rereads(reader.offset()) {
        return Ok(None);
    }
    let (tag, offset) = find_tag(reader, name)?;
    reader.rereads(offset);
    Ok(tag.and_then(|tag| (0..choice.len()).find(|index| choice.tags(*index).contains(&&*tag))))
}

fn best(choice: &mut dyn Choice, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    // charge the blank values made around the union before trying its variants
    reader.take_memory(0)?;
    let kind = reader.kind()?;
    let mut best: Option<Reader<'_>> = None;
    let mut is_guess = false;
    let mut failed = None;
    let mut tried = 0;
    for index in 0..choice.len() {
        let mut fork = reader.fork();
        let Some(outcome) = choice.attempt(index, kind, &mut fork) else { continue };
        tried += 1;
        if outcome.is_ok() {
            fork.take_memory(0)?;
        }
        let score = fork.score();
        let may_go_on = reader.abandon(&fork);
        match (outcome, &best) {
            (Ok(()), _) if score == (0, 0) => {
                choice.take();
                reader.adopt(fork);
                return Ok(());
            }
            (Ok(()), Some(other)) if score >= other.score() => is_guess |= score == other.score(),
            (Ok(()), _) => {
                choice.take();
                (best, is_guess) = (Some(fork), false);
            }
            // no other variant can do better
            (Err(error), _) if error.is_syntax() => return Err(error),
            (Err(_), _) => failed = Some(index),
        }
        if !may_go_on {
            break;
        }
    }
    match (best, failed) {
        (Some(fork), _) if !is_guess || fork.score().0 == 0 => {
            reader.adopt(fork);
            Ok(())
        }
        (None, Some(only)) if tried == 1 && reader.is_lenient() => meant(choice, only, reader),
        _ => keep(choice, reader),
    }
}

/// Reads the selected variant. A lenient reader keeps whole what still cannot be read.
fn meant(choice: &mut dyn Choice, index: usize, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let (kind, place) = (reader.kind()?, reader.place());
    match choice.attempt(index, kind, reader) {
        Some(Ok(())) => {
            choice.take();
            Ok(())
        }
        Some(Err(error)) if !reader.is_lenient() || error.is_syntax() || !reader.rewind(&place) => Err(error),
        Some(Err(error)) => {
            reader.overcome(error);
            keep(choice, reader)
        }
        None => keep(choice, reader),
    }
}

/// Keeps a value that fits no variant.
fn keep(choice: &mut dyn Choice, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    reader.surprise();
    let mut value = Value::Null;
    value.decode(reader)?;
    choice.take_unknown(value);
    Ok(())
}

/// The tag of the next object: the text of a string, or else its JSON.
pub fn tag<'j>(reader: &Reader<'j>, name: &str) -> Result<Option<Cow<'j, str>>, DecodeError> {
    find_tag(reader, name).map(|(tag, _)| tag)
}

/// The tag, and the offset up to which it was searched.
fn find_tag<'j>(reader: &Reader<'j>, name: &str) -> Result<(Option<Cow<'j, str>>, usize), DecodeError> {
    let mut fork = reader.fork();
    if fork.kind()? != Kind::Object {
        return Ok((None, fork.offset()));
    }
    fork.open_object()?;
    while let Some(key) = fork.next_key()? {
        if key != name {
            fork.skip()?;
            continue;
        }
        let tag = match fork.kind()? {
            Kind::String => fork.lasting_str()?,
            _ => fork.raw()?.into(),
        };
        return Ok((Some(tag), fork.offset()));
    }
    Ok((None, fork.offset()))
}

/// The value of a tag when written.
#[derive(Clone, Copy, Debug)]
pub enum Tag {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Flag(bool),
}

impl From<&'static str> for Tag {
    fn from(text: &'static str) -> Self { Tag::Text(text) }
}

impl From<i64> for Tag {
    fn from(number: i64) -> Self { Tag::Integer(number) }
}

impl From<bool> for Tag {
    fn from(flag: bool) -> Self { Tag::Flag(flag) }
}

/// Writes a variant, adding the tag if the object lacks it.
pub fn write(value: &dyn Codec, name: &str, tag: Tag, writer: &mut Writer) {
    let start = writer.written().len();
    value.encode(writer);
    // the writer may have put a comma before the object
    let text = writer.written().get(start..).unwrap_or_default();
    let Some(brace) = text.iter().take(2).position(|byte| *byte == b'{') else { return };
    let mut head = Writer::new();
    head.key(name);
    // most write it first
    if text[brace + 1..].starts_with(head.written()) {
        return;
    }
    let Ok(None) = Reader::new(&text[brace..]).and_then(|reader| self::tag(&reader, name)) else { return };
    let is_empty = text[brace..] == *b"{}";
    let mut member = head;
    match tag {
        Tag::Text(text) => member.string(text),
        Tag::Integer(number) => member.i64(number),
        Tag::Flag(flag) => member.bool(flag),
    }
    let mut member = member.written().to_vec();
    if !is_empty {
        member.push(b',');
    }
    writer.insert(start + brace + 1, &member);
}

/// Reads a value as another shape, through its JSON.
pub fn read_as<T: Codec>(value: &dyn Codec) -> Result<T, DecodeError> {
    let json = to_json(value).map_err(|error| DecodeError::new(error.to_string(), 0))?;
    from_json(&json)
}

/// Defines the enum of a union.
macro_rules! shapes {
    ($(#[$about:meta])* $name:ident { $($(#[$note:meta])* $variant:ident($ty:ty)),* ; $unknown:ident }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$note])* $variant($ty),)*
            /// A value that fits none of these shapes, unchanged.
            $unknown($crate::runtime::value::Value),
        }

        impl $name {
            /// Reads the value as one of its shapes, whichever variant holds it: a value may fit several.
            pub fn read_as<T: $crate::runtime::codec::Codec>(
                &self,
            ) -> ::core::result::Result<T, $crate::runtime::reader::DecodeError> {
                $crate::runtime::union::read_as(self)
            }
        }
    };
}
pub(crate) use shapes;

/// Implements `From` for the contents of a variant that is the only one of its type; boxed contents convert without
/// the box.
macro_rules! from_variant {
    ($name:ident $variant:ident Box<$ty:ty>) => {
        $crate::runtime::union::from_variant!($name $variant ::std::boxed::Box<$ty>);
    };
    ($name:ident $variant:ident ::std::boxed::Box<$ty:ty>) => {
        impl ::core::convert::From<$ty> for $name {
            #[inline]
            fn from(value: $ty) -> Self {
                $name::$variant(::std::boxed::Box::new(value))
            }
        }

    };
    ($name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<$ty> for $name {
            #[inline]
            fn from(value: $ty) -> Self {
                $name::$variant(value)
            }
        }
    };
}
pub(crate) use from_variant;

/// Defines a union with its codec; see the module.
macro_rules! union {
    ($(#[$about:meta])* pub enum $name:ident $(by $tag:literal)? from {
        $($(#[$note:meta])* $variant:ident($($ty:tt)+) $(: $($texts:literal)|+)?),* ; $unknown:ident
        $(or $($tagged:ident),+)? $(else $($other:ident),+)?
    }) => {
        $($crate::runtime::union::from_variant!($name $variant $($ty)+);)*
        $crate::runtime::union::union! {
            $(#[$about])* pub enum $name $(by $tag)? {
                $($(#[$note])* $variant($($ty)+) $(: $($texts)|+)?),* ; $unknown
                $(or $($tagged),+)? $(else $($other),+)?
            }
        }
    };
    ($(#[$about:meta])* pub enum $name:ident by $tag:literal {
        $($(#[$note:meta])* $variant:ident($ty:ty) $(: $first:literal $(| $more:literal)*)?),* ; $unknown:ident
        $(or $($tagged:ident),+)? $(else $($other:ident),+)?
    }) => {
        $crate::runtime::union::shapes! {
            $(#[$about])* $name { $($(#[$note])* $variant($ty)),* ; $unknown }
        }

        impl $crate::runtime::codec::Codec for $name {
            #[inline]
            fn blank() -> Self {
                $name::$unknown($crate::runtime::codec::Codec::blank())
            }

            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::runtime::reader::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                let variants: &[$crate::runtime::union::Variant<Self>] = &[$($((
                    &[::core::concat!($first) $(, ::core::concat!($more))*],
                    |union, kind, reader| $crate::runtime::union::attempt(union, $name::$variant, kind, reader),
                ),)?)*];
                let others: &[$crate::runtime::union::Variant<Self>] = &[
                    $($((
                        &[],
                        |union, kind, reader| $crate::runtime::union::attempt(union, $name::$tagged, kind, reader),
                    ),)+)?
                    $($((
                        &[],
                        |union, kind, reader| $crate::runtime::union::attempt(union, $name::$other, kind, reader),
                    ),)+)?
                ];
                $crate::runtime::union::by_tag(self, $tag, variants, others, $name::$unknown, reader)
            }

            #[allow(unreachable_patterns, reason = "a variant that has a tag may go without it")]
            #[inline]
            fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                match self {
                    $($($name::$other(value) => $crate::runtime::codec::Codec::encode(value, writer),)+)?
                    $($($name::$variant(value) => {
                        $crate::runtime::union::write(value, $tag, $crate::runtime::union::Tag::from($first), writer)
                    })?)*
                    $name::$unknown(value) => $crate::runtime::codec::Codec::encode(value, writer),
                }
            }

            #[inline]
            fn accepts(kind: $crate::runtime::reader::Kind) -> bool {
                kind == $crate::runtime::reader::Kind::Object
                    $($(|| $crate::runtime::union::accepts($name::$other, kind))+)?
            }
        }

        $crate::runtime::serde_bridge::serde_bridge!($name);
    };
    ($(#[$about:meta])* pub enum $name:ident {
        $($(#[$note:meta])* $variant:ident($ty:ty)),* ; $unknown:ident
    }) => {
        $crate::runtime::union::shapes! {
            $(#[$about])* $name { $($(#[$note])* $variant($ty)),* ; $unknown }
        }

        impl $crate::runtime::codec::Codec for $name {
            #[inline]
            fn blank() -> Self {
                $name::$unknown($crate::runtime::codec::Codec::blank())
            }

            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::runtime::reader::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                let variants: &[$crate::runtime::union::Variant<Self>] = &[$((
                    &[],
                    |union, kind, reader| $crate::runtime::union::attempt(union, $name::$variant, kind, reader),
                )),*];
                $crate::runtime::union::choose(self, variants, $name::$unknown, reader)
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                match self {
                    $($name::$variant(value) => $crate::runtime::codec::Codec::encode(value, writer),)*
                    $name::$unknown(value) => $crate::runtime::codec::Codec::encode(value, writer),
                }
            }

            #[inline]
            fn accepts(kind: $crate::runtime::reader::Kind) -> bool {
                [$($crate::runtime::union::accepts($name::$variant, kind)),*].contains(&true)
            }
        }

        $crate::runtime::serde_bridge::serde_bridge!($name);
    };
}
pub(crate) use union;
