//! Operations.

use super::{
    Body, Described, Docs, Origin, Outcome, Pagination, Parameter, Polling, Status, Streamed, UntilDone,
};

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Where it was read.
    pub origin: Origin,
    /// Its unique `operationId`, or one made from method and path.
    pub id: String,
    /// The `operationId` as the document has it.
    pub declared_id: Option<String>,
    /// Its tags, in document order.
    pub tags: Vec<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path template with a leading slash.
    pub path: String,
    /// The words of the method name; the id until the operation has its resource.
    pub action: String,
    /// A base URL that replaces that of the document; a relative one is resolved against it.
    pub server: Option<String>,
    /// Its description.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The parameters: those in the path first, in template order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// Alternative bodies in other media types.
    pub other_bodies: Vec<Body>,
    /// The media types of success responses; empty if they have no body.
    pub accept: Vec<String>,
    /// The response on success.
    pub success: Outcome,
    /// The description of each success response, in document order.
    pub described: Vec<Described>,
    /// Whether a success response has a `Link` header (RFC 8288).
    pub has_link_header: bool,
    /// The redirect statuses that are answers and not followed.
    pub redirects: Vec<Status>,
    /// The response on failure.
    pub failure: Outcome,
    /// Alternative sets of security scheme names; all schemes of a set are needed. Empty if none are.
    pub security: Vec<Vec<String>>,
    /// The header by which the server knows the attempts of one call, if the document has it as a parameter.
    pub idempotency_header: Option<String>,
    /// The success responses that are streams, one for each method that gives their items.
    pub streamed: Vec<Streamed>,
    /// How to get the next page.
    pub pagination: Option<Pagination>,
    /// How its reply tells the state of work.
    pub polling: Option<Polling>,
    /// How to wait for the work that it starts.
    pub until_done: Option<UntilDone>,
}

impl Operation {
    /// Whether its call has setters: for optional parameters, for an optional body, for paging, for
    /// streams, or for waiting until work is done.
    pub fn has_setters(&self) -> bool {
        self.takes_settings() || !self.streamed.is_empty() || self.is_awaited()
    }

    /// Whether a configuration means it by a name: its id, or its method and path.
    pub fn is_called(&self, name: &str) -> bool {
        let by_place = || name.split_once(' ') == Some((self.method.as_str(), &self.path));
        self.id == name || by_place()
    }

    /// Whether something of its call is optional.
    pub fn takes_settings(&self) -> bool {
        let is_setter = |parameter: &Parameter| !parameter.required && parameter.constant.is_none();
        self.parameters.iter().any(is_setter)
            || self.bodies().any(|body| !body.required)
            || self.pagination.is_some()
    }

    /// Whether work can be awaited by it: it starts work, or tells the state of work.
    pub fn is_awaited(&self) -> bool {
        self.until_done.is_some() || self.polling.is_some()
    }

    /// Every possible body.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.body.iter().chain(&self.other_bodies)
    }

    /// Every possible body, mutably.
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
    /// Any other, as sent.
    Other(String),
}

impl Method {
    /// The name in the request line.
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
