//! The whole API.

use super::{
    Docs, Operation, OperationId, Origin, Resource, ResourceId, SecurityScheme, Type, TypeDef, TypeId,
};

/// Everything that is generated from one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Title and version.
    pub info: Info,
    /// Where it is served, the first being the default; none if the caller has to say it.
    pub servers: Vec<Server>,
    /// The path that it is served at on a host that the caller has to say, with a slash in front and none at its end; empty if
    /// that is the root, or if there are servers.
    pub base_path: String,
    /// The ways to authenticate, in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// Calls, in document order. Indexed by [`OperationId`].
    pub operations: Vec<Operation>,
    /// What is in the bodies of requests that the server sends, those of webhooks and callbacks, and in bodies that are
    /// streams of values.
    pub received: Vec<Type>,
    /// The tree of resources; the first is the root, which is the client itself. Indexed by [`ResourceId`].
    pub resources: Vec<Resource>,
    /// Types: components in document order, then those without a name as they were met. Indexed by [`TypeId`].
    pub types: Vec<TypeDef>,
}

impl Api {
    /// The type with this number.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// The type that is declared for this one: itself, unless another is the same.
    pub fn declared(&self, id: TypeId) -> TypeId {
        self.type_def(id).same_as.unwrap_or(id)
    }

    /// The operation with this number.
    pub fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.index()]
    }

    /// The resource with this number.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.index()]
    }

    /// The number of every type.
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
    /// `info.version`, the document's own.
    pub version: String,
    /// `info.description` and `info.summary`
    pub docs: Docs,
}

/// A base URL.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Where it was read.
    pub origin: Origin,
    /// Absolute once its variables, which it holds in braces, are filled in.
    pub url: String,
    /// Its variables.
    pub variables: Vec<ServerVariable>,
    /// What the document says of it.
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

/// A part of a base URL that the caller may choose.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// What stands between the braces.
    pub name: String,
    /// Its value unless the caller chooses another.
    pub default: String,
    /// The values that the document lists, if it lists any.
    pub values: Vec<String>,
    /// What the document says of it.
    pub docs: Docs,
}
