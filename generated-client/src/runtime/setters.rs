// needs: | crates:
//! Setters of what a request may leave out.

/// Methods that set a field and give the value back: `name: T` for a field of type `Option<T>`, `name = T` for a
/// field of type `T` that is converted as it is.
#[allow(unused_macros, reason = "a crate may need only part of this file")]
macro_rules! setters {
    (@one $name:ident : $ty:ty) => {
        #[doc = concat!("Sets `", stringify!($name), "`.")]
        #[must_use]
        pub fn $name(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$name = ::core::option::Option::Some(value.into());
            self
        }
    };
    (@one $name:ident = $ty:ty) => {
        #[doc = concat!("Sets `", stringify!($name), "`; `None` or `Null` sends `null`.")]
        #[must_use]
        pub fn $name(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.$name = value.into();
            self
        }
    };
    ($($name:ident $mark:tt $ty:ty),* $(,)?) => {
        $($crate::runtime::setters::setters! { @one $name $mark $ty })*
    };
}
#[allow(unused_imports, reason = "a crate may need only part of this file")]
pub(crate) use setters;
