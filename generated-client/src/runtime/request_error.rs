// needs: | crates:
//! Why a request could not be built.

use std::fmt;

/// What part of a request could not be built.
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

/// Why a request could not be built. Nothing was sent. No value is part of the text, for it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    part: RequestPart,
    name: String,
    problem: String,
}

impl RequestError {
    /// An error about a part, with the name of the parameter if it is one (empty if not) and what is wrong with it.
    pub fn new(part: RequestPart, name: &str, problem: &str) -> Self {
        Self { part, name: name.to_owned(), problem: problem.to_owned() }
    }

    /// What part of the request it is.
    pub fn part(&self) -> RequestPart { self.part }

    /// The name of the parameter, header, cookie or scheme; empty for the others.
    pub fn name(&self) -> &str { &self.name }

    /// What is wrong with it.
    pub fn problem(&self) -> &str { &self.problem }
}

/// ``path parameter `userId`: is empty, and the path would be another``
impl fmt::Display for RequestError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.part {
            RequestPart::Path => "path parameter",
            RequestPart::Query => "query parameter",
            RequestPart::Header => "header",
            RequestPart::Cookie => "cookie",
            RequestPart::Body => "body",
            RequestPart::Url => "URL",
            RequestPart::Method => "method",
            RequestPart::Security => "security",
        })?;
        if !self.name.is_empty() {
            write!(out, " `{}`", self.name)?;
        }
        write!(out, ": {}", self.problem)
    }
}

impl std::error::Error for RequestError {}
