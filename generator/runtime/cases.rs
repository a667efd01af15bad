// needs: api_error operation response | crates:
//! Bodies that differ by status: which status means which variant.
//!
//! ```text
//! pub enum GetJob { Ok(Job), NoContent }
//! response_cases!(GetJob { Ok: 200 => json, NoContent: 204 => empty });
//!
//! pub enum GetJobError { NotFound(Problem), Default(String) }
//! error_cases!(GetJobError { NotFound: 404 => json, Default: default => text });
//! ```

use super::response::{BodyError, Reply};

/// A success body that differs by status.
pub trait Cases: Sized {
    /// Reads the body that is documented for the status of the reply; the exact status before its range before
    /// `default`. A status that has none is an error, with which the reply is kept.
    fn read(reply: &Reply) -> Result<Self, BodyError>;
}

/// The error for a status that the document does not have.
pub fn undocumented(reply: &Reply) -> BodyError {
    BodyError::Other(format!("the status {} is not documented", reply.status))
}

/// Reads an enum of success bodies by status; see the module.
#[allow(unused_macros, reason = "a crate may need only part of this file")]
macro_rules! response_cases {
    ($name:ident { $($variant:ident: $status:tt => $kind:ident),* $(,)? }) => {
        impl $crate::runtime::cases::Cases for $name {
            fn read(
                reply: &$crate::runtime::response::Reply,
            ) -> ::core::result::Result<Self, $crate::runtime::response::BodyError> {
                let key = $crate::runtime::operation::Status::find($crate::runtime::operation::statuses![$($status),*], reply.status);
                $(if key == ::core::option::Option::Some($crate::runtime::operation::status!($status)) {
                    return $crate::runtime::cases::case!($name $variant reply $kind);
                })*
                ::core::result::Result::Err($crate::runtime::cases::undocumented(reply))
            }
        }
    };
}
#[allow(unused_imports, reason = "a crate may need only part of this file")]
pub(crate) use response_cases;

/// Reads an enum of error bodies by status; see the module.
#[allow(unused_macros, reason = "a crate may need only part of this file")]
macro_rules! error_cases {
    ($name:ident { $($variant:ident: $status:tt => $kind:ident),* $(,)? }) => {
        impl $crate::runtime::api_error::ErrorBody for $name {
            fn read(
                key: $crate::runtime::operation::Status,
                reply: &$crate::runtime::response::Reply,
            ) -> ::core::result::Result<Self, $crate::runtime::response::BodyError> {
                $(if key == $crate::runtime::operation::status!($status) {
                    return $crate::runtime::cases::case!($name $variant reply $kind);
                })*
                ::core::result::Result::Err($crate::runtime::cases::undocumented(reply))
            }
        }
    };
}
#[allow(unused_imports, reason = "a crate may need only part of this file")]
pub(crate) use error_cases;

/// Reads one variant.
#[allow(unused_macros, reason = "a crate may need only part of this file")]
macro_rules! case {
    ($name:ident $variant:ident $reply:ident empty) => {
        $reply.empty().map(|()| $name::$variant)
    };
    ($name:ident $variant:ident $reply:ident $kind:ident) => {
        $reply.$kind().map($name::$variant)
    };
}
#[allow(unused_imports, reason = "a crate may need only part of this file")]
pub(crate) use case;
