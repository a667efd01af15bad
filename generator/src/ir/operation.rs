//! Calls.

use super::{Body, Described, Docs, Origin, Outcome, Pagination, Parameter, Status};

/// The number of an operation within an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(u32);

impl OperationId {
    /// The operation at this index.
    pub fn from_index(index: usize) -> Self {
        Self(
            u32::try_from(index)
                .expect("a document that fits in memory has fewer operations than u32 counts"),
        )
    }

    /// The index of this operation.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Where it was read.
    pub origin: Origin,
    /// Its `operationId`, unique; else made of method and path.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template, with a slash before it.
    pub path: String,
    /// The words of the method that makes the call, as the resource decision left them.
    pub action: String,
    /// A base URL of its own, in place of the document's; a relative one is resolved against that.
    pub server: Option<String>,
    /// What the document says of it.
    pub docs: Docs,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// What it takes beside a body: those of the path first, in the template's order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// What may be sent in its place, in another media type.
    pub other_bodies: Vec<Body>,
    /// The media types that it gives on success; none if it gives no body.
    pub accept: Vec<String>,
    /// What comes back when it succeeds.
    pub success: Outcome,
    /// What is said of each response of success, in document order.
    pub described: Vec<Described>,
    /// The redirects that are an answer, and not followed.
    pub redirects: Vec<Status>,
    /// What comes back when it fails.
    pub failure: Outcome,
    /// Alternatives of security schemes by name; within one, all are needed. Empty: none.
    pub security: Vec<Vec<String>>,
    /// How to get the next page.
    pub pagination: Option<Pagination>,
}

impl Operation {
    /// Every body that may be sent.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.body.iter().chain(&self.other_bodies)
    }

    /// Every body that may be sent.
    pub fn bodies_mut(&mut self) -> impl Iterator<Item = &mut Body> {
        self.body.iter_mut().chain(&mut self.other_bodies)
    }
}

/// An HTTP method (RFC 9110 §9).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
    /// `QUERY`
    Query,
    /// Any other, as it is sent.
    Other(String),
}

impl Method {
    /// As it stands in a request line.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }
}
