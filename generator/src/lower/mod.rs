//! Lowers resolved OpenAPI to the IR, without any Rust identifiers and without resources.
//!
//! Component schemas are lowered from a queue when first referred to, so that stack depth depends on the nesting of
//! one schema and not on the length of a chain of references.

mod all_of;
mod body;
mod children;
mod class;
mod discriminator;
mod docs;
mod enumeration;
mod implicit;
mod joined;
pub(crate) mod media;
mod merged;
mod multipart;
mod operation;
mod pagination;
mod parameter;
mod record;
mod response;
mod scalar;
mod schema;
mod security;
mod server;
mod tag;
mod union;

use std::collections::{HashMap, HashSet, VecDeque};

use children::Children;
use security::Security;

use crate::{
    config::{Config, Models},
    diagnostic::{Code, Diagnostics},
    document::extension,
    ir::{Api, Docs, Info, Origin, Shape, Type, TypeDef, TypeId, Usage},
    resolve::{Document, SchemaRef},
};

/// Lowers a document.
pub fn run(document: &Document, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = Lowering {
        document,
        config,
        diagnostics,
        types: Vec::new(),
        components: HashMap::new(),
        inline: HashMap::new(),
        forms: HashMap::new(),
        children: Children::new(document),
        named: HashMap::new(),
        merged: HashSet::new(),
        queue: VecDeque::new(),
        together: (0, 0),
        reported: HashSet::new(),
        security: Security::default(),
        streamed: Vec::new(),
    };
    let security_schemes = lowering.security_schemes();
    let mut operations = lowering.operations();
    let mut received = lowering.lower_received();
    received.append(&mut lowering.streamed);
    lowering.drain();
    lowering.unused_schemas(operations.is_empty());
    lowering.paginate(&mut operations);
    let servers = lowering.servers();
    Api {
        info: lowering.info(),
        base_path: if servers.is_empty() { lowering.base_path() } else { String::new() },
        servers,
        server_urls: document.servers().iter().map(|(server, _)| server.url.clone()).collect(),
        security_schemes,
        operations,
        received,
        tags: lowering.tags(),
        resources: Vec::new(),
        types: lowering.types,
    }
}

/// The state of one run.
struct Lowering<'a> {
    document: &'a Document,
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    types: Vec<TypeDef>,
    components: HashMap<&'a str, TypeId>,
    /// Unnamed types, by the places of the schemas they come from.
    inline: HashMap<Vec<usize>, Type>,
    /// Multipart forms, by the place of their schema.
    forms: HashMap<usize, TypeId>,
    children: Children<'a>,
    /// Types named in the configuration, and whether they are strings.
    named: HashMap<String, bool>,
    /// Components that are merged into another type as branches of an `allOf`.
    merged: HashSet<&'a str>,
    queue: VecDeque<(TypeId, SchemaRef<'a>)>,
    /// The current nesting of places with several schemas, and the total number of such places.
    together: (usize, usize),
    /// The diagnostics reported so far.
    reported: HashSet<(Code, Origin, String)>,
    security: Security,
    /// The types of values in streamed bodies.
    streamed: Vec<Type>,
}

impl<'a> Lowering<'a> {
    /// Reports a loss of precision.
    fn report(&mut self, code: Code, origin: Origin, message: impl Into<String>) {
        let message = message.into();
        // A problem of a shared component is reported once.
        if self.reported.insert((code, origin, message.clone())) {
            self.diagnostics.report(code, origin, message);
        }
    }

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
        let id = self.declare(schema.origin(), usage, self.element_docs(schema), schema.data().deprecated);
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
            self.document.schemas().filter(|(name, _)| !self.components.contains_key(name)).collect();
        if no_operations || self.config.models == Models::All {
            for (name, schema) in unused {
                self.component(name, schema);
            }
            return self.drain();
        }
        let unused: Vec<_> = unused.into_iter().filter(|(name, _)| !self.merged.contains(name)).collect();
        if let Some((first, schema)) = unused.first() {
            let others = match unused.len() - 1 {
                0 => String::new(),
                count => format!(" and {count} more"),
            };
            self.report(Code::UnusedSchemas, schema.origin(), format!("no operation uses `{first}`{others}"));
        }
    }

    fn info(&self) -> Info {
        let (info, origin) = self.document.info();
        Info {
            origin,
            title: info.title.clone(),
            version: info.version.clone(),
            docs: Docs {
                see: docs::see(self.document.external_docs()),
                ..docs::summarised(extension::summary(info), info.description.as_deref())
            },
        }
    }
}
