//! Facts beyond the fields of `openapiv3`: where each object was written, and what later versions of OpenAPI and other
//! tools' extensions say of it.
//!
//! Each object has a number, which is the only extension it carries; the facts are in tables by that number.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::source::{FileId, NodeId};

/// The extensions of an object of `openapiv3`.
pub type Extensions = IndexMap<String, Value>;

/// The key of the extension that holds an object's number.
const NUMBER: &str = "x-cratewright-number";

/// The number of an object in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ObjectId(usize);

impl ObjectId {
    /// Extensions with this number.
    pub(super) fn extensions(self) -> Extensions {
        Extensions::from_iter([(NUMBER.to_owned(), Value::from(self.0))])
    }

    fn of(extensions: &Extensions) -> Option<Self> {
        let number = extensions.get(NUMBER)?.as_u64()?;
        usize::try_from(number).ok().map(Self)
    }
}

type Table<T> = HashMap<ObjectId, T, RandomState>;

/// The facts about the objects of a document.
#[derive(Debug, Default)]
pub struct Facts {
    origins: Vec<NodeId>,
    schemas: Table<SchemaFacts>,
    discriminators: Table<DiscriminatorFacts>,
    parameters: Table<ParameterFacts>,
    tags: Table<TagFacts>,
    /// The names of servers (OpenAPI 3.2 §4.6).
    servers: Table<String>,
}

/// Facts about a schema.
#[derive(Debug, PartialEq)]
pub struct SchemaFacts {
    /// Whether no value satisfies it, because it was written as `false`.
    pub is_never: bool,
    /// Whether it forbids properties, or items, other than those it lists.
    pub is_closed: bool,
    /// The index of its configured override.
    pub overridden: Option<usize>,
    /// The items of a tuple that have a schema of their own (`prefixItems`); `None` for one that was not valid.
    pub positions: Option<Vec<Option<ReferenceOr<Schema>>>>,
    /// The constants of `enum`, in order.
    pub constants: Vec<ConstantFacts>,
    /// The media type of a string's content (`contentMediaType`).
    pub content_media_type: Option<String>,
    /// The schema of a string's content (`contentSchema`).
    pub content_schema: Option<ReferenceOr<Schema>>,
    /// Its discriminator value, from other tools' extensions.
    pub discriminator_value: Option<String>,
}

/// The facts about a schema that `openapiv3` describes in full.
static NO_FACTS: SchemaFacts = SchemaFacts {
    is_never: false,
    is_closed: false,
    overridden: None,
    positions: None,
    constants: Vec::new(),
    content_media_type: None,
    content_schema: None,
    discriminator_value: None,
};

/// Facts about a constant of `enum`.
#[derive(Debug, PartialEq)]
pub struct ConstantFacts {
    /// Where it was written.
    pub origin: NodeId,
    /// Its name, from other tools' extensions.
    pub name: Option<String>,
    /// Its description, from other tools' extensions.
    pub description: Option<String>,
}

/// Facts about a discriminator.
#[derive(Debug, Default)]
pub struct DiscriminatorFacts {
    /// Where each entry of `mapping` was written, by the entry's value.
    pub mapping: HashMap<String, NodeId, RandomState>,
    /// The component schema for values that `mapping` lacks (`defaultMapping`, OpenAPI 3.2 §4.25).
    pub default: Option<String>,
}

/// Facts about a parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ParameterFacts {
    /// `allowReserved`, which `openapiv3` has for parameters in the query alone.
    pub allows_reserved: bool,
    /// Whether it is the whole query string (`in: querystring`, OpenAPI 3.2 §4.12.2).
    pub is_query_string: bool,
    /// `style: cookie` (OpenAPI 3.2 §4.12.3), which `openapiv3` does not have.
    pub is_cookie_style: bool,
    /// Whether a header parameter may have any name, as in Swagger 2.0.
    pub may_be_any_header: bool,
}

/// Facts about a tag.
#[derive(Debug, Default)]
pub struct TagFacts {
    /// The name of its parent (OpenAPI 3.2 §4.22).
    pub parent: Option<String>,
    /// What it is for: `nav` by default.
    pub kind: Option<String>,
}

impl Facts {
    /// Numbers an object.
    pub(super) fn add(&mut self, origin: NodeId) -> ObjectId {
        self.origins.push(origin);
        ObjectId(self.origins.len() - 1)
    }

    /// Adds a schema with these facts.
    pub(super) fn add_schema(&mut self, origin: NodeId, facts: SchemaFacts) -> ObjectId {
        let id = self.add(origin);
        if facts != NO_FACTS {
            self.schemas.insert(id, facts);
        }
        id
    }

    /// Adds a discriminator with these facts.
    pub(super) fn add_discriminator(&mut self, origin: NodeId, facts: DiscriminatorFacts) -> ObjectId {
        let id = self.add(origin);
        self.discriminators.insert(id, facts);
        id
    }

    /// Adds a parameter with these facts.
    pub(super) fn add_parameter(&mut self, origin: NodeId, facts: ParameterFacts) -> ObjectId {
        let id = self.add(origin);
        if facts != ParameterFacts::default() {
            self.parameters.insert(id, facts);
        }
        id
    }

    /// Adds a tag with these facts.
    pub(super) fn add_tag(&mut self, origin: NodeId, facts: TagFacts) -> ObjectId {
        let id = self.add(origin);
        self.tags.insert(id, facts);
        id
    }

    /// Adds a server with its name.
    pub(super) fn add_server(&mut self, origin: NodeId, name: Option<String>) -> ObjectId {
        let id = self.add(origin);
        if let Some(name) = name {
            self.servers.insert(id, name);
        }
        id
    }

    /// Where an object was written; the document's root if it was not in the document.
    pub fn origin(&self, object: &Extensions) -> NodeId {
        let origin = ObjectId::of(object).and_then(|id| self.origins.get(id.0));
        origin.copied().unwrap_or(NodeId::root(FileId(0)))
    }

    /// The facts about a schema.
    pub fn schema(&self, schema: &Extensions) -> &SchemaFacts {
        find(&self.schemas, schema).unwrap_or(&NO_FACTS)
    }

    /// The facts about a discriminator.
    pub fn discriminator(&self, discriminator: &Extensions) -> Option<&DiscriminatorFacts> {
        find(&self.discriminators, discriminator)
    }

    /// The facts about a parameter.
    pub fn parameter(&self, parameter: &Extensions) -> ParameterFacts {
        find(&self.parameters, parameter).copied().unwrap_or_default()
    }

    /// The facts about a tag.
    pub fn tag(&self, tag: &Extensions) -> Option<&TagFacts> {
        find(&self.tags, tag)
    }

    /// The name of a server.
    pub fn server_name(&self, server: &Extensions) -> Option<&str> {
        find(&self.servers, server).map(String::as_str)
    }
}

fn find<'f, T>(table: &'f Table<T>, object: &Extensions) -> Option<&'f T> {
    table.get(&ObjectId::of(object)?)
}
