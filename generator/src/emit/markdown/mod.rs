//! Converts descriptions, Markdown and HTML as people write them, to Markdown that means the same to rustdoc and
//! causes no rustdoc warnings.
//!
//! ```yaml
//! description: |
//!   <p>Pages of at most <code>limit</code> users, see [paging](#paging).</p>
//! ```
//! is `/// Pages of at most `limit` users, see paging.`
//!
//! After HTML has become Markdown ([`html`]), rustdoc's own parser determines the meaning, and its events are written
//! ([`block`], [`inline`]). Therefore the output contains no HTML, no links to Rust items, no code to compile and no
//! relative addresses.

mod address;
mod block;
mod code;
mod compact;
mod escape;
mod html;
mod inline;
mod layout;
mod mark;
mod piece;
mod source;
mod tag;
#[cfg(test)]
mod tests;

pub(super) use compact::ends_sentence;
pub(super) use inline::WIDTH;

use pulldown_cmark::{Options, Parser, TextMergeStream};

pub(super) use source::clean;

/// The extensions that rustdoc enables, except footnotes and typographic quotes, which stay as typed; plus GitHub's
/// alerts (`> [!NOTE]`), which are common.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// Renders a description as blocks with blank lines between them.
pub(super) fn render(text: &str) -> String {
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let html::Rewritten { text, aside } = html::rewrite(&source::lines(text));
    block::render(events(&text), &aside)
}

/// Renders a description in as few lines as possible, for a list item.
pub(super) fn compact(text: &str) -> String {
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let html::Rewritten { text, aside } = html::rewrite(&source::lines(text));
    block::render_compact(events(&text), &aside)
}

/// Appends another compact text.
pub(super) fn append(text: &mut String, other: &str) {
    compact::append(text, other);
}

/// Renders the first block of a description as one line.
pub(super) fn line(text: &str) -> String {
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let html::Rewritten { text, aside } = html::rewrite(&source::lines(text));
    block::first_line(events(&text), &aside)
}

/// Formats an address as an autolink; `None` if it is not absolute.
pub(super) fn address(url: &str) -> Option<String> {
    address::absolute(url).map(|address| format!("<{address}>"))
}

/// Formats Markdown text as a link to an absolute address.
pub(super) fn link(text: &str, url: &str) -> Option<String> {
    address::absolute(url).map(|address| format!("[{text}]({})", inline::target(&address)))
}

/// Formats a line of code within text.
pub(super) fn code(line: &str) -> String {
    inline::code(line)
}

/// Whether a rendered block is a paragraph, to which a sentence can be added. A paragraph never starts like another
/// block, because its text is escaped.
pub(super) fn is_paragraph(block: &str) -> bool {
    let counted = block.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_counted = counted.len() < block.len() && (counted.starts_with(". ") || counted.starts_with(") "));
    let others = ["- ", "* ", "> ", "# ", "##", "| ", "```", " "];
    // The last part of a code block with a blank line only ends like code.
    let is_end_of_code = block.lines().next_back().is_some_and(|line| line.starts_with("```"));
    let is_other = is_counted || is_end_of_code || others.iter().any(|begin| block.starts_with(begin));
    !is_other && !block.is_empty() && block != "***"
}

fn events(text: &str) -> impl Iterator<Item = pulldown_cmark::Event<'_>> {
    TextMergeStream::new(Parser::new_ext(text, OPTIONS))
}

/// Whether text needs no conversion: one line of words and common punctuation, as most descriptions are.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || " .,:;'\"()/?=+$%@{}-".contains(c);
    text.starts_with(char::is_alphabetic)
        && text.chars().all(plain)
        && !text.contains("  ")
        && !text.contains("://")
}
