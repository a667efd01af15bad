// needs: codec decode_error deviation reader union value | crates: http
//! Requests that the server sends: which event each is about.
//!
//! ```text
//! // enum Webhook { IssueOpened(…), IssueClosed(…), Ping(…), Other(Value) }
//! events!(Webhook Other);
//! events!(Webhook Other "x-event" {
//!     "issue" where "action" = "opened" => IssueOpened, "issue" where "action" = "closed" => IssueClosed, "ping" => Ping
//! });
//! ```
//!
//! Without a header the event is what the enum reads. With one, its value leads to some variants, of which a property
//! of the body or else its shape tells one. A value that leads to none is an event that is not known. If the request
//! lacks the header, the body tells the event. `alone` after the header's name says that bodies do not tell all events:
//! without the header the event is then not known.

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
    /// The events by the value of the header.
    pub named: &'static [Named<U>],
    /// The variant of other events.
    pub unknown: fn(Value) -> U,
}

/// An event with a value of the header.
pub struct Named<U: 'static> {
    /// The value.
    pub value: &'static str,
    /// The property that tells it from others with that value; it is the same in all that have one.
    pub property: Option<&'static str>,
    /// The variant, and its values of the property.
    pub variant: Variant<U>,
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
        let Some((header, is_alone)) = self.header else { return event.decode(reader) };
        match headers.get(header) {
            None if !is_alone => event.decode(reader),
            value => {
                let is_meant = |named: &&Named<U>| value.is_some_and(|value| value == named.value);
                self.decode_one_of(self.named.iter().filter(is_meant), event, reader)
            }
        }
    }

    /// Reads one of some events; the others are not known.
    fn decode_one_of<'e>(
        &self,
        events: impl Iterator<Item = &'e Named<U>>,
        event: &mut U,
        reader: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        let (told, tried): (Vec<&Named<U>>, Vec<&Named<U>>) = events.partition(|named| named.property.is_some());
        let property = told.iter().find_map(|named| named.property);
        let [told, tried] = [told, tried].map(|events| events.iter().map(|named| named.variant).collect::<Vec<_>>());
        match property {
            Some(property) => by_tag(event, property, &told, &tried, self.unknown, reader),
            None => choose(event, &tried, self.unknown, reader),
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
    (@ $name:ident $unknown:ident $header:literal $is_alone:literal { $(
        $value:literal $(where $property:literal = $first:literal $(| $more:literal)*)? => $variant:ident
    ),* $(,)? }) => {
        const EVENTS: $crate::runtime::webhook::Events<$name> = $crate::runtime::webhook::Events {
            header: ::core::option::Option::Some(($header, $is_alone)),
            named: &[$($crate::runtime::webhook::Named {
                value: $value,
                property: $crate::runtime::webhook::events!(@ property $($property)?),
                variant: (
                    &[$($first $(, $more)*)?],
                    |event, kind, reader| $crate::runtime::union::attempt(event, $name::$variant, kind, reader),
                ),
            }),*],
            unknown: $name::$unknown,
        };
    };
    (@ property $property:literal) => { ::core::option::Option::Some($property) };
    (@ property) => { ::core::option::Option::None };
}
pub(crate) use events;
