// needs: budget codec reader serde_bridge value writer | crates:
//! Unions: enums of newtype variants, one of which fits what was sent, and one that keeps what fits none.
//!
//! ```text
//! // by a tag in the object: enum Shape { Circle(Circle), Rect(Box<Rect>), Unknown(Value) }
//! union!(pub enum Shape by "type" { Circle(Circle): "circle", Rect(Box<Rect>): "rect" | "rectangle"; Unknown });
//! // by trial: enum Pet { Cat(Cat), Dog(Dog), Unknown(Value) }
//! union!(pub enum Pet { Cat(Cat), Dog(Dog); Unknown });
//! ```
//!
//! Variants of records are boxed. With `from`, which stands after the tag, what a variant holds converts into the union; what
//! it boxes converts without the box.
//!
//! A tag that is a number or a boolean stands without quotes: `Circle(Circle): 2`.
//!
//! By tag, the variant reads the whole object, tag and all; on writing, the tag is added if the variant's object lacks
//! it. A tag that is missing or unknown leads to `Unknown`; with `; Unknown else Circle, Text`, to the one of these
//! shapes that fits, as by trial, which is then written without a tag of its own. A shape without tags stands there. Those
//! behind `or` are tried as well, and written with their tag: no shape has a member for it.
//!
//! By trial, the variants are read in the order given, and the first into which everything fits is taken. If there is
//! none, then the one that fits best: with the fewest unknown enum values, then with the fewest members that a struct does
//! not name, or requires and does not find, then the first. What does not fit counts at every depth. Where several have
//! equally many unknown values, which one is meant would be a guess, and `Unknown` keeps it whole.

use super::budget::{TAGGED, TRIED};
use super::codec::{Codec, from_json, to_json};
use super::reader::{DecodeError, Kind, Reader};
use super::value::Value;
use super::writer::Writer;

/// Whether a variant may hold a kind of value.
pub fn accepts<T: Codec, U>(_wrap: fn(T) -> U, kind: Kind) -> bool { T::accepts(kind) }

/// Reads a value into a variant, if its kind can fit.
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

/// The tags of a variant, if it has some, and how it is tried.
pub type Variant<U> = (&'static [&'static str], fn(&mut U, Kind, &mut Reader<'_>) -> Option<Result<(), DecodeError>>);

/// A union in the making, behind a pointer: what choosing needs of it, so that the choice stands once for all unions.
trait Choice {
    /// How many variants there are.
    fn len(&self) -> usize;

    /// The tags of a variant.
    fn tags(&self, index: usize) -> &[&str];

    /// Reads a variant as a candidate, if this kind of value can be one.
    fn attempt(&mut self, index: usize, kind: Kind, reader: &mut Reader<'_>) -> Option<Result<(), DecodeError>>;

    /// Takes the candidate for the value.
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

/// Reads the variant that the tag of the next object names, else the one that fits best of those that are tried then.
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

/// Reads the variant that fits best, and as an unknown value what fits none. If this kind of value can be one variant only,
/// a lenient reader takes it for that whatever deviates in it.
pub fn choose<U: Codec>(
    union: &mut U,
    variants: &[Variant<U>],
    unknown: fn(Value) -> U,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let mut tries = Tries { union, candidate: U::blank(), variants, unknown };
    within(TRIED, reader, |reader| best(&mut tries, reader))
}

/// Reads what needs so many bytes of the stack.
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

/// The variant that the tag of the next object names.
fn named(choice: &dyn Choice, name: &str, reader: &mut Reader<'_>) -> Result<Option<usize>, DecodeError> {
    // A tag that comes last has all that stands before it read twice, and so does that of each object around it.
    if !reader.rereads(reader.offset()) {
        return Ok(None);
    }
    let (tag, offset) = find_tag(reader, name)?;
    reader.rereads(offset);
    Ok(tag.and_then(|tag| (0..choice.len()).find(|index| choice.tags(*index).contains(&tag.as_str()))))
}

fn best(choice: &mut dyn Choice, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    // What is blank around the union was made before it is tried.
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

/// Reads the variant that is meant. What cannot be read as that even so is kept whole by a lenient reader.
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

/// The tag of the object that is next: the text of a string, or what else is written there.
pub fn tag(reader: &Reader<'_>, name: &str) -> Result<Option<String>, DecodeError> {
    find_tag(reader, name).map(|(tag, _)| tag)
}

/// The tag, and the byte up to which it was looked for.
fn find_tag(reader: &Reader<'_>, name: &str) -> Result<(Option<String>, usize), DecodeError> {
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
            Kind::String => fork.string()?,
            _ => fork.raw()?.to_owned(),
        };
        return Ok((Some(tag), fork.offset()));
    }
    Ok((None, fork.offset()))
}

/// The value of a tag as it is written.
#[derive(Clone, Copy, Debug)]
pub enum Tag {
    /// A text.
    Text(&'static str),
    /// A whole number.
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

/// Writes a variant, and its tag if the object has none.
pub fn write(value: &dyn Codec, name: &str, tag: Tag, writer: &mut Writer) {
    let start = writer.written().len();
    value.encode(writer);
    // a comma may have been put in front of the object
    let text = writer.written().get(start..).unwrap_or_default();
    let Some(brace) = text.iter().take(2).position(|byte| *byte == b'{') else { return };
    let Ok(None) = Reader::new(&text[brace..]).and_then(|reader| self::tag(&reader, name)) else { return };
    let is_empty = text[brace..] == *b"{}";
    let mut member = Writer::new();
    member.key(name);
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

/// Reads a value as another shape, by way of its JSON.
pub fn read_as<T: Codec>(value: &dyn Codec) -> Result<T, DecodeError> {
    let json = to_json(value).map_err(|error| DecodeError::new(error.to_string(), 0))?;
    from_json(&json)
}

/// The enum of a union.
macro_rules! shapes {
    ($(#[$about:meta])* $name:ident { $($(#[$note:meta])* $variant:ident($ty:ty)),* ; $unknown:ident }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$note])* $variant($ty),)*
            /// A value of none of these shapes, as it came.
            $unknown($crate::runtime::value::Value),
        }

        impl $name {
            /// Reads the value as one of its shapes, whichever variant holds it: a value may be several at once.
            pub fn read_as<T: $crate::runtime::codec::Codec>(
                &self,
            ) -> ::core::result::Result<T, $crate::runtime::reader::DecodeError> {
                $crate::runtime::union::read_as(self)
            }
        }
    };
}
pub(crate) use shapes;

/// The conversion into a union from one of its variants, which is the only one that holds its type; what a box holds is
/// converted without it.
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

/// A union with its codec; see the module.
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
                    $($($name::$variant(value) => $crate::runtime::union::write(value, $tag, $crate::runtime::union::Tag::from($first), writer),)?)*
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
