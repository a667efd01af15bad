// needs: api_error operation response | crates: http
//! Bodies that differ by status: maps each status to a variant.
//!
//! ```text
//! pub enum GetJob { Ok(Job), NoContent }
//! response_cases!(GetJob { Ok: 200 => json, NoContent: 204 => empty });
//!
//! pub enum GetReport { Ok(Report), OkTextCsv(String) }
//! response_cases!(GetReport { Ok: 200 "application/json" => json, OkTextCsv: 200 "text/csv" => text });
//!
//! pub enum GetJobError { NotFound(Problem), Default(String) }
//! error_cases!(GetJobError { NotFound: 404 => json, Default: default => text });
//! ```

use http::header::CONTENT_TYPE;

use super::response::{BodyError, Reply, essence};

/// A success body whose type depends on the status.
pub trait Cases: Sized {
    /// Reads the body documented for the reply's status: an exact status takes precedence over its range, a range over
    /// `default`. An undocumented status is an error; the reply is kept.
    fn read(reply: &mut Reply) -> Result<Self, BodyError>;
}

/// The error for a status that is not documented.
pub fn undocumented(reply: &Reply) -> BodyError {
    BodyError::Other(format!("a status {} with this body is not documented", reply.status))
}

/// Whether a reply has a body of the given media type, or does not state its type.
pub fn is_of(reply: &Reply, media_type: &str) -> bool {
    let Some(stated) = reply.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return true;
    };
    let (stated, media_type) = (essence(stated), essence(media_type));
    let is_json = |name: &str| name == "application/json" || name == "text/json" || name.ends_with("+json");
    match media_type.split_once('*') {
        Some((before, _)) => stated.starts_with(before),
        None => stated == media_type || (is_json(&stated) && media_type == "application/json"),
    }
}

/// Implements `Cases` for an enum of success bodies; see the module.
macro_rules! response_cases {
    ($name:ident { $($variant:ident: $status:tt $($media_type:literal)? => $kind:ident),* $(,)? }) => {
        impl $crate::runtime::cases::Cases for $name {
            #[inline]
            fn read(
                reply: &mut $crate::runtime::response::Reply,
            ) -> ::core::result::Result<Self, $crate::runtime::response::BodyError> {
                let keys = $crate::runtime::operation::statuses![$($status),*];
                let key = $crate::runtime::operation::Status::find(keys, reply.status);
                $(if key == ::core::option::Option::Some($crate::runtime::operation::status!($status))
                    $(&& $crate::runtime::cases::is_of(reply, $media_type))?
                {
                    return $crate::runtime::cases::case!($name $variant reply $kind);
                })*
                ::core::result::Result::Err($crate::runtime::cases::undocumented(reply))
            }
        }
    };
}
pub(crate) use response_cases;

/// Implements `ErrorBody` for an enum of error bodies; see the module.
macro_rules! error_cases {
    ($name:ident { $($variant:ident: $status:tt $($media_type:literal)? => $kind:ident),* $(,)? }) => {
        impl $crate::runtime::api_error::ErrorBody for $name {
            #[inline]
            fn read(
                key: $crate::runtime::operation::Status,
                reply: &mut $crate::runtime::response::Reply,
            ) -> ::core::result::Result<Self, $crate::runtime::response::BodyError> {
                $(if key == $crate::runtime::operation::status!($status)
                    $(&& $crate::runtime::cases::is_of(reply, $media_type))?
                {
                    return $crate::runtime::cases::case!($name $variant reply $kind);
                })*
                ::core::result::Result::Err($crate::runtime::cases::undocumented(reply))
            }
        }
    };
}
pub(crate) use error_cases;

/// Reads the body of one variant.
macro_rules! case {
    ($name:ident $variant:ident $reply:ident empty) => {
        $reply.empty().map(|()| $name::$variant)
    };
    ($name:ident $variant:ident $reply:ident $kind:ident) => {
        $reply.$kind().map($name::$variant)
    };
}
pub(crate) use case;
