// needs: codec decode_error deviation reader union value | crates: http
//! Requests that the server sends: which event each is about.
//!
//! ```text
//! // enum Webhook { IssueOpened(…), IssueClosed(…), Ping(…), Other(Value) }
//! events!(Webhook Other);
//! events!(Webhook Other "x-event" {
//!     "issue" by "action" { IssueOpened: "opened", IssueClosed: "closed" }, "ping" => Ping,
//! });
//! ```
//!
//! Without a header the event is what the enum reads. With one, its value leads to some variants, of which a property
//! of the body or else its shape tells one. A value that leads to none is an event that is not known. If the request
//! lacks the header, the body alone tells the event; with `alone` after the name of the header it cannot.

use http::HeaderMap;

use super::codec::Codec;
use super::decode_error::DecodeError;
use super::deviation::{Deviation, located};
use super::reader::Reader;
use super::union::{Variant, by_tag, choose};
use super::value::Value;

/// The events of an API.
pub struct Events<U: 'static> {
    /// The header that names the event, and whether nothing else does.
    pub header: Option<(&'static str, bool)>,
    /// The values of the header.
    pub named: &'static [Named<U>],
    /// The variant of other events.
    pub unknown: fn(Value) -> U,
}

/// The events with one value of the header.
pub struct Named<U: 'static> {
    /// The value.
    pub value: &'static str,
    /// The property that tells the events apart.
    pub tag: Option<&'static str>,
    /// The events that it tells.
    pub told: &'static [Variant<U>],
    /// The others, which are tried.
    pub tried: &'static [Variant<U>],
}

impl<U: Codec> Events<U> {
    /// Reads a request, and where its body is not what the document says.
    pub fn read(&self, headers: &HeaderMap, body: &[u8]) -> Result<(U, Vec<Deviation>), DecodeError> {
        self.overcome(headers, body).map_err(|error| error.located(body))
    }

    fn overcome(&self, headers: &HeaderMap, body: &[u8]) -> Result<(U, Vec<Deviation>), DecodeError> {
        let mut reader = Reader::new(body)?.lenient();
        let mut event = U::blank();
        self.decode(&mut event, headers, &mut reader)?;
        reader.finish()?;
        Ok((event, located(reader.into_overcome(), body)))
    }

    fn decode(&self, event: &mut U, headers: &HeaderMap, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let Some((header, alone)) = self.header else { return event.decode(reader) };
        let Some(value) = headers.get(header) else {
            return if alone { choose(event, &[], self.unknown, reader) } else { event.decode(reader) };
        };
        match self.named.iter().find(|named| value == named.value) {
            Some(Named { tag: Some(tag), told, tried, .. }) => by_tag(event, tag, told, tried, self.unknown, reader),
            Some(Named { tag: None, tried, .. }) => choose(event, tried, self.unknown, reader),
            None => choose(event, &[], self.unknown, reader),
        }
    }
}

/// Defines `EVENTS`; see the module.
macro_rules! events {
    ($name:ident $unknown:ident) => {
        const EVENTS: $crate::runtime::webhook::Events<$name> =
            $crate::runtime::webhook::Events { header: None, named: &[], unknown: $name::$unknown };
    };
    ($name:ident $unknown:ident $header:literal alone $named:tt) => {
        $crate::runtime::webhook::events!(@ $name $unknown $header true $named);
    };
    ($name:ident $unknown:ident $header:literal $named:tt) => {
        $crate::runtime::webhook::events!(@ $name $unknown $header false $named);
    };
    (@ $name:ident $unknown:ident $header:literal $alone:literal { $(
        $value:literal $(by $tag:literal {
            $($told:ident: $first:literal $(| $more:literal)*),+
        })? $(=> $($tried:ident)|+)?
    ),* $(,)? }) => {
        const EVENTS: $crate::runtime::webhook::Events<$name> = $crate::runtime::webhook::Events {
            header: ::core::option::Option::Some(($header, $alone)),
            named: &[$($crate::runtime::webhook::Named {
                value: $value,
                tag: $crate::runtime::webhook::events!(@ tag $($tag)?),
                told: &[$($((
                    &[$first $(, $more)*],
                    |event, kind, reader| $crate::runtime::union::attempt(event, $name::$told, kind, reader),
                )),+)?],
                tried: &[$($((
                    &[],
                    |event, kind, reader| $crate::runtime::union::attempt(event, $name::$tried, kind, reader),
                )),+)?],
            }),*],
            unknown: $name::$unknown,
        };
    };
    (@ tag $tag:literal) => { ::core::option::Option::Some($tag) };
    (@ tag) => { ::core::option::Option::None };
}
pub(crate) use events;
