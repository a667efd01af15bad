//! Finds the header that names the event of a webhook.
//!
//! ```yaml
//! issueOpened: { post: { parameters: [ { name: X-Event, in: header, schema: { const: issue } } ], … } }
//! userCreated: { post: { parameters: [ { name: X-Event, in: header, schema: { const: user } } ], … } }
//! ```
//! is `X-Event`. One that the configuration names need not be a constant: its value is that of its example, or else the
//! webhook's name. Webhooks with one value are told apart by their bodies.

use indexmap::{IndexMap, IndexSet};

use super::{Lowering, parameter::only_text, schemas::telling::EventBody, webhook::Event};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    ir::{EventGroup, EventHeader, Union, Variant},
    resolve::{ParameterIn, ParameterRef, WebhookRef},
};

impl<'a> Lowering<'a> {
    /// The header that is configured, or else the one that has constants.
    pub(super) fn event_header(&self, events: &[Event<'a>]) -> Option<EventHeader> {
        let configured = self.schemas.config.webhooks.event_header.as_ref();
        if let (Some(header), true) = (configured, events.is_empty()) {
            let message = format!("no webhook has a JSON body for `{}` to name", header.value);
            self.schemas.push(Diagnostic::new(Code::ConfigUnused, header.place.clone(), message));
        }
        let name = match configured {
            Some(header) => header.value.clone(),
            None => header_by(events, constant)?,
        };
        if events.is_empty() {
            return None;
        }
        let mut by_value: IndexMap<String, Vec<usize>> = IndexMap::new();
        for (index, event) in events.iter().enumerate() {
            let value = match parameter(event.view, &name) {
                Some(declared) => {
                    constant(declared).or_else(|| example(declared).filter(|_| configured.is_some()))
                }
                None => None,
            };
            by_value.entry(value.unwrap_or_else(|| event.view.name().to_owned())).or_default().push(index);
        }
        let groups = by_value.into_iter().map(|(value, indices)| self.event_group(events, value, indices));
        Some(EventHeader { name, groups: groups.collect() })
    }

    /// Says of a header with examples that it may name the events, where bodies do not tell all of them.
    pub(super) fn suggest_header(&self, events: &[Event<'a>], union: &Union) {
        let is_told = |variant: &Variant| !variant.tags.is_empty();
        let (Some(first), false) = (events.first(), union.variants.iter().all(is_told)) else { return };
        let Some(name) = header_by(events, example) else { return };
        let message = format!(
            "examples of the header `{name}` differ from webhook to webhook, as if it named the event"
        );
        let said = Diagnostic::new(Code::EventHeaderLikely, Place::Node(first.view.origin()), message);
        let help = format!(
            "if it does, say so in the configuration: `event_header = \"{name}\"` under `[webhooks]`"
        );
        self.schemas.push(said.help(help));
    }

    fn event_group(&self, events: &[Event<'a>], value: String, indices: Vec<usize>) -> EventGroup {
        let bodies: Vec<EventBody<'a>> = indices.iter().map(|index| events[*index].body()).collect();
        let telling = self.schemas.telling(&bodies);
        let property = telling.as_ref().map(|telling| telling.property.to_owned());
        let tags = telling.map_or_else(|| vec![Vec::new(); indices.len()], |telling| telling.tags);
        EventGroup { value, property, events: indices.into_iter().zip(tags).collect() }
    }
}

/// The header that has a value in each webhook, not the same in all; the first of several.
fn header_by(events: &[Event<'_>], value: fn(ParameterRef<'_>) -> Option<String>) -> Option<String> {
    let mut known: IndexMap<String, (String, Vec<String>)> = IndexMap::new();
    for declared in events.iter().flat_map(|event| event.view.parameters()).filter(|one| is_header(*one)) {
        let Some(value) = value(declared) else { continue };
        let name = declared.name();
        let entry = known.entry(name.to_ascii_lowercase());
        entry.or_insert_with(|| (name.to_owned(), Vec::new())).1.push(value);
    }
    let differs = |values: &[String]| values.iter().collect::<IndexSet<_>>().len() > 1;
    let tells = |values: &[String]| values.len() == events.len() && differs(values);
    known.into_values().find(|(_, values)| tells(values)).map(|(name, _)| name)
}

/// The example of a header, if it is a text.
fn example(declared: ParameterRef<'_>) -> Option<String> {
    Some(declared.example()?.as_str()?.to_owned())
}

/// The header parameter of a webhook; names of headers have no case (RFC 9110 §5.1).
fn parameter<'a>(view: WebhookRef<'a>, name: &str) -> Option<ParameterRef<'a>> {
    view.parameters().find(|one| is_header(*one) && one.name().eq_ignore_ascii_case(name))
}

fn is_header(declared: ParameterRef<'_>) -> bool {
    matches!(declared.place(), ParameterIn::Header)
}

fn constant(declared: ParameterRef<'_>) -> Option<String> {
    declared.schema().and_then(only_text)
}
