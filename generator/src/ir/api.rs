//! The whole API.

use super::{
    Docs, Operation, OperationId, Origin, Resource, ResourceId, ResponseHeader, SecurityScheme, Tag, Type,
    TypeDef, TypeId, Webhooks,
};

/// Everything that is generated from a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Title, version and description.
    pub info: Info,
    /// The base URLs, the first being the default; empty if the caller must supply one.
    pub servers: Vec<Server>,
    /// The path of the API on a host that the caller supplies, with a leading but no trailing slash; empty if it is
    /// the root or there are servers.
    pub base_path: String,
    /// The URLs of all servers as the document has them, even those that no call can be sent to.
    pub server_urls: Vec<String>,
    /// The security schemes, in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// What most of the operations that need a credential take: alternative sets of security scheme names.
    pub security: Vec<Vec<String>>,
    /// Operations in document order, indexed by [`OperationId`].
    pub operations: Vec<Operation>,
    /// The headers of responses, in document order.
    pub headers: Vec<ResponseHeader>,
    /// The webhooks that have a body to read.
    pub webhooks: Option<Webhooks>,
    /// The types of request bodies that the server sends (webhooks and callbacks), and of values in streamed bodies.
    pub received: Vec<Type>,
    /// The declared tags, in document order.
    pub tags: Vec<Tag>,
    /// The tree of resources, indexed by [`ResourceId`]; the first is the root, the client itself.
    /// Empty until the operations have their resources.
    pub resources: Vec<Resource>,
    /// Types, indexed by [`TypeId`]: components in document order, then unnamed ones in the order found.
    pub types: Vec<TypeDef>,
}

impl Api {
    /// The type with this id.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// The type declared for this one: itself, unless it is equal to another.
    pub fn declared(&self, id: TypeId) -> TypeId {
        self.type_def(id).same_as.unwrap_or(id)
    }

    /// The operation with this id.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.index()]
    }

    /// The resource with this id.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.index()]
    }

    /// The variables of all servers, each name once, as the first server that has it says.
    pub fn server_variables(&self) -> Vec<&ServerVariable> {
        let mut variables: Vec<&ServerVariable> = Vec::new();
        for variable in self.servers.iter().flat_map(|server| &server.variables) {
            if !variables.iter().any(|known| known.name == variable.name) {
                variables.push(variable);
            }
        }
        variables
    }

    /// The ids of all types.
    pub fn type_ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.types.len()).map(TypeId::from_index)
    }
}

/// The `info` object.
#[derive(Clone, Debug, PartialEq)]
pub struct Info {
    /// Where it was read.
    pub origin: Origin,
    /// `info.title`
    pub title: String,
    /// `info.version`, the version of the document.
    pub version: String,
    /// `info.description` and `info.summary`
    pub docs: Docs,
}

/// A base URL.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Where it was read.
    pub origin: Origin,
    /// The URL, absolute once the variables in braces are filled in.
    pub url: String,
    /// Its name in the document.
    pub name: Option<String>,
    /// Its variables.
    pub variables: Vec<ServerVariable>,
    /// Its description.
    pub docs: Docs,
}

impl Server {
    /// The URL with every variable replaced by its default.
    pub fn expanded(&self) -> String {
        let variables = self.variables.iter();
        variables.fold(self.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        })
    }
}

/// A part of a base URL that the caller can set.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The default value.
    pub default: String,
    /// The values that the document lists, if it lists any.
    pub values: Vec<String>,
    /// Its description.
    pub docs: Docs,
}
