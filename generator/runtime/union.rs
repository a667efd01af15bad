// needs: codec reader serde_bridge value writer | crates:
//! Unions: enums of newtype variants, one of which fits what was sent, and one that keeps what fits none.
//!
//! ```text
//! // by a tag in the object: enum Shape { Circle(Circle), Rect(Box<Rect>), Unknown(Value) }
//! union!(pub enum Shape by "type" { Circle(Circle): "circle", Rect(Box<Rect>): "rect" | "rectangle"; Unknown });
//! // by trial: enum Pet { Cat(Cat), Dog(Dog), Unknown(Value) }
//! union!(pub enum Pet { Cat(Cat), Dog(Dog); Unknown });
//! ```
//!
//! Variants of records are boxed. Behind `from`, which stands after the tag, what a variant holds converts into the union,
//! with its box or without.
//!
//! By tag, the variant reads the whole object, tag and all; on writing, the tag is added if the variant's object lacks
//! it. A tag that is missing or unknown leads to `Unknown`; with `; Unknown else Circle, Text`, to the one of these
//! shapes that fits, as by trial, which is then written without a tag of its own. A shape without tags stands there.
//!
//! By trial, the variants are read in the order given, and the first into which everything fits is taken. If there is
//! none, then the one that fits best: with the fewest unknown enum values, then with the fewest members that a struct does
//! not name, or requires and does not find, then the first. What does not fit counts at every depth. Where several have equally many unknown values, which one is meant would be a guess, and
//! `Unknown` keeps it whole.

use super::codec::{Codec, from_json, to_json};
use super::reader::{DecodeError, Kind, Reader};
use super::value::Value;
use super::writer::Writer;

/// Reads a value into a variant.
pub fn read<T: Codec, U>(wrap: fn(T) -> U, reader: &mut Reader<'_>) -> Result<U, DecodeError> {
    let mut value = T::blank();
    value.decode(reader)?;
    Ok(wrap(value))
}

/// Whether a variant may hold a kind of value.
pub fn accepts<T: Codec, U>(_wrap: fn(T) -> U, kind: Kind) -> bool { T::accepts(kind) }

/// Reads a value into a variant, if its kind can fit.
pub fn attempt<T: Codec, U>(wrap: fn(T) -> U, kind: Kind, reader: &mut Reader<'_>) -> Option<Result<U, DecodeError>> {
    T::accepts(kind).then(|| read(wrap, reader))
}

/// How one variant is tried.
pub type Attempt<U> = fn(Kind, &mut Reader<'_>) -> Option<Result<U, DecodeError>>;

/// The tags of a variant, and how it is read.
pub type Tagged<U> = (&'static [&'static str], fn(&mut Reader<'_>) -> Result<U, DecodeError>);

/// Reads the variant that the tag of the next object names, else the one that fits best of those that are tried then.
pub fn by_tag<U>(
    name: &str,
    variants: &[Tagged<U>],
    others: &[Attempt<U>],
    unknown: fn(Value) -> U,
    reader: &mut Reader<'_>,
) -> Result<U, DecodeError> {
    let tag = tag(reader, name)?;
    let named = |tag: String| variants.iter().find(|(tags, _)| tags.contains(&tag.as_str()));
    match tag.and_then(named) {
        Some((_, read)) => read_as_meant(*read, unknown, reader),
        None => choose(others, unknown, reader),
    }
}

/// Reads the variant that fits best, and as an unknown value what fits none. If this kind of value can be one variant only,
/// a lenient reader takes it for that whatever deviates in it.
pub fn choose<U>(attempts: &[Attempt<U>], unknown: fn(Value) -> U, reader: &mut Reader<'_>) -> Result<U, DecodeError> {
    let kind = reader.kind()?;
    let mut best: Option<(U, Reader<'_>)> = None;
    let mut is_guess = false;
    let mut failed = Vec::new();
    for attempt in attempts {
        let mut fork = reader.fork();
        let Some(outcome) = attempt(kind, &mut fork) else { continue };
        let score = fork.score();
        let may_go_on = reader.abandon(&fork);
        match (outcome, &best) {
            (Ok(value), _) if score == (0, 0) => {
                reader.adopt(fork);
                return Ok(value);
            }
            (Ok(_), Some((_, other))) if score >= other.score() => is_guess |= score == other.score(),
            (Ok(value), _) => (best, is_guess) = (Some((value, fork)), false),
            // no other variant can do better
            (Err(error), _) if error.is_syntax() => return Err(error),
            (Err(_), _) => failed.push(attempt),
        }
        if !may_go_on {
            break;
        }
    }
    match (best, failed.as_slice()) {
        (Some((value, fork)), _) if !is_guess || fork.score().0 == 0 => {
            reader.adopt(fork);
            Ok(value)
        }
        (None, [only]) if reader.is_lenient() => {
            let otherwise = |reader: &Reader<'_>| reader.mismatch(&"another kind of value", &kind);
            read_as_meant(|reader| only(kind, reader).unwrap_or_else(|| Err(otherwise(reader))), unknown, reader)
        }
        _ => {
            reader.surprise();
            read(unknown, reader)
        }
    }
}

/// Reads the variant that is meant. What cannot be read as that even so is kept whole by a lenient reader.
fn read_as_meant<U>(
    variant: impl FnOnce(&mut Reader<'_>) -> Result<U, DecodeError>,
    unknown: fn(Value) -> U,
    reader: &mut Reader<'_>,
) -> Result<U, DecodeError> {
    let place = reader.place();
    match variant(reader) {
        Err(error) if reader.is_lenient() && !error.is_syntax() => {
            if !reader.rewind(&place) {
                return Err(error);
            }
            reader.overcome(error);
            read(unknown, reader)
        }
        outcome => outcome,
    }
}

/// The tag of the object that is next: the text of a string, or what else is written there.
pub fn tag(reader: &Reader<'_>, name: &str) -> Result<Option<String>, DecodeError> {
    let mut fork = reader.fork();
    if fork.kind()? != Kind::Object {
        return Ok(None);
    }
    fork.open_object()?;
    while let Some(key) = fork.next_key()? {
        if key != name {
            fork.skip()?;
        } else if fork.kind()? == Kind::String {
            return fork.string().map(Some);
        } else {
            return fork.raw().map(|text| Some(String::from_utf8_lossy(text).into_owned()));
        }
    }
    Ok(None)
}

/// Writes a variant, and its tag if the object has none.
pub fn write(value: &dyn Codec, name: &str, tag: &str, writer: &mut Writer) {
    let start = writer.written().len();
    value.encode(writer);
    // a comma may have been put in front of the object
    let text = writer.written().get(start..).unwrap_or_default();
    let Some(brace) = text.iter().take(2).position(|byte| *byte == b'{') else { return };
    let Ok(None) = Reader::new(&text[brace..]).and_then(|reader| self::tag(&reader, name)) else { return };
    let is_empty = text[brace..] == *b"{}";
    let mut member = Writer::new();
    member.key(name);
    member.string(tag);
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
/// converted without it too.
#[allow(unused_macros, reason = "a crate may have none")]
macro_rules! from_variant {
    ($name:ident $variant:ident Box<$ty:ty>) => {
        $crate::runtime::union::from_variant!($name $variant ::std::boxed::Box<$ty>);
    };
    ($name:ident $variant:ident ::std::boxed::Box<$ty:ty>) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                $name::$variant(::std::boxed::Box::new(value))
            }
        }

        impl ::core::convert::From<::std::boxed::Box<$ty>> for $name {
            fn from(value: ::std::boxed::Box<$ty>) -> Self {
                $name::$variant(value)
            }
        }
    };
    ($name:ident $variant:ident $ty:ty) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                $name::$variant(value)
            }
        }
    };
}
#[allow(unused_imports, reason = "a crate may have none")]
pub(crate) use from_variant;

/// A union with its codec; see the module.
macro_rules! union {
    ($(#[$about:meta])* pub enum $name:ident $(by $tag:literal)? from {
        $($(#[$note:meta])* $variant:ident($($ty:tt)+) $(: $($texts:literal)|+)?),* ; $unknown:ident
        $(else $($other:ident),+)?
    }) => {
        $($crate::runtime::union::from_variant!($name $variant $($ty)+);)*
        $crate::runtime::union::union! {
            $(#[$about])* pub enum $name $(by $tag)? {
                $($(#[$note])* $variant($($ty)+) $(: $($texts)|+)?),* ; $unknown $(else $($other),+)?
            }
        }
    };
    ($(#[$about:meta])* pub enum $name:ident by $tag:literal {
        $($(#[$note:meta])* $variant:ident($ty:ty) $(: $first:literal $(| $more:literal)*)?),* ; $unknown:ident
        $(else $($other:ident),+)?
    }) => {
        $crate::runtime::union::shapes! {
            $(#[$about])* $name { $($(#[$note])* $variant($ty)),* ; $unknown }
        }

        impl $crate::runtime::codec::Codec for $name {
            fn blank() -> Self {
                $name::$unknown($crate::runtime::codec::Codec::blank())
            }

            fn decode(
                &mut self,
                reader: &mut $crate::runtime::reader::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                let variants: &[$crate::runtime::union::Tagged<Self>] = &[$($((
                    &[$first $(, $more)*],
                    |reader| $crate::runtime::union::read($name::$variant, reader),
                ),)?)*];
                let others: &[$crate::runtime::union::Attempt<Self>] =
                    &[$($(|kind, reader| $crate::runtime::union::attempt($name::$other, kind, reader)),+)?];
                *self = $crate::runtime::union::by_tag($tag, variants, others, $name::$unknown, reader)?;
                ::core::result::Result::Ok(())
            }

            #[allow(unreachable_patterns, reason = "a variant that has a tag may go without it")]
            fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                match self {
                    $($($name::$other(value) => $crate::runtime::codec::Codec::encode(value, writer),)+)?
                    $($($name::$variant(value) => $crate::runtime::union::write(value, $tag, $first, writer),)?)*
                    $name::$unknown(value) => $crate::runtime::codec::Codec::encode(value, writer),
                }
            }

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
            fn blank() -> Self {
                $name::$unknown($crate::runtime::codec::Codec::blank())
            }

            fn decode(
                &mut self,
                reader: &mut $crate::runtime::reader::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                let attempts: &[$crate::runtime::union::Attempt<Self>] =
                    &[$(|kind, reader| $crate::runtime::union::attempt($name::$variant, kind, reader)),*];
                *self = $crate::runtime::union::choose(attempts, $name::$unknown, reader)?;
                ::core::result::Result::Ok(())
            }

            fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                match self {
                    $($name::$variant(value) => $crate::runtime::codec::Codec::encode(value, writer),)*
                    $name::$unknown(value) => $crate::runtime::codec::Codec::encode(value, writer),
                }
            }

            fn accepts(kind: $crate::runtime::reader::Kind) -> bool {
                [$($crate::runtime::union::accepts($name::$variant, kind)),*].contains(&true)
            }
        }

        $crate::runtime::serde_bridge::serde_bridge!($name);
    };
}
pub(crate) use union;
