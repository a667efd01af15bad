//! The intermediate representation of an API, independent of OpenAPI syntax and of Rust. Data only.
//!
//! Every node has the [`Origin`] it was read from. Types refer to each other by [`TypeId`]. Names are words as in the
//! document, not Rust identifiers; [`Usage`] says what an unnamed type is for.

mod api;
mod body;
mod declared;
mod enumeration;
mod header;
mod multipart;
mod operation;
mod operation_id;
mod pagination;
mod parameter;
mod record;
mod resource;
mod response;
mod scalar;
mod security;
mod streamed;
mod tag;
mod types;
mod union;
mod until_done;
mod usage;
mod webhook;

pub use api::{Api, Info, Server, ServerVariable};
pub use body::{Body, Content};
pub use declared::{Shape, TypeDef};
pub use enumeration::{Enumeration, Member, MemberValue};
pub use header::ResponseHeader;
pub use multipart::{Multipart, Part, PartHeader};
pub use operation::{Method, Operation};
pub use operation_id::OperationId;
pub use pagination::{MemberPath, Next, Pagination, PaginationStyle};
pub use parameter::{Location, Parameter, PathStyle, PlainStyle, Style};
pub use record::{Access, Constant, Field, Presence, Record, Rest};
pub use resource::{Resource, ResourceId};
pub use response::{Case, Described, Outcome, Payload, Status};
pub use scalar::{Integer, Primitive, Scalar};
pub use security::{CredentialPlace, SecurityScheme, TokenEndpoint};
pub use streamed::{StreamKind, Streamed};
pub use tag::Tag;
pub use types::{Type, TypeId};
pub use union::{Dispatch, TagKind, Union, Variant};
pub use until_done::{Filled, Lead, Polling, Source, Told, UntilDone, WorkResult};
pub use usage::{LONGEST_TITLE, Role, Usage, UsageParent};
pub use webhook::{EventGroup, EventHeader, Webhook, Webhooks};

/// The place in the document that something was read from.
pub type Origin = crate::source::NodeId;

/// Descriptions for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// One line, if the document has one.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// A page with more information.
    pub see: Option<See>,
}

/// A page with more information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct See {
    /// Its address.
    pub url: String,
    /// Its description.
    pub description: Option<String>,
}
