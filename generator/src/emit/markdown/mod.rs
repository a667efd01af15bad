//! Descriptions as rustdoc reads them. In: Markdown and HTML as people write it into documents. Out: Markdown that
//! means the same to rustdoc, and of which rustdoc has nothing to warn.
//!
//! ```yaml
//! description: |
//!   <p>Pages of at most <code>limit</code> users, see [paging](#paging).</p>
//! ```
//! is `/// Pages of at most `limit` users, see paging.`
//!
//! What a document means is found by rustdoc's own parser, after HTML has become Markdown ([`html`]); what is written
//! are its events ([`block`], [`inline`]), so that nothing else can come out: no HTML, no link to a Rust item, no
//! code to compile, no address that is not absolute.

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

/// What rustdoc enables, but for footnotes and typographic quotes: those stay as they were typed. The notes of GitHub's
/// Markdown, `> [!NOTE]`, are read as well, for people write them.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// A description as blocks, with a blank line between them.
pub(super) fn render(text: &str) -> String {
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let html::Rewritten { text, aside } = html::rewrite(&source::lines(text));
    block::render(events(&text), &aside)
}

/// A description in as few lines as mean the same, to stand in an item of a list.
pub(super) fn compact(text: &str) -> String {
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let html::Rewritten { text, aside } = html::rewrite(&source::lines(text));
    block::render_compact(events(&text), &aside)
}

/// Adds to such a text another.
pub(super) fn append(text: &mut String, other: &str) {
    compact::append(text, other);
}

/// The first thing that a description says, as one line to stand within another text.
pub(super) fn line(text: &str) -> String {
    if is_plain(text) {
        return text.trim_end().to_owned();
    }
    let html::Rewritten { text, aside } = html::rewrite(&source::lines(text));
    block::first_line(events(&text), &aside)
}

/// An address that stands for itself; nothing if it is not absolute.
pub(super) fn address(url: &str) -> Option<String> {
    address::absolute(url).map(|address| format!("<{address}>"))
}

/// Text, as it was written here, that leads to an absolute address.
pub(super) fn link(text: &str, url: &str) -> Option<String> {
    address::absolute(url).map(|address| format!("[{text}]({})", inline::target(&address)))
}

/// A line of code, to stand within another text.
pub(super) fn code(line: &str) -> String {
    inline::code(line)
}

/// Whether a block of what was rendered is a paragraph, to whose end a sentence can be added. A paragraph never begins
/// as the other blocks do, for its text is escaped there.
pub(super) fn is_paragraph(block: &str) -> bool {
    let counted = block.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_counted = counted.len() < block.len() && (counted.starts_with(". ") || counted.starts_with(") "));
    let others = ["- ", "* ", "> ", "# ", "##", "| ", "```", " "];
    // Of code with a blank line in it, the last part only ends as code does.
    let is_end_of_code = block.lines().next_back().is_some_and(|line| line.starts_with("```"));
    let is_other = is_counted || is_end_of_code || others.iter().any(|begin| block.starts_with(begin));
    !is_other && !block.is_empty() && block != "***"
}

fn events(text: &str) -> impl Iterator<Item = pulldown_cmark::Event<'_>> {
    TextMergeStream::new(Parser::new_ext(text, OPTIONS))
}

/// Whether text means itself: one line of words and common punctuation, which most descriptions are.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || " .,:;'\"()/?=+$%@{}-".contains(c);
    text.starts_with(char::is_alphabetic)
        && text.chars().all(plain)
        && !text.contains("  ")
        && !text.contains("://")
}
