//! The document itself, its paths, tags and servers.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    ExternalDocumentation, Info, OpenAPI, Operation, PathItem, Paths, Server, ServerVariable, Tag,
};

use super::{
    Description,
    facts::{ObjectId, TagFacts},
    reader::Builder,
};
use crate::{normalise::marker, source::Node};

/// The document.
pub(super) fn build(root: Node, mut builder: Builder<'_>) -> Description {
    let id = root.id;
    let Some(mut fields) = builder.fields(root, "document") else { return Description::default() };
    builder.examples = examples(fields.peek("components"));
    let components = fields.take("components").and_then(|node| builder.components(node));
    let mut paths = fields.take("paths");
    let further = further(&mut builder, paths.as_mut());
    let webhooks = builder.map(fields.take(marker::WEBHOOKS), marker::WEBHOOKS, Builder::operation);
    let received = builder.map(fields.take(marker::RECEIVED), marker::RECEIVED, |builder, node| {
        builder.reference_or(node, Builder::request_body)
    });
    let (info, summary) = fields.take("info").and_then(|node| builder.info(node)).unzip();
    let api = OpenAPI {
        openapi: builder.text(fields.take("openapi"), "openapi").unwrap_or_default(),
        info: info.unwrap_or_else(|| untitled(builder.facts.add(id))),
        servers: builder.servers(fields.take("servers")),
        paths: Paths {
            paths: builder
                .map(paths, "paths", |builder, node| builder.reference_or(node, Builder::path_item)),
            extensions: IndexMap::new(),
        },
        components,
        security: fields.take("security").map(|node| builder.security(node)),
        tags: builder.list(fields.take("tags"), "tags", Builder::tag),
        external_docs: builder.external_docs(fields.take("externalDocs")),
        extensions: IndexMap::new(),
    };
    Description { api, further, webhooks, received, summary: summary.flatten(), facts: builder.facts }
}

/// The values of `components/examples`.
fn examples(components: Option<&Node>) -> HashMap<String, serde_json::Value> {
    let entries = components.and_then(|node| node.get("examples")?.as_object()).into_iter().flatten();
    entries.filter_map(|(name, entry)| Some((name.clone(), entry.get("value")?.to_json()))).collect()
}

/// Takes out the operations that `PathItem` has no field for.
fn further(
    builder: &mut Builder<'_>,
    paths: Option<&mut Node>,
) -> IndexMap<String, IndexMap<String, Operation>> {
    let mut further = IndexMap::new();
    for (template, item) in paths.and_then(Node::as_object_mut).into_iter().flatten() {
        let node = item.as_object_mut().and_then(|entries| entries.shift_remove(marker::OPERATIONS));
        if node.is_some() {
            let operations = builder.map(node, marker::OPERATIONS, Builder::operation);
            further.insert(template.clone(), operations);
        }
    }
    further
}

fn untitled(id: ObjectId) -> Info {
    Info { title: "API".to_owned(), extensions: id.extensions(), ..Info::default() }
}

impl Builder<'_> {
    /// The `info` of the document, and its short summary.
    fn info(&mut self, node: Node) -> Option<(Info, Option<String>)> {
        let mut fields = self.fields(node, "info")?;
        let summary = self.text(fields.take(marker::SUMMARY), "summary");
        let info = Info {
            extensions: self.placed(&fields),
            title: self.text(fields.take("title"), "title").unwrap_or_else(|| "API".to_owned()),
            description: self.text(fields.take("description"), "description"),
            version: self.text(fields.take("version"), "version").unwrap_or_default(),
            ..Info::default()
        };
        Some((info, summary))
    }

    /// `servers`
    pub(super) fn servers(&mut self, node: Option<Node>) -> Vec<Server> {
        self.list(node, "servers", |builder, node| {
            let mut fields = builder.fields(node, "server")?;
            let name = builder.text(fields.take("name"), "name");
            Some(Server {
                extensions: builder.facts.add_server(fields.id, name).extensions(),
                url: builder.text(fields.take("url"), "url")?,
                description: builder.text(fields.take("description"), "description"),
                variables: Some(builder.map(fields.take("variables"), "variables", Builder::server_variable)),
            })
        })
    }

    fn server_variable(&mut self, node: Node) -> Option<ServerVariable> {
        let mut fields = self.fields(node, "server variable")?;
        Some(ServerVariable {
            enumeration: self.texts(fields.take("enum"), "enum"),
            default: self.text(fields.take("default"), "default").unwrap_or_default(),
            description: self.text(fields.take("description"), "description"),
            extensions: IndexMap::new(),
        })
    }

    fn tag(&mut self, node: Node) -> Option<Tag> {
        let mut fields = self.fields(node, "tag")?;
        let facts = TagFacts {
            parent: self.text(fields.take(marker::PARENT), "parent"),
            kind: self.text(fields.take(marker::KIND), "kind"),
        };
        Some(Tag {
            extensions: self.facts.add_tag(fields.id, facts).extensions(),
            name: self.text(fields.take("name"), "name")?,
            description: self.text(fields.take("description"), "description"),
            external_docs: self.external_docs(fields.take("externalDocs")),
        })
    }

    /// `externalDocs`
    pub(super) fn external_docs(&mut self, node: Option<Node>) -> Option<ExternalDocumentation> {
        let mut fields = self.fields(node?, "externalDocs")?;
        Some(ExternalDocumentation {
            extensions: IndexMap::new(),
            url: self.text(fields.take("url"), "url")?,
            description: self.text(fields.take("description"), "description"),
        })
    }

    fn path_item(&mut self, node: Node) -> Option<PathItem> {
        let mut fields = self.fields(node, "path item")?;
        let mut operation = |method: &str| fields.take(method).and_then(|node| self.operation(node));
        let mut item = PathItem {
            get: operation("get"),
            put: operation("put"),
            post: operation("post"),
            delete: operation("delete"),
            options: operation("options"),
            head: operation("head"),
            patch: operation("patch"),
            trace: operation("trace"),
            ..PathItem::default()
        };
        item.summary = self.text(fields.take("summary"), "summary");
        item.description = self.text(fields.take("description"), "description");
        item.parameters = self.parameters(fields.take("parameters"));
        item.servers = self.servers(fields.take("servers"));
        Some(item)
    }
}
