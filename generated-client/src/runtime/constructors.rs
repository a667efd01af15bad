// needs: | crates:
//! Constructors for values that are sent: the required fields are arguments, all other fields have setters.
//!
//! ```text
//! constructors!(UserUpdate { id: i64, email: impl Into<String>; lang: UserLanguage, name = Field<String>; extra });
//! ```
//!
//! A field with only one possible value stands in brackets and is not an argument:
//! `UserUpdate [kind = UserKind::Human] { … }`.
//!
//! A required nullable field kept in a box is `name: impl Into<Option<T>> => boxed`; its argument is not boxed. After
//! the first semicolon, `name: T` is a field of type `Option<T>`, `name = T` one of type `T`, and `name` alone one
//! without a setter. After the second comes the field that takes all other members.

/// Adds a constructor and setters to a struct; see the module.
macro_rules! constructors {
    ($name:ident $([$($constant:ident = $value:expr),+])? {
        $($required:ident: $argument:ty $(=> $boxed:ident)?),* ;
        $($optional:ident $(: $some:ty)? $(= $whole:ty)?),*
        $(; $extra:ident)?
    }) => {
        impl $name {
            /// Creates a value from its required fields.
            #[inline]
            pub fn new($($required: $argument),*) -> Self {
                $name {
                    $($($constant: $value,)+)?
                    $($required: $crate::runtime::constructors::given!($required $($boxed)?),)*
                    $($optional: ::core::default::Default::default(),)*
                    $($extra: ::core::default::Default::default(),)?
                }
            }

            $($crate::runtime::constructors::setter!($optional $(: $some)? $(= $whole)?);)*
        }
    };
}
pub(crate) use constructors;

/// Converts an argument to its field.
macro_rules! given {
    ($name:ident) => {
        ::core::convert::Into::into($name)
    };
    ($name:ident boxed) => {
        ::core::option::Option::map(::core::convert::Into::into($name), ::std::boxed::Box::new)
    };
}
pub(crate) use given;

/// A method that sets a field and returns the value.
macro_rules! setter {
    ($name:ident) => {};
    ($name:ident : $ty:ty) => {
        #[doc = concat!("Sets `", stringify!($name), "`.")]
        #[must_use]
        pub fn $name(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$name = ::core::option::Option::Some(value.into());
            self
        }
    };
    ($name:ident = $ty:ty) => {
        #[doc = concat!("Sets `", stringify!($name), "`; `None` or `Null` sends `null`.")]
        #[must_use]
        pub fn $name(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$name = value.into();
            self
        }
    };
}
pub(crate) use setter;
