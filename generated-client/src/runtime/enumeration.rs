// needs: codec reader serde_bridge writer | crates:
//! Open enums of strings and integers: a value the document does not list is kept and sent back unchanged.
//!
//! ```text
//! text_enum!(pub enum Language { De = "de", En = "en"; Unknown });   // enum Language { De, En, Unknown(String) }
//! integer_enum!(pub enum Level { Low = 1, High = 2; Unknown });      // enum Level { Low, High, Unknown(i64) }
//! integer_enum!(pub enum Mask as u64 by as_u64 { None = 0; Unknown });
//! ```

/// Defines an enum of strings with its codec and conversions; see the module.
macro_rules! text_enum {
    ($(#[$about:meta])* pub enum $name:ident {
        $($(#[$note:meta])* $variant:ident = $text:literal),* ; $unknown:ident
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$note])* $variant,)*
            /// A value that the document does not list.
            $unknown(::std::string::String),
        }

        impl $name {
            /// The value as sent.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $text,)*
                    $name::$unknown(text) => text,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($text => $name::$variant,)*
                    _ => $name::$unknown(::std::borrow::ToOwned::to_owned(text)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                ::core::convert::From::from(text.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(::core::convert::From::from(text))
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                out.pad(self.as_str())
            }
        }

        impl $crate::runtime::codec::Codec for $name {
            #[inline]
            fn blank() -> Self {
                $name::$unknown(::std::string::String::new())
            }

            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::runtime::reader::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                *self = ::core::convert::From::from(reader.str()?);
                if let $name::$unknown(_) = self {
                    reader.surprise();
                }
                ::core::result::Result::Ok(())
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                writer.string(self.as_str());
            }

            #[inline]
            fn accepts(kind: $crate::runtime::reader::Kind) -> bool {
                kind == $crate::runtime::reader::Kind::String
            }
        }

        $crate::runtime::serde_bridge::serde_bridge!($name);
    };
}
pub(crate) use text_enum;

/// Defines an enum of integers with its codec and conversions; see the module.
macro_rules! integer_enum {
    ($(#[$about:meta])* pub enum $name:ident { $($body:tt)* }) => {
        $crate::runtime::enumeration::integer_enum! { $(#[$about])* pub enum $name as i64 by as_i64 { $($body)* } }
    };
    ($(#[$about:meta])* pub enum $name:ident as $ty:ident by $method:ident {
        $($(#[$note:meta])* $variant:ident = $value:literal),* ; $unknown:ident
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$note])* $variant,)*
            /// A value that the document does not list.
            $unknown($ty),
        }

        impl $name {
            /// The value as sent.
            #[inline]
            pub fn $method(&self) -> $ty {
                match self {
                    $($name::$variant => $value,)*
                    $name::$unknown(value) => *value,
                }
            }
        }

        impl ::core::convert::From<$ty> for $name {
            #[inline]
            fn from(value: $ty) -> Self {
                match value {
                    $($value => $name::$variant,)*
                    _ => $name::$unknown(value),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, out: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.$method(), out)
            }
        }

        impl $crate::runtime::codec::Codec for $name {
            #[inline]
            fn blank() -> Self {
                $name::$unknown(0)
            }

            #[inline]
            fn decode(
                &mut self,
                reader: &mut $crate::runtime::reader::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                let mut value: $ty = 0;
                $crate::runtime::codec::Codec::decode(&mut value, reader)?;
                *self = ::core::convert::From::from(value);
                if let $name::$unknown(_) = self {
                    reader.surprise();
                }
                ::core::result::Result::Ok(())
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                $crate::runtime::codec::Codec::encode(&self.$method(), writer);
            }

            #[inline]
            fn accepts(kind: $crate::runtime::reader::Kind) -> bool {
                kind == $crate::runtime::reader::Kind::Number
            }
        }

        $crate::runtime::serde_bridge::serde_bridge!($name);
    };
}
pub(crate) use integer_enum;
