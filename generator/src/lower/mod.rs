//! Meaning out of spelling. In: reference-free views of a document. Out: the IR. Never a Rust identifier.
//!
//! Component schemas are lowered when something first refers to them, from a queue, so that depth of the
//! stack follows the nesting of one schema and never the length of a chain of references.

mod all_of;
mod body;
pub(crate) mod brand;
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
pub(crate) mod noun;
mod operation;
mod pagination;
mod parameter;
mod record;
mod resource;
mod response;
mod route;
mod scalar;
mod schema;
mod security;
mod server;
mod tag;
mod union;
pub(crate) mod words;

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
    let resources = lowering.resources(&mut operations);
    lowering.unused_schemas(operations.is_empty());
    lowering.paginate(&mut operations);
    let servers = lowering.servers();
    Api {
        info: lowering.info(),
        base_path: if servers.is_empty() { lowering.base_path() } else { String::new() },
        servers,
        security_schemes,
        operations,
        received,
        resources,
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
    /// Types without a name, by the places of the schemas that make them.
    inline: HashMap<Vec<usize>, Type>,
    /// Multipart forms, by the place of their schema.
    forms: HashMap<usize, TypeId>,
    children: Children<'a>,
    /// Types that the configuration names, and whether they are text.
    named: HashMap<String, bool>,
    /// Components that are part of another type, as branches of an `allOf`.
    merged: HashSet<&'a str>,
    queue: VecDeque<(TypeId, SchemaRef<'a>)>,
    /// How deep places of which several schemas speak lie within each other now, and how many there were.
    together: (usize, usize),
    /// What was said, and where.
    reported: HashSet<(Code, Origin, String)>,
    security: Security,
    /// What is in bodies that are one value after another.
    streamed: Vec<Type>,
}

impl<'a> Lowering<'a> {
    /// Reports something that costs precision.
    fn report(&mut self, code: Code, origin: Origin, message: impl Into<String>) {
        let message = message.into();
        // What many places refer to is said once.
        if self.reported.insert((code, origin, message.clone())) {
            self.diagnostics.report(code, origin, message);
        }
    }

    /// Declares a type whose shape is not known yet, so that it can be referred to.
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

    /// Says what a declared type looks like.
    fn define(&mut self, id: TypeId, shape: Shape) {
        self.types[id.index()].shape = shape;
    }

    /// The number of a component schema, which is put in the queue when first asked for.
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

    /// Lowers what is in the queue, and what that puts there.
    fn drain(&mut self) {
        while let Some((id, schema)) = self.queue.pop_front() {
            self.lower_component(id, schema);
        }
    }

    /// Component schemas that no operation reaches: lowered if asked for, else counted.
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
