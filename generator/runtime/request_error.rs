// needs: | crates:
//! Why a request could not be built.

use std::fmt;

/// The part of a request that could not be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestPart {
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
    /// The URL as a whole.
    Url,
    /// The method.
    Method,
    /// A security scheme.
    Security,
}

/// Why a request could not be built; nothing was sent. The message contains no values, which may be secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError(Box<Fault>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    part: RequestPart,
    name: String,
    problem: String,
}

impl RequestError {
    /// Creates an error from the part, the name of the parameter and the problem. The name of a body is empty.
    #[cold]
    pub fn new(part: RequestPart, name: &str, problem: &str) -> Self {
        Self(Box::new(Fault { part, name: name.to_owned(), problem: problem.to_owned() }))
    }

    /// The part of the request.
    pub fn part(&self) -> RequestPart { self.0.part }

    /// The name of the parameter, header, cookie or scheme; empty for the others.
    pub fn name(&self) -> &str { &self.0.name }

    /// What is wrong with the part.
    pub fn problem(&self) -> &str { &self.0.problem }
}

/// ``path parameter `userId`: is empty, which would change the path``
impl fmt::Display for RequestError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.0.part {
            RequestPart::Path => "path parameter",
            RequestPart::Query => "query parameter",
            RequestPart::Header => "header",
            RequestPart::Cookie => "cookie",
            RequestPart::Body => "body",
            RequestPart::Url => "URL",
            RequestPart::Method => "method",
            RequestPart::Security => "security",
        })?;
        if !self.0.name.is_empty() {
            write!(out, " `{}`", self.0.name)?;
        }
        write!(out, ": {}", self.0.problem)
    }
}

impl std::error::Error for RequestError {}
