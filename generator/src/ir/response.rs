//! Responses.

use super::{Docs, Origin, Type, TypeId};

/// The response on success or on failure.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The document describes no body.
    None,
    /// The same body for all of these statuses.
    One {
        /// The documented statuses, in document order.
        statuses: Vec<Status>,
        /// The body.
        payload: Payload,
    },
    /// Different bodies: a declared type of shape [`Cases`](super::Shape::Cases).
    Several(TypeId),
}

impl Outcome {
    /// The body, if it is the same for every status.
    pub fn payload(&self) -> Option<&Payload> {
        match self {
            Self::One { payload, .. } => Some(payload),
            Self::None | Self::Several(_) => None,
        }
    }

    /// The type of the body, if it is JSON and the same for every status.
    pub fn json(&self) -> Option<&Type> {
        match self.payload()? {
            Payload::Json(ty) => Some(ty),
            Payload::Text(_) | Payload::TextOrJson(_) | Payload::Bytes => None,
        }
    }
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// A JSON value.
    Json(Type),
    /// Text: a string, or another scalar as text. The type is a primitive or a scalar.
    Text(Type),
    /// A scalar as text or as JSON, depending on the reply's `Content-Type`.
    TextOrJson(Type),
    /// Raw bytes.
    Bytes,
}

impl Payload {
    /// The type of the value that is read; `None` for bytes.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Text(ty) | Self::TextOrJson(ty) => Some(ty),
            Self::Bytes => None,
        }
    }
}

/// A documented response with one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Where it was read.
    pub origin: Origin,
    /// Its statuses.
    pub status: Status,
    /// The media type; `None` without a body.
    pub media_type: Option<String>,
    /// Whether another body has the same status, so that the media type must distinguish them.
    pub by_media_type: bool,
    /// The body; `None` without one.
    pub payload: Option<Payload>,
    /// Its description.
    pub docs: Docs,
}

/// The description of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// The statuses it applies to.
    pub status: Status,
    /// The description.
    pub docs: Docs,
}

/// The statuses a response applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status code.
    Exact(u16),
    /// `1XX` to `5XX`, by its first digit.
    Range(u8),
    /// `default`: every status without a response of its own.
    Default,
}

impl Status {
    /// Its key in a `responses` object.
    pub fn key(self) -> String {
        match self {
            Self::Exact(code) => code.to_string(),
            Self::Range(first) => format!("{first}XX"),
            Self::Default => "default".to_owned(),
        }
    }
}
