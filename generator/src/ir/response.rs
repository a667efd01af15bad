//! What comes back.

use super::{Docs, Origin, Payload, TypeId};

/// What comes back on success, or on failure.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Nothing that the document describes.
    None,
    /// The same body whatever the status, from these statuses.
    One {
        /// The statuses that the document gives it, in document order.
        statuses: Vec<Status>,
        /// The body.
        payload: Payload,
    },
    /// Several bodies: a declared type of shape [`Cases`](super::Shape::Cases).
    Several(TypeId),
}

impl Outcome {
    /// The body, if there is one whatever the status.
    pub fn payload(&self) -> Option<&Payload> {
        match self {
            Self::One { payload, .. } => Some(payload),
            Self::None | Self::Several(_) => None,
        }
    }
}

/// One documented response with one media type.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Where it was read.
    pub origin: Origin,
    /// The statuses it is for.
    pub status: Status,
    /// The media type; `None` without a body.
    pub media_type: Option<String>,
    /// Whether another body has the same status, so that the media type must tell.
    pub by_media_type: bool,
    /// The body; `None` without one.
    pub payload: Option<Payload>,
    /// What the document says of it.
    pub docs: Docs,
}

/// What the document says of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// The statuses it is for.
    pub status: Status,
    /// What the document says of it.
    pub docs: Docs,
}

/// The statuses a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status code.
    Exact(u16),
    /// `1XX` to `5XX`, by its first digit.
    Range(u8),
    /// `default`: every status without a response of its own.
    Default,
}
