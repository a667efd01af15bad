//! The configuration as written.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::raw_corrections::Correction;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    pub spec: Option<String>,
    pub output: Option<String>,
    pub max_size: Option<u32>,
    #[serde(default)]
    pub tests: bool,
    #[serde(default)]
    pub models: Models,
    #[serde(default)]
    pub package: Package,
    #[serde(default)]
    pub client: Client,
    #[serde(default)]
    pub security: IndexMap<String, Spanned<Security>>,
    #[serde(default)]
    pub operations: IndexMap<String, Spanned<String>>,
    #[serde(default)]
    pub pagination: Vec<Pagination>,
    #[serde(default)]
    pub webhooks: Webhooks,
    #[serde(default)]
    pub until_done: Vec<UntilDone>,
    #[serde(default)]
    pub corrections: IndexMap<Spanned<String>, Spanned<Correction>>,
    #[serde(default)]
    pub types: Types,
    #[serde(default)]
    pub dependencies: IndexMap<String, Spanned<toml::Value>>,
    #[serde(default)]
    pub references: References,
    #[serde(default)]
    pub diagnostics: Diagnostics,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Models {
    #[default]
    Reachable,
    All,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Package {
    pub name: Option<Spanned<String>>,
    pub version: Option<String>,
    pub description: Option<String>,
    pub license: Option<String>,
    pub repository: Option<String>,
    pub authors: Vec<String>,
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Client {
    pub base_url: Option<String>,
    pub base_url_env: Option<String>,
    pub user_agent: Option<String>,
    pub strict_reading: bool,
    pub idempotency_header: Option<Spanned<String>>,
    pub compress_requests: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Security {
    pub prefix: Option<String>,
    pub env: Option<String>,
    pub client_id_env: Option<Spanned<String>>,
    pub client_secret_env: Option<Spanned<String>>,
    pub token_url_env: Option<Spanned<String>>,
    pub name: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pagination {
    pub operations: Vec<Spanned<String>>,
    #[serde(default = "offset")]
    pub style: Spanned<PaginationStyle>,
    pub offset: Option<Spanned<String>>,
    pub page: Option<Spanned<String>>,
    pub first_page: Option<Spanned<u32>>,
    pub cursor: Option<Spanned<String>>,
    pub next: Option<Spanned<String>>,
    pub next_item: Option<Spanned<String>>,
    pub next_header: Option<Spanned<String>>,
    pub limit: Option<Spanned<String>>,
    pub default_limit: Option<Spanned<i64>>,
    pub items: Option<Spanned<String>>,
    pub total: Option<Spanned<String>>,
    pub more: Option<Spanned<String>>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PaginationStyle {
    Offset,
    Page,
    Cursor,
    Link,
    None,
}

fn offset() -> Spanned<PaginationStyle> {
    Spanned::new(0..0, PaginationStyle::Offset)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UntilDone {
    #[serde(default)]
    pub operations: Vec<Spanned<String>>,
    pub poll: Spanned<String>,
    pub parameters: Option<Spanned<IndexMap<Spanned<String>, Spanned<String>>>>,
    pub location: Option<Spanned<String>>,
    pub state: Option<Spanned<String>>,
    pub done: Option<Spanned<Vec<Spanned<String>>>>,
    pub failed: Option<Spanned<Vec<Spanned<String>>>>,
    pub message: Option<Spanned<String>>,
    pub pending_statuses: Option<Spanned<Vec<Spanned<u16>>>>,
    pub result: Option<Spanned<WorkResult>>,
    pub interval: Option<Spanned<f64>>,
    pub longest_interval: Option<Spanned<f64>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkResult {
    pub operation: Spanned<String>,
    #[serde(default)]
    pub parameters: IndexMap<Spanned<String>, Spanned<String>>,
    pub location: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Webhooks {
    pub event_header: Option<Spanned<String>>,
    pub signature: Option<Spanned<toml::Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignatureHeader {
    pub header: String,
    pub algorithm: Option<Algorithm>,
    #[serde(default)]
    pub prefix: String,
    #[serde(default)]
    pub encoding: Encoding,
}

/// The only algorithm that signatures have.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Algorithm {
    HmacSha256,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Encoding {
    #[default]
    Hex,
    Base64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Types {
    pub unknown_fields: UnknownFields,
    pub lenient_dates: bool,
    pub formats: IndexMap<String, Spanned<String>>,
    pub overrides: IndexMap<String, Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnknownFields {
    #[default]
    Keep,
    Skip,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct References {
    pub allow_outside: bool,
    pub remote: bool,
    pub redirects: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Diagnostics {
    pub allow: Vec<Spanned<String>>,
    pub deny: Vec<Spanned<String>>,
}
