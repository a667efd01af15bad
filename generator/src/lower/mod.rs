//! Lowers resolved OpenAPI to the IR, without any Rust identifiers and without resources.
//!
//! Component schemas are lowered from a queue when first referred to, so that stack depth depends on the nesting of
//! one schema and not on the length of a chain of references.

mod body;
mod header;
mod joined;
mod json_text;
mod member;
pub(crate) mod media;
mod event_header;
mod multipart;
mod operation;
mod paged;
mod pagination;
mod parameter;
mod record;
mod response;
mod schema;
mod schemas;
mod security;
mod server;
mod streamed;
mod tag;
mod union;
mod until_done;
mod usage;
mod webhook;

use std::collections::{HashMap, VecDeque};

use json_text::JsonTexts;
use schemas::Schemas;
use security::Security;

use crate::{
    config::{Config, Models},
    diagnostic::{Code, Diagnostics},
    ir::{Api, Docs, Info, Origin, Shape, Type, TypeDef, TypeId, Usage},
    resolve::{Document, SchemaRef},
};

/// Lowers a document.
pub fn run<'a>(document: &'a Document, config: &'a Config, diagnostics: &'a mut Diagnostics) -> Api {
    let mut lowering = Lowering {
        schemas: Schemas::new(document, config, diagnostics),
        types: Vec::new(),
        components: HashMap::new(),
        inline: HashMap::new(),
        forms: HashMap::new(),
        queue: VecDeque::new(),
        together: (0, 0),
        security: Security::default(),
        streamed: Vec::new(),
        json_texts: JsonTexts::default(),
    };
    let security_schemes = lowering.security_schemes();
    let mut operations = lowering.operations();
    let webhooks = lowering.lower_webhooks();
    let mut received: Vec<Type> = webhooks.iter().map(|webhooks| Type::Named(webhooks.ty)).collect();
    received.append(&mut lowering.lower_received());
    received.append(&mut lowering.streamed);
    lowering.drain();
    lowering.unused_schemas(operations.is_empty());
    lowering.untyped_json_texts();
    lowering.paginate(&mut operations);
    let headers = lowering.response_headers();
    lowering.await_work(&mut operations);
    let servers = lowering.servers();
    Api {
        info: lowering.info(),
        base_path: if servers.is_empty() { lowering.base_path() } else { String::new() },
        servers,
        server_urls: document.servers().map(|server| server.url.to_owned()).collect(),
        security_schemes,
        security: security::usual(&operations),
        operations,
        headers,
        webhooks,
        received,
        tags: lowering.tags(),
        resources: Vec::new(),
        types: lowering.types,
    }
}

/// The state of one run.
struct Lowering<'a> {
    /// The schemas of the document, and where what is met is reported.
    schemas: Schemas<'a>,
    types: Vec<TypeDef>,
    components: HashMap<&'a str, TypeId>,
    /// Unnamed types, by the places of the schemas they come from.
    inline: HashMap<Vec<usize>, Type>,
    /// Multipart forms, by the place of their schema.
    forms: HashMap<usize, TypeId>,
    queue: VecDeque<(TypeId, SchemaRef<'a>)>,
    /// The current nesting of places with several schemas, and the total number of such places.
    together: (usize, usize),
    security: Security,
    /// The types of values in streamed bodies that are passed as a whole.
    streamed: Vec<Type>,
    json_texts: JsonTexts,
}

impl<'a> Lowering<'a> {
    /// Declares a type before its shape is known, so that it can be referred to.
    fn declare(&mut self, origin: Origin, usage: Usage, docs: Docs, deprecated: bool) -> TypeId {
        let id = TypeId::from_index(self.types.len());
        self.types.push(TypeDef {
            origin,
            usage,
            docs,
            deprecated,
            shape: Shape::Alias(Type::Any),
            same_as: None,
        });
        id
    }

    /// Sets the shape of a declared type.
    fn define(&mut self, id: TypeId, shape: Shape) {
        self.types[id.index()].shape = shape;
    }

    /// The id of a component schema, which is queued on first use.
    fn component(&mut self, name: &'a str, schema: SchemaRef<'a>) -> TypeId {
        if let Some(id) = self.components.get(name) {
            return *id;
        }
        let usage = Usage::Component(name.to_owned());
        let id =
            self.declare(schema.origin(), usage, self.schemas.element_docs(schema), schema.is_deprecated());
        self.components.insert(name, id);
        self.queue.push_back((id, schema));
        id
    }

    /// Lowers everything in the queue, including what is added meanwhile.
    fn drain(&mut self) {
        while let Some((id, schema)) = self.queue.pop_front() {
            self.lower_component(id, schema);
        }
    }

    /// Handles component schemas that no operation reaches: lowers them if configured, otherwise counts them.
    fn unused_schemas(&mut self, no_operations: bool) {
        let unused: Vec<_> =
            self.schemas.document.schemas().filter(|(name, _)| !self.components.contains_key(name)).collect();
        if no_operations || self.schemas.config.models == Models::All {
            for (name, schema) in unused {
                self.component(name, schema);
            }
            return self.drain();
        }
        let unused: Vec<_> = unused.into_iter().filter(|(name, _)| !self.schemas.is_merged(name)).collect();
        if let Some((first, schema)) = unused.first() {
            let others = match unused.len() - 1 {
                0 => String::new(),
                count => format!(" and {count} more"),
            };
            self.schemas.report(
                Code::UnusedSchemas,
                schema.origin(),
                format!("no operation uses `{first}`{others}"),
            );
        }
    }

    fn info(&self) -> Info {
        let info = self.schemas.document.info();
        Info {
            origin: info.origin,
            title: info.title.to_owned(),
            version: info.version.to_owned(),
            docs: Docs {
                see: schemas::docs::see(self.schemas.document.external_docs()),
                ..schemas::docs::summarised(info.summary, info.description)
            },
        }
    }
}
