//! Lowers success responses that are streams of items.
//!
//! ```yaml
//! content: { text/event-stream: { schema: { $ref: "#/components/schemas/Arrival" } } }
//! ```
//! gives `Arrival`s, as they arrive. An array stands for the whole of a stream, as `itemSchema` does (OpenAPI 3.2
//! section 4.14.4); any other schema is that of an item. An object of the fields of an event gives its `data`, or what its
//! `contentSchema` says of that (OpenAPI 3.2 section 4.14.5).

use super::{
    Lowering,
    json_text::content,
    media::{is_sequence, stream_kind},
    schemas::class::{Alternatives, Declared},
};
use crate::{
    diagnostic::Code,
    ir::{Origin, Primitive, Role, StreamKind, Streamed, Type, Usage},
    resolve::{MediaTypeRef, SchemaRef},
};

/// The fields of an event besides its data, and the name that frameworks give to its comment.
const FIELDS: &[&str] = &["event", "id", "retry", "comment"];

impl<'a> Lowering<'a> {
    /// The stream that a response is in a media type, if it has a schema. A stream that succeeds can be read item by
    /// item; of any other, the items get types.
    pub(super) fn lower_streamed(
        &mut self,
        media: MediaTypeRef<'a>,
        usage: &Usage,
        origin: Origin,
        succeeds: bool,
    ) -> Option<Streamed> {
        let schema = media.schema()?;
        let Some(kind) = stream_kind(media.name()).filter(|_| succeeds) else {
            if stream_kind(media.name()).is_some() && schema.is_type("array") {
                let message = format!("the body of `{}` is given whole, and not item by item", media.name());
                self.schemas.report(Code::MediaTypeDegraded, origin, message);
            }
            if is_sequence(media.name()) {
                let item = self.lower(schema, usage.clone());
                self.streamed.push(item);
            }
            return None;
        };
        let (kind, item) = match kind {
            StreamKind::Events | StreamKind::JsonEvents => self.lower_data(schema, usage, origin),
            StreamKind::Lines | StreamKind::Sequence => (kind, self.lower_line(schema, usage)),
        };
        Some(Streamed { origin, kind, item, media_type: media.name().to_owned() })
    }

    /// The type of a line. A schema of text describes the body as a whole, and says nothing of its lines.
    fn lower_line(&mut self, schema: SchemaRef<'a>, usage: &Usage) -> Type {
        let (item, usage) = item(schema, usage);
        match self.lower(item, usage) {
            Type::Primitive(Primitive::String) if item.same_place(schema) => Type::Any,
            _ if self.schemas.is_binary(item) => Type::Any,
            ty => ty,
        }
    }

    /// The type of an event's data, and whether it is JSON in any case. Data that differs by event is text, unless all of
    /// it is JSON with a schema.
    fn lower_data(&mut self, schema: SchemaRef<'a>, usage: &Usage, origin: Origin) -> (StreamKind, Type) {
        let (item, usage) = item(schema, usage);
        let text = (StreamKind::Events, Type::Primitive(Primitive::String));
        if let Some(ty) = self.lower_contents(item, &usage) {
            return (StreamKind::JsonEvents, ty);
        }
        if is_event(item) {
            let usage = usage.role(Role::Property("data".to_owned()));
            return item.property("data").map_or(text, |data| self.lower_event_data(data, usage));
        }
        if item.alternatives().iter().any(is_event) {
            let message = "the data of these events differs by event; it is given as text";
            self.schemas.report(Code::MediaTypeDegraded, origin, message);
            return text;
        }
        if self.schemas.is_binary(item) { text } else { self.lower_event_data(item, usage) }
    }

    /// The type of the JSON in data that differs by event, if all of it is JSON with a schema.
    fn lower_contents(&mut self, item: SchemaRef<'a>, usage: &Usage) -> Option<Type> {
        let events = item.alternatives();
        let contents = events.iter().map(|event| content(event.property("data")?));
        let members = contents.collect::<Option<Vec<SchemaRef<'a>>>>()?;
        // a discriminator of the events is about their names, which their data does not have
        let schema = *members.iter().find(|member| member.discriminator().is_none())?;
        let places = [item].iter().chain(&members).map(|schema| schema.place()).collect();
        let alternatives = Alternatives { schema, members, common: Vec::new(), of_base: false };
        let usage = usage.role(Role::Property("data".to_owned()));
        Some(self.lower_declared(item, places, usage, Declared::Union(alternatives)))
    }

    /// The type of the JSON in data, or else that of the data.
    fn lower_event_data(&mut self, data: SchemaRef<'a>, usage: Usage) -> (StreamKind, Type) {
        match self.lower_json_text(&self.schemas.annotating(data), &usage) {
            Some(ty) => (StreamKind::JsonEvents, ty),
            None => (StreamKind::Events, self.lower(data, usage)),
        }
    }
}

/// The schema of an item of a stream.
fn item<'a>(schema: SchemaRef<'a>, usage: &Usage) -> (SchemaRef<'a>, Usage) {
    match schema.items().filter(|_| schema.is_type("array") && schema.overridden().is_none()) {
        Some(items) => (items, usage.role(Role::Item)),
        None => (schema, usage.clone()),
    }
}

/// Whether a schema describes an event and not its data: an object of `data` and other fields of events, or of `data` that
/// is text with JSON in it.
fn is_event(schema: SchemaRef<'_>) -> bool {
    if schema.property("data").is_some_and(|data| content(data).is_some()) {
        return true;
    }
    let others = || schema.properties().map(|(name, _)| name).filter(|name| *name != "data");
    schema.property("data").is_some()
        && others().next().is_some()
        && others().all(|name| FIELDS.contains(&name))
}
