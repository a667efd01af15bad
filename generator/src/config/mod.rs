//! What the user asks for. In: the text of a `cratewright.toml`. Out: plain data, what may fail to match the document
//! with its place. Reads no file.

mod corrections;
mod edit;
mod failure;
mod formats;
mod keys;
mod parse;
mod raw;
mod raw_corrections;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Place};

/// The configuration that is used unless another is named.
pub const DEFAULT_FILE: &str = "cratewright.toml";

pub use corrections::{Changes, Correction, JsonType, ValueType};
pub use edit::with_corrections;
pub use formats::{Format, Library, Mapping, known, standard_name};
pub use keys::{KEYS, Key, template};
pub use parse::{is_configuration, parse};

/// A value and where the configuration gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// What stands for any JSON value, in `[corrections]` and in `[types.overrides]`.
pub const ANY: &str = "any";

/// Everything that can be configured. The default is what holds without a configuration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The document, relative to the configuration.
    pub spec: Option<String>,
    /// The folder of the crate, relative to the configuration.
    pub output: Option<String>,
    /// Which component schemas are generated.
    pub models: Models,
    /// What the manifest says.
    pub package: Package,
    /// What the client does.
    pub client: Client,
    /// By security scheme.
    pub security: IndexMap<String, Security>,
    /// Where an operation hangs: by `operationId`, or by method and path.
    pub operations: IndexMap<String, Located<String>>,
    /// How lists are paged.
    pub pagination: Vec<PaginationRule>,
    /// What the document should have said.
    pub corrections: Vec<Correction>,
    /// What types become.
    pub types: Types,
    /// Crates that the generated one depends on besides its own, by name, each as `[dependencies]` has it.
    pub dependencies: IndexMap<String, String>,
    /// Which files are read.
    pub inputs: Inputs,
    /// What is said of the document.
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

/// What the manifest of the generated crate says.
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

/// What the generated client does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// The base URL, in place of the document's servers.
    pub base_url: Option<String>,
    /// The environment variable for another base URL.
    pub base_url_env: Option<String>,
    /// The value of `User-Agent`.
    pub user_agent: Option<String>,
    /// Whether replies that deviate from the document are errors unless the caller says otherwise.
    pub strict_reading: bool,
}

/// What the document does not say of a security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security {
    /// What stands before the secret in a header.
    pub prefix: Option<String>,
    /// The environment variable that holds the secret.
    pub env: Option<String>,
    /// The words of the method that sets it.
    pub name: Option<String>,
    /// Where the configuration speaks of it.
    pub place: Place,
}

/// How some lists are paged: by the number of items to pass over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaginationRule {
    /// The lists: by `operationId`, or by method and path.
    pub operations: Vec<Located<String>>,
    /// The query parameter for the number of items to pass over.
    pub offset: Located<String>,
    /// The query parameter for the number of items on a page.
    pub limit: Option<Located<String>>,
    /// The number sent when the caller gives none.
    pub default_limit: Option<i64>,
    /// The property of a page that holds its items.
    pub items: Located<String>,
    /// The property of a page that counts the items on all pages.
    pub total: Option<Located<String>>,
}

/// What types become.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Types {
    /// What happens to properties that the document does not name.
    pub unknown_fields: UnknownFields,
    /// Whether dates and times are read that are not quite RFC 3339.
    pub lenient_dates: bool,
    /// What the values of a `format` become.
    pub formats: IndexMap<String, Mapping>,
    /// What the values of one schema become: by JSON pointer, the Rust path of a type, or [`ANY`].
    pub overrides: IndexMap<String, Located<String>>,
}

/// What happens to properties that the document does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownFields {
    /// They are kept, and sent back.
    #[default]
    Keep,
    /// They are passed over.
    Skip,
}

/// Which files are read besides those in the document's folder and below, and how large all of them may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Whether a `$ref` may name files elsewhere on the disk.
    pub allow_outside: bool,
    /// Whether a `$ref` may name `http` and `https` URLs.
    pub remote: bool,
    /// The hosts that a URL may lead on to, each with its port if that is not the scheme's.
    pub redirects: Vec<String>,
    /// How large the document and the files that it refers to may be together, in MiB.
    pub max_size: Option<u32>,
}

impl Inputs {
    /// How large a document may be unless more is asked for, in MiB.
    pub const DEFAULT_MAX_SIZE: u32 = 64;

    /// How large the document and the files that it refers to may be together, in MiB.
    pub fn max_size(&self) -> u32 {
        self.max_size.unwrap_or(Self::DEFAULT_MAX_SIZE)
    }

    /// The same in bytes.
    pub fn max_bytes(&self) -> u64 {
        u64::from(self.max_size()) << 20
    }

    /// Allows what another allows as well, whose size counts.
    pub fn extend(&mut self, other: &Self) {
        self.allow_outside |= other.allow_outside;
        self.remote |= other.remote;
        self.redirects.extend(other.redirects.iter().cloned());
        self.max_size = other.max_size.or(self.max_size);
    }
}

/// What is said of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// Codes not to be spoken of.
    pub allow: Vec<Located<Code>>,
    /// Codes that are errors.
    pub deny: Vec<Located<Code>>,
}
