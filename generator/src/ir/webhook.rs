//! Webhooks: requests that the server sends to a server of the user.

use super::{Docs, Origin, TypeId};

/// All webhooks with a JSON body.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhooks {
    /// The union of their bodies, with a variant for each webhook. It tells them apart by their bodies alone.
    pub ty: TypeId,
    /// The webhooks, in the order of the union's variants.
    pub events: Vec<Webhook>,
    /// The header that names the event, if there is one.
    pub header: Option<EventHeader>,
}

/// A webhook.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// Where it was read.
    pub origin: Origin,
    /// Its name in the document.
    pub name: String,
    /// `operationId`
    pub id: Option<String>,
    /// Its description.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// A header whose value names the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventHeader {
    /// Its name.
    pub name: String,
    /// The events by the header's value, in document order.
    pub groups: Vec<EventGroup>,
}

/// The webhooks that have the same value of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventGroup {
    /// The value.
    pub value: String,
    /// The property that tells them apart, if they have one.
    pub property: Option<String>,
    /// The webhooks, by their index, each with its values of that property.
    pub events: Vec<(usize, Vec<String>)>,
}
