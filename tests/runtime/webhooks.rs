//! Webhooks as a generated crate declares them, with a header that names the event.
#![allow(missing_docs, reason = "what the tests use them for says it")]

use crate::models::{Circle, Rect};
use crate::runtime::decode_error::DecodeError;
use crate::runtime::deviation::Deviation;
use crate::runtime::union::union;
use crate::runtime::webhook::events;

union! {
    /// Some events have one value of the header, some have equal bodies.
    pub enum Webhook by "kind" {
        Drawn(Box<Circle>): "circle", Cut(Box<Rect>): "rect", Erased(Box<Circle>), Moved(Box<Rect>);
        Other else Erased, Moved
    }
}

events!(Webhook Other "x-event" {
    "shape" where "kind" = "circle" => Drawn, "shape" where "kind" = "rect" | "square" => Cut, "erased" => Erased,
    "moved" where "kind" = "circle" => Drawn, "moved" => Moved,
});

/// Reads a request.
pub fn read(headers: &http::HeaderMap, body: &[u8]) -> Result<(Webhook, Vec<Deviation>), DecodeError> {
    EVENTS.read(headers, body)
}

/// The same events, which only the header tells apart.
pub mod alone {
    use super::{DecodeError, Deviation, Webhook, events};

    events!(Webhook Other "x-event" alone { "erased" => Erased });

    /// Reads a request.
    pub fn read(headers: &http::HeaderMap, body: &[u8]) -> Result<(Webhook, Vec<Deviation>), DecodeError> {
        EVENTS.read(headers, body)
    }
}
