//! The structure of an OpenAPI 3.x description: the form of each keyword's value, by kind of object. A pure table that
//! covers all 3.x versions.

use super::marker;

/// The kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Root,
    Info,
    Contact,
    License,
    ExternalDocs,
    Tag,
    Server,
    ServerVariable,
    SecurityRequirement,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    MediaType,
    Encoding,
    Header,
    Schema,
    Discriminator,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
}

/// The form of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Text.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A list of texts.
    Texts,
    /// A mapping of texts.
    TextMap,
    /// An object.
    One(Kind),
    /// A list of objects.
    List(Kind),
    /// A mapping from names to objects.
    Map(Kind),
    /// Anything: data, extensions, and keywords without a single form.
    Opaque,
}

use Form::{Flag, List, Map, Number, One, Opaque, Text, TextMap, Texts};

impl Form {
    /// The form of the value under a key or index.
    pub(super) fn below(self, segment: &str) -> Self {
        match self {
            One(kind) => kind.form(segment),
            List(kind) | Map(kind) => One(kind),
            Text | Flag | Number | Texts | TextMap | Opaque => Opaque,
        }
    }
}

impl Kind {
    /// The section of `components` for objects of this kind, if there is one.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            _ => return None,
        })
    }

    /// The kind of objects in a section of `components`.
    pub(super) fn of_section(section: &str) -> Option<Self> {
        let kinds = [
            Self::Schema,
            Self::Response,
            Self::Parameter,
            Self::RequestBody,
            Self::Header,
            Self::SecurityScheme,
        ];
        kinds.into_iter().find(|kind| kind.section() == Some(section))
    }

    /// The name of this kind in messages.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Root => "a description",
            Self::Info => "an info object",
            Self::Contact => "a contact",
            Self::License => "a licence",
            Self::ExternalDocs => "a link to documentation",
            Self::Tag => "a tag",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::SecurityRequirement => "a security requirement",
            Self::Components => "a components object",
            Self::Paths => "a paths object",
            Self::PathItem => "a path item",
            Self::Operation => "an operation",
            Self::Parameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::Responses => "a responses object",
            Self::Response => "a response",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Header => "a header",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::SecurityScheme => "a security scheme",
            Self::OAuthFlows => "a flows object",
            Self::OAuthFlow => "a flow",
        }
    }

    /// The form of a keyword's value in an object of this kind.
    pub(super) fn form(self, key: &str) -> Form {
        match self {
            Self::Schema => schema(key),
            Self::Parameter | Self::Header => parameter(key),
            Self::Paths if key.starts_with('/') => One(Self::PathItem),
            Self::Responses if !key.starts_with("x-") => One(Self::Response),
            Self::Root if key == marker::RECEIVED => Map(Self::RequestBody),
            Self::Root if key == marker::WEBHOOKS => Map(Self::Operation),
            _ if key.starts_with("x-") => Opaque,
            Self::PathItem => path_item(key),
            Self::Operation => operation(key),
            Self::RequestBody | Self::Response | Self::MediaType | Self::Encoding => content(key),
            Self::Root | Self::Components => root(key),
            Self::SecurityScheme | Self::OAuthFlows | Self::OAuthFlow => security(key),
            Self::Discriminator => discriminator(key),
            Self::Info | Self::Contact | Self::License | Self::ExternalDocs => information(key),
            Self::Tag | Self::Server | Self::ServerVariable => information(key),
            Self::SecurityRequirement => Texts,
            Self::Paths | Self::Responses => Opaque,
        }
    }
}

fn schema(key: &str) -> Form {
    match key {
        "properties" | "$defs" | "definitions" | "patternProperties" => Map(Kind::Schema),
        "items" | "additionalProperties" | "not" | "unevaluatedProperties" | "contentSchema" => {
            One(Kind::Schema)
        }
        "allOf" | "oneOf" | "anyOf" | "prefixItems" | marker::POSITIONS => List(Kind::Schema),
        "format" | "title" | "description" | "pattern" | "$ref" => Text,
        "contentEncoding" | "contentMediaType" => Text,
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => Flag,
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => Number,
        "minimum" | "maximum" | "multipleOf" => Number,
        "discriminator" => One(Kind::Discriminator),
        "externalDocs" => One(Kind::ExternalDocs),
        _ => Opaque,
    }
}

fn parameter(key: &str) -> Form {
    match key {
        "name" | "in" | "description" | "style" | "$ref" => Text,
        "required" | "deprecated" | "explode" | "allowReserved" | "allowEmptyValue" => Flag,
        "schema" => One(Kind::Schema),
        "content" => Map(Kind::MediaType),
        _ => Opaque,
    }
}

fn path_item(key: &str) -> Form {
    match key {
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => One(Kind::Operation),
        "query" => One(Kind::Operation),
        "additionalOperations" => Map(Kind::Operation),
        "parameters" => List(Kind::Parameter),
        "servers" => List(Kind::Server),
        "summary" | "description" | "$ref" => Text,
        _ => Opaque,
    }
}

fn operation(key: &str) -> Form {
    match key {
        "parameters" => List(Kind::Parameter),
        "requestBody" => One(Kind::RequestBody),
        "responses" => One(Kind::Responses),
        "tags" => Texts,
        "summary" | "description" | "operationId" => Text,
        "deprecated" => Flag,
        "security" => List(Kind::SecurityRequirement),
        "servers" => List(Kind::Server),
        "externalDocs" => One(Kind::ExternalDocs),
        _ => Opaque,
    }
}

fn content(key: &str) -> Form {
    match key {
        "content" => Map(Kind::MediaType),
        "schema" => One(Kind::Schema),
        "headers" => Map(Kind::Header),
        "itemSchema" => One(Kind::Schema),
        "encoding" => Map(Kind::Encoding),
        "description" | "contentType" | "style" | "$ref" => Text,
        "required" | "explode" | "allowReserved" => Flag,
        _ => Opaque,
    }
}

fn root(key: &str) -> Form {
    match key {
        "info" => One(Kind::Info),
        "paths" => One(Kind::Paths),
        "components" => One(Kind::Components),
        "servers" => List(Kind::Server),
        "security" => List(Kind::SecurityRequirement),
        "tags" => List(Kind::Tag),
        "externalDocs" => One(Kind::ExternalDocs),
        "schemas" => Map(Kind::Schema),
        "responses" => Map(Kind::Response),
        "parameters" => Map(Kind::Parameter),
        "requestBodies" => Map(Kind::RequestBody),
        "headers" => Map(Kind::Header),
        "securitySchemes" => Map(Kind::SecurityScheme),
        "pathItems" => Map(Kind::PathItem),
        "mediaTypes" => Map(Kind::MediaType),
        _ => Opaque,
    }
}

fn security(key: &str) -> Form {
    match key {
        "type" | "name" | "in" | "scheme" | "bearerFormat" | "openIdConnectUrl" => Text,
        "authorizationUrl" | "tokenUrl" | "refreshUrl" | "description" | "$ref" => Text,
        "flows" => One(Kind::OAuthFlows),
        "implicit" | "password" | "clientCredentials" | "authorizationCode" => One(Kind::OAuthFlow),
        "deviceAuthorization" => One(Kind::OAuthFlow),
        "deviceAuthorizationUrl" | "oauth2MetadataUrl" => Text,
        "deprecated" => Flag,
        "scopes" => TextMap,
        _ => Opaque,
    }
}

fn discriminator(key: &str) -> Form {
    match key {
        "propertyName" | "defaultMapping" => Text,
        "mapping" => TextMap,
        _ => Opaque,
    }
}

fn information(key: &str) -> Form {
    match key {
        "title" | "summary" | "description" | "termsOfService" | "version" => Text,
        "name" | "url" | "email" | "identifier" | "default" | "parent" | "kind" => Text,
        "contact" => One(Kind::Contact),
        "license" => One(Kind::License),
        "externalDocs" => One(Kind::ExternalDocs),
        "variables" => Map(Kind::ServerVariable),
        "enum" => Texts,
        _ => Opaque,
    }
}
