//! The formats of files.

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259)
    Json,
    /// YAML 1.2
    Yaml,
    /// TOML 1.0, only for the configuration
    Toml,
}
