//! Converts descriptions, Markdown and HTML as people write them, to Markdown that means the same to rustdoc and
//! causes no rustdoc warnings. In: text. Out: text. Knows nothing of OpenAPI, of the IR or of Rust.
//!
//! ```yaml
//! description: |
//!   <p>Pages of at most <code>limit</code> users, see [paging](#paging).</p>
//! ```
//! is `/// Pages of at most `limit` users, see paging.`
//!
//! After HTML has become Markdown (`html`), rustdoc's own parser determines the meaning (`parse`), and its events
//! are written (`block`, `inline`). Therefore the output contains no HTML, no links to Rust items, no code to
//! compile and no relative addresses. Each file uses only those before it.

mod piece;
mod mark;
mod source;
mod address;
mod parse;
mod code;
mod escape;
mod tag;
mod layout;
mod html;
mod normal;
mod wrap;
mod inline;
mod compact;
mod block;
#[cfg(test)]
mod tests;

pub use compact::{append, ends_sentence, is_paragraph};
pub use source::clean;
pub use wrap::WIDTH;

/// Renders a description as blocks with blank lines between them.
pub fn render(text: &str) -> String {
    converted(text, block::render)
}

/// Renders a description in as few lines as possible, for a list item.
pub fn compact(text: &str) -> String {
    converted(text, block::render_compact)
}

/// Renders the first block of a description as one line.
pub fn line(text: &str) -> String {
    converted(text, block::first_line)
}

/// Formats an address as an autolink; `None` if it is not absolute.
pub fn address(url: &str) -> Option<String> {
    address::absolute(url).map(|address| format!("<{address}>"))
}

/// Formats Markdown text as a link to an absolute address.
pub fn link(text: &str, url: &str) -> Option<String> {
    address::absolute(url).map(|address| format!("[{text}]({})", inline::target(&address)))
}

/// Formats a line of code within text.
pub fn code(line: &str) -> String {
    inline::code(line)
}

/// Writes a description by what its HTML and Markdown mean.
fn converted(text: &str, write: fn(&str, &[String]) -> String) -> String {
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let html::Rewritten { text, aside } = html::rewrite(&source::lines(text));
    write(&text, &aside)
}

/// Whether text needs no conversion: one line of words and common punctuation, as most descriptions are.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || " .,:;'\"()/?=+$%@{}-".contains(c);
    text.starts_with(char::is_alphabetic)
        && text.chars().all(plain)
        && !text.contains("  ")
        && !text.contains("://")
}
