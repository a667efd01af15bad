//! Words that Rust keeps for itself (The Rust Reference, "Keywords", edition 2024).

/// Keywords that may be written `r#word`.
const RAW: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords without a raw form.
const NEVER: &[&str] = &["Self", "_", "crate", "self", "super"];

/// How a word may be used as an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reserved {
    /// Unchanged.
    No,
    /// With `r#` before it.
    Raw,
    /// In no form.
    Never,
}

/// Returns how this word may be used as an identifier.
pub(super) fn reserved(word: &str) -> Reserved {
    if NEVER.contains(&word) {
        Reserved::Never
    } else if RAW.contains(&word) {
        Reserved::Raw
    } else {
        Reserved::No
    }
}
