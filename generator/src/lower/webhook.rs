//! Lowers webhooks.
//!
//! ```yaml
//! webhooks:
//!   userCreated: { post: { requestBody: { content: { application/json: { schema: { $ref: "…/User" } } } } } }
//!   userDeleted: { post: { requestBody: … } }
//! ```
//! is `enum Webhook { UserCreated(User), UserDeleted(UserDeletedBody), Other(Value) }`. Which it is, is told by a header
//! that names the event (`event_header.rs`), or else by the body as alternatives of a union are.

use std::collections::HashMap;

use super::{
    Lowering,
    body::order,
    media::is_json,
    schemas::{class::Alternatives, docs, telling::EventBody},
};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    ir::{Dispatch, Docs, Role, Shape, TagKind, Type, Union, Usage, UsageParent, Variant, Webhook, Webhooks},
    resolve::{SchemaRef, WebhookRef},
};

/// A webhook with a JSON body.
pub(super) struct Event<'a> {
    pub view: WebhookRef<'a>,
    /// The schema of its body; `None` if that may be anything.
    pub schema: Option<SchemaRef<'a>>,
    pub ty: Type,
}

impl<'a> Event<'a> {
    /// What tells its body from others.
    pub(super) fn body(&self) -> EventBody<'a> {
        let names = [self.view.name()].into_iter().chain(self.view.id());
        EventBody { names: names.collect(), schema: self.schema }
    }
}

impl<'a> Lowering<'a> {
    /// The webhooks that have a JSON body.
    pub(super) fn lower_webhooks(&mut self) -> Option<Webhooks> {
        let views: Vec<WebhookRef<'a>> = self.schemas.document.webhooks().collect();
        let events: Vec<Event<'a>> = views.into_iter().filter_map(|view| self.lower_event(view)).collect();
        let header = self.event_header(&events);
        let first = events.first()?;
        let usage = Usage::Inline { parent: UsageParent::Webhooks, roles: Vec::new() };
        let ty = self.declare(first.view.origin(), usage, Docs::default(), false);
        let union = self.event_union(&events);
        match &header {
            Some(header) => {
                header.groups.iter().for_each(|group| self.report_alike(&events, untold(&group.events)))
            }
            None => {
                let tags = union.variants.iter().map(|variant| variant.tags.clone());
                self.report_alike(&events, untold(&tags.enumerate().collect::<Vec<_>>()));
                self.suggest_header(&events, &union);
            }
        }
        self.define(ty, Shape::Union(union));
        Some(Webhooks { ty, events: events.iter().map(|event| webhook(event.view)).collect(), header })
    }

    /// A webhook and the type of its body; reported and left out if that is not JSON.
    fn lower_event(&mut self, view: WebhookRef<'a>) -> Option<Event<'a>> {
        let body = view.request_body();
        let json = body.into_iter().flat_map(|body| body.content()).filter(|media| is_json(media.name()));
        let Some(media) = json.min_by_key(|media| order(*media)) else {
            let message = format!("the webhook `{}` has no JSON body; it is left out", view.name());
            self.schemas.report(Code::NotGenerated, view.origin(), message);
            return None;
        };
        let parent = body.and_then(|body| body.name()).unwrap_or(view.name());
        let parent = UsageParent::Component(parent.to_owned());
        let usage = Usage::Inline { parent, roles: vec![Role::Body] };
        let schema = media.schema();
        let ty = schema.map_or(Type::Any, |schema| self.lower(schema, usage));
        Some(Event { view, schema, ty })
    }

    /// The union of the bodies.
    fn event_union(&self, events: &[Event<'a>]) -> Union {
        let variants = events.iter().map(variant).collect();
        let members: Option<Vec<SchemaRef<'a>>> = events.iter().map(|event| event.schema).collect();
        if let Some(members) = members
            && let Some(schema) = self.schemas.tagged_base(&members)
        {
            let alternatives = Alternatives { schema, members, common: Vec::new(), of_base: false };
            return self.schemas.dispatched(&alternatives, variants);
        }
        let mut union =
            Union { variants, dispatch: Dispatch::Trial, fallback: Vec::new(), is_tag_apart: false };
        let bodies: Vec<EventBody<'a>> = events.iter().map(Event::body).collect();
        if let Some(telling) = self.schemas.telling(&bodies) {
            union.dispatch = Dispatch::Tag(telling.property.to_owned());
            let required = telling.is_required.iter().enumerate();
            union.fallback = required.filter(|(_, required)| !**required).map(|(index, _)| index).collect();
            let found = telling.tags.into_iter().zip(telling.kinds);
            for (variant, (tags, kind)) in union.variants.iter_mut().zip(found) {
                (variant.tags, variant.tag_kind) = (tags, kind);
            }
        }
        union
    }

    /// Reports events, of those that are told by what their bodies hold, whose bodies are those of an earlier one.
    fn report_alike(&self, events: &[Event<'a>], indices: Vec<usize>) {
        let mut seen: HashMap<&Type, &Event<'a>> = HashMap::new();
        for event in indices.into_iter().map(|index| &events[index]) {
            let known = *seen.entry(&event.ty).or_insert(event);
            if std::ptr::eq(known, event) {
                continue;
            }
            let (name, other) = (event.view.name(), known.view.name());
            let message =
                format!("nothing tells the webhook `{name}` from `{other}`; it is read as `{other}`");
            let said = Diagnostic::new(Code::WebhooksAlike, Place::Node(event.view.origin()), message);
            self.schemas.push(said.help(
                "if a header names the event, say so in the configuration: `event_header` under `[webhooks]`",
            ));
        }
    }
}

/// The events that have no value of the property that tells others.
fn untold(events: &[(usize, Vec<String>)]) -> Vec<usize> {
    events.iter().filter(|(_, tags)| tags.is_empty()).map(|(index, _)| *index).collect()
}

fn webhook(view: WebhookRef<'_>) -> Webhook {
    let (summary, description) = view.said();
    Webhook {
        origin: view.origin(),
        name: view.name().to_owned(),
        id: view.id().map(str::to_owned),
        docs: Docs { see: docs::see(view.external_docs()), ..docs::summarised(summary, description) },
        deprecated: view.is_deprecated(),
    }
}

fn variant(event: &Event<'_>) -> Variant {
    Variant {
        origin: event.view.origin(),
        ty: event.ty.clone(),
        tags: Vec::new(),
        tag_kind: TagKind::Text,
        docs: Docs::default(),
    }
}
