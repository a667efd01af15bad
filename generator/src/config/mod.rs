//! The configuration: parses the text of a `cratewright.toml` into plain data. Values that may not match the document
//! keep their place. Reads no files.

mod corrections;
mod edit;
mod failure;
mod formats;
mod keys;
mod pagination;
mod parse;
mod raw;
mod raw_corrections;
mod security;
mod webhooks;
mod until_done;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Place};

/// The default configuration file.
pub const DEFAULT_FILE: &str = "cratewright.toml";

pub use corrections::{Changes, Correction, JsonType, ValueType};
pub use edit::with_corrections;
#[cfg(test)]
pub use formats::all as formats;
pub use formats::{Format, Library, Mapping, known, standard_name};
pub use keys::{KEYS, Key, template};
pub use parse::{is_configuration, parse};

/// A value and its place in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

/// Means any JSON value in `[corrections]` and `[types.overrides]`.
pub const ANY: &str = "any";

/// Everything that can be configured. The default applies without a configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The document, relative to the configuration.
    pub spec: Option<String>,
    /// The folder of the crate, relative to the configuration.
    pub output: Option<String>,
    /// Whether the crate has a test for each operation.
    pub tests: bool,
    /// Which component schemas are generated.
    pub models: Models,
    /// The package metadata.
    pub package: Package,
    /// The behaviour of the client.
    pub client: Client,
    /// Settings per security scheme.
    pub security: IndexMap<String, Security>,
    /// The call of an operation: by `operationId`, or by method and path.
    pub operations: IndexMap<String, Located<String>>,
    /// How lists are paginated.
    pub pagination: Vec<PaginationRule>,
    /// How webhooks are told apart and signed.
    pub webhooks: Webhooks,
    /// How work that operations start is waited for.
    pub until_done: Vec<UntilDoneRule>,
    /// Corrections of the document.
    pub corrections: Vec<Correction>,
    /// How types are generated.
    pub types: Types,
    /// Additional dependencies of the generated crate, by name, as in `[dependencies]`.
    pub dependencies: IndexMap<String, String>,
    /// Which files are read.
    pub inputs: Inputs,
    /// Severities of diagnostics.
    pub diagnostics: Diagnostics,
}

/// Which component schemas are generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Models {
    /// Those that an operation, a webhook or a callback uses.
    #[default]
    Reachable,
    /// All of them.
    All,
}

/// The package metadata of the generated crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// `name`
    pub name: Option<String>,
    /// `version`
    pub version: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `license`, an SPDX expression
    pub license: Option<String>,
    /// `repository`, a URL
    pub repository: Option<String>,
    /// `authors`
    pub authors: Vec<String>,
    /// `keywords`
    pub keywords: Vec<String>,
    /// `categories`
    pub categories: Vec<String>,
}

/// The behaviour of the generated client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// The base URL, in place of the document's servers.
    pub base_url: Option<String>,
    /// The environment variable that overrides the base URL.
    pub base_url_env: Option<String>,
    /// The value of `User-Agent`.
    pub user_agent: Option<String>,
    /// Whether a reply that deviates from the document is an error by default.
    pub strict_reading: bool,
    /// The header of the key that is sent with calls whose method is not idempotent.
    pub idempotency_header: Option<String>,
    /// How many bytes a body has that is compressed by default.
    pub compress_requests: Option<usize>,
}

/// Facts about a security scheme that the document cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security {
    /// The text before the secret in a header.
    pub prefix: Option<String>,
    /// The environment variable that holds the secret.
    pub env: Option<String>,
    /// The environment variables that hold client credentials, at the place of the first.
    pub client_env: Option<Located<ClientEnv>>,
    /// The words of the method name that sets it.
    pub name: Option<String>,
    /// Its place in the configuration.
    pub place: Place,
}

/// The environment variables that hold client credentials (RFC 6749 §4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientEnv {
    /// The variable with the id of the program.
    pub id: String,
    /// The variable with its secret.
    pub secret: String,
    /// The variable with the URL of the token endpoint.
    pub token_url: Option<String>,
}

/// How some lists are paginated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaginationRule {
    /// The lists, by `operationId` or by method and path.
    pub operations: Vec<Located<String>>,
    /// How pages follow each other.
    pub style: PagingRule,
    /// The query parameter for the number of items per page.
    pub limit: Option<Located<String>>,
    /// The limit sent if the caller sets none.
    pub default_limit: Option<Located<i64>>,
    /// The property of a page that holds its items; `None` if the page is a list of them. Dots lead from property to
    /// property.
    pub items: Option<Located<String>>,
    /// The property of a page that counts the items of all pages.
    pub total: Option<Located<String>>,
    /// The property of a page that says whether another follows.
    pub more: Option<Located<String>>,
}

/// How pages follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagingRule {
    /// By the number of items to skip, in this query parameter.
    Offset(Located<String>),
    /// By the number of the page.
    Page {
        /// The query parameter for it.
        parameter: Located<String>,
        /// The number of the first page.
        first: u32,
    },
    /// By a token that each page gives for the next.
    Cursor {
        /// The query parameter for it.
        parameter: Located<String>,
        /// Where a page has it.
        next: NextRule,
    },
    /// By the URL of the next page.
    Link(NextRule),
    /// It is not paged, whatever it looks like.
    None,
}

/// Where a page has what leads to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextRule {
    /// In a property. Dots lead from property to property.
    Property(Located<String>),
    /// In a property of the last item.
    LastItem(Located<String>),
    /// In a response header; for a link, in `Link` with the relation `next` (RFC 8288).
    Header(String),
}

/// How webhooks are told apart and signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Webhooks {
    /// The header that names the event.
    pub event_header: Option<Located<String>>,
    /// How requests are signed.
    pub signature: Option<Signature>,
}

/// How the requests of webhooks are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
    /// By the specification Standard Webhooks.
    Standard,
    /// With the HMAC-SHA256 of the body in a header.
    Header {
        /// The header.
        name: String,
        /// The text before the signature.
        prefix: String,
        /// How the signature is written.
        encoding: Encoding,
    },
}

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// In hexadecimal digits.
    Hex,
    /// In base64.
    Base64,
}

/// How work that some operations start is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntilDoneRule {
    /// The operations that start work, by `operationId` or by method and path.
    pub operations: Vec<Located<String>>,
    /// The operation that tells the state.
    pub poll: Located<String>,
    /// How a reply of it tells the state; `None` if an earlier rule says so.
    pub polling: Option<PollingRule>,
    /// What leads from the reply of a start to the state; `None` without starts.
    pub lead: Option<LeadRule>,
    /// What is called at the end.
    pub result: Option<WorkResultRule>,
}

/// How the state of work is told, and how often it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollingRule {
    /// How a reply tells it.
    pub told: ToldRule,
    /// The first wait between two questions, in milliseconds.
    pub interval: u64,
    /// The longest wait, in milliseconds.
    pub longest_interval: u64,
}

/// How a reply tells the state of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToldRule {
    /// By a property. Dots lead from property to property, and numbers to items.
    State {
        /// Where the state is.
        at: Located<String>,
        /// The states in which work is done.
        done: Vec<Located<String>>,
        /// The states in which work has failed.
        failed: Vec<Located<String>>,
        /// Where it says what failed.
        message: Option<Located<String>>,
    },
    /// By its status: with these the work goes on.
    Status(Located<Vec<Located<u16>>>),
}

impl ToldRule {
    /// Where it was written.
    pub fn place(&self) -> &Place {
        match self {
            Self::State { at, .. } => &at.place,
            Self::Status(pending) => &pending.place,
        }
    }
}

/// What leads from the reply of one call to another call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeadRule {
    /// Path parameters of the other call.
    Parameters(Vec<FilledRule>),
    /// The URL in a response header of this name in lower case.
    Header(String),
}

/// A path parameter, and the property that it comes from, or `{name}` for a path parameter of the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledRule {
    /// Its name.
    pub parameter: Located<String>,
    /// Where its value comes from.
    pub source: Located<String>,
}

/// The call whose value is the result of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkResultRule {
    /// Its operation.
    pub operation: Located<String>,
    /// What leads to it from the last reply for the state.
    pub lead: LeadRule,
}

/// How types are generated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Types {
    /// What happens to undeclared properties.
    pub unknown_fields: UnknownFields,
    /// Whether to accept dates and times that are not quite RFC 3339.
    pub lenient_dates: bool,
    /// The types for values of a `format`.
    pub formats: IndexMap<String, Mapping>,
    /// The type for values of one schema: by JSON pointer, the Rust path of a type, or [`ANY`].
    pub overrides: IndexMap<String, Located<String>>,
}

/// What happens to undeclared properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownFields {
    /// They are kept and sent back.
    #[default]
    Keep,
    /// They are ignored.
    Skip,
}

/// Which files outside the document's folder may be read, and the limit of their total size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Whether a `$ref` may name a file outside the document's folder.
    pub allow_outside: bool,
    /// Whether a `$ref` may name `http` and `https` URLs.
    pub remote: bool,
    /// The hosts that a URL may redirect to, each with its port if it is not the default.
    pub redirects: Vec<String>,
    /// The limit of the total size of the document and the files it refers to, in MiB.
    pub max_size: Option<u32>,
}

impl Inputs {
    /// The default size limit, in MiB.
    pub const DEFAULT_MAX_SIZE: u32 = 64;

    /// The limit of the total size of the document and the files it refers to, in MiB.
    pub fn max_size(&self) -> u32 {
        self.max_size.unwrap_or(Self::DEFAULT_MAX_SIZE)
    }

    /// The same limit in bytes.
    pub fn max_bytes(&self) -> u64 {
        u64::from(self.max_size()) << 20
    }

    /// Also allows what `other` allows; its size limit takes precedence.
    pub fn extend(&mut self, other: &Self) {
        self.allow_outside |= other.allow_outside;
        self.remote |= other.remote;
        self.redirects.extend(other.redirects.iter().cloned());
        self.max_size = other.max_size.or(self.max_size);
    }
}

/// Severities of diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// Codes to silence.
    pub allow: Vec<Located<Code>>,
    /// Codes to treat as errors.
    pub deny: Vec<Located<Code>>,
}
