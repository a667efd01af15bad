// needs: | crates:
//! How values that are sent are made: a constructor that takes what is required, and a setter for everything else.
//!
//! ```text
//! constructors!(UserUpdate { id: i64, email: impl Into<String>; lang: UserLanguage, name = Field<String>; extra });
//! ```
//!
//! What can be but one value stands in brackets, and is not asked for: `UserUpdate [kind = UserKind::Human] { … }`.
//!
//! What is required and may be null, and is kept in a box, is `name: impl Into<Option<T>> => boxed`: it is taken without
//! the box. Behind the first semicolon, `name: T` stands for a field of type `Option<T>`, `name = T` for one of type `T`, and
//! `name` alone for one without a setter. Behind the second stands the field that takes all other members.

/// Gives a struct its constructor and its setters; see the module.
macro_rules! constructors {
    ($name:ident $([$($constant:ident = $value:expr),+])? {
        $($required:ident: $argument:ty $(=> $boxed:ident)?),* ;
        $($optional:ident $(: $some:ty)? $(= $whole:ty)?),*
        $(; $extra:ident)?
    }) => {
        impl $name {
            /// A value with what is required.
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

/// What an argument gives its field.
macro_rules! given {
    ($name:ident) => {
        ::core::convert::Into::into($name)
    };
    ($name:ident boxed) => {
        ::core::option::Option::map(::core::convert::Into::into($name), ::std::boxed::Box::new)
    };
}
pub(crate) use given;

/// A method that sets a field and gives the value back.
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
