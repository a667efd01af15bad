//! What an API means, free of OpenAPI's spelling and of Rust's. Data only.
//!
//! Every node has the [`Origin`] it was read from. Types refer to each other by [`TypeId`]; nothing here is a
//! Rust identifier: names are words as the document wrote them, and [`Usage`] says what an unnamed type is for.

mod api;
mod body;
mod enumeration;
mod multipart;
mod operation;
mod pagination;
mod parameter;
mod record;
mod resource;
mod response;
mod scalar;
mod security;
mod types;
mod union;

pub use api::{Api, Info, Server, ServerVariable};
pub use body::{Body, Payload};
pub use enumeration::{Enumeration, Member, MemberValue};
pub use multipart::{Multipart, Part, PartHeader};
pub use operation::{Method, Operation, OperationId};
pub use pagination::{Pagination, PaginationStyle, Total};
pub use parameter::{Location, Parameter, PathStyle, PlainStyle, Style};
pub use record::{Access, Field, Presence, Record, Rest};
pub use resource::{Resource, ResourceId};
pub use response::{Case, Described, Outcome, Status};
pub use scalar::{Integer, Primitive, Scalar};
pub use security::{Place, SecurityScheme};
pub use types::{LONGEST_TITLE, Role, Shape, Type, TypeDef, TypeId, Usage, UsageParent};
pub use union::{Dispatch, TagKind, Union, Variant};

/// Where in the document something was read.
pub type Origin = crate::source::NodeId;

/// What the document says about something, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// One line, if the document has one.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Where more is said.
    pub see: Option<See>,
}

/// A page about something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct See {
    /// Its address.
    pub url: String,
    /// What it is.
    pub description: Option<String>,
}
