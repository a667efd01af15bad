//! Bodies that are streams of items.

use super::{Origin, Type};

/// A success response whose items can be read as they arrive.
#[derive(Clone, Debug, PartialEq)]
pub struct Streamed {
    /// Where its response was read.
    pub origin: Origin,
    /// How items follow each other.
    pub kind: StreamKind,
    /// The type of an item; of an event, that of its data.
    pub item: Type,
    /// The media type.
    pub media_type: String,
}

/// How the items of a body follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamKind {
    /// Server-Sent Events (HTML, section 9.2). A string is their data as it is.
    Events,
    /// Server-Sent Events whose data is JSON, so that a string is in quotes.
    JsonEvents,
    /// A JSON text per line.
    Lines,
    /// JSON texts, each with a record separator before it (RFC 7464).
    Sequence,
}

impl StreamKind {
    /// The method of calls that gives the items.
    pub fn method(self) -> &'static str {
        match self {
            Self::Events | Self::JsonEvents => "events",
            Self::Lines | Self::Sequence => "lines",
        }
    }
}
