//! Text of the document to doc comments.
//!
//! The text is Markdown that nobody wrote for rustdoc: brackets would be taken for links to Rust items, angle
//! brackets for HTML, indented lines for code to be compiled. What would be misread is escaped; code spans, links
//! and lists stay as they are.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Docs;

/// An outer doc comment; nothing if there is nothing to say.
pub(super) fn outer(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#[doc = #lines])* }
}

/// A doc comment for the file itself.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#![doc = #lines])* }
}

/// Summary and description as one text, the summary not repeated if the description begins with it.
pub(super) fn text(docs: &Docs) -> String {
    let summary = docs.summary.as_deref().map(markdown).unwrap_or_default();
    let description = docs.description.as_deref().map(markdown).unwrap_or_default();
    let bare = |text: &str| text.trim_end_matches(['.', ' ']).to_lowercase();
    if summary.is_empty() || bare(&description).starts_with(&bare(&summary)) {
        description
    } else if description.is_empty() {
        summary
    } else {
        format!("{summary}\n\n{description}")
    }
}

/// Whether a paragraph is one line of text, to which more can be added.
pub(super) fn is_line(paragraph: &str) -> bool {
    let is_text = paragraph.starts_with(|c: char| c.is_alphanumeric() || "([\"'".contains(c));
    is_text && !paragraph.contains('\n') && !is_item(paragraph)
}

/// A doc comment line is a space and the text, so that it prints as `/// text`.
fn lines(text: &str) -> Vec<String> {
    let text = text.lines().map(clean).collect::<Vec<_>>().join("\n").replace('\t', "    ");
    let lines = text.trim().lines().map(str::trim_end);
    let spaced = lines.map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    if text.trim().is_empty() { Vec::new() } else { spaced.collect() }
}

/// Markdown of the document as Markdown that rustdoc reads the same.
pub(super) fn markdown(text: &str) -> String {
    let mut out = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.trim().lines() {
        let trimmed = line.trim();
        let opens = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, opens) {
            (None, Some(mark)) => {
                fence = Some(mark);
                // Without a language rustdoc would compile it.
                out.push(format!("{mark}text"));
            }
            (Some(mark), _) if trimmed.starts_with(mark) => {
                fence = None;
                out.push(mark.to_owned());
            }
            (Some(_), _) => out.push(clean(line)),
            (None, None) => {
                let text = prose(trimmed, list_depth(line));
                // What follows a list without a blank line would be part of its last item.
                let ends_list = out.last().is_some_and(|last| is_item(last)) && !is_item(&text);
                if ends_list && !text.trim().is_empty() {
                    out.push(String::new());
                }
                out.push(text);
            }
        }
    }
    if let Some(mark) = fence {
        out.push(mark.to_owned());
    }
    out.join("\n")
}

/// Whether a line is an item of a list.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = numbered.len() < line.len() && (numbered.starts_with(". ") || numbered.starts_with(") "));
    number || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

/// One line outside of code, indented no further than a list item.
fn prose(line: &str, depth: usize) -> String {
    let line = clean(line);
    let line = line.replace('\t', " ");
    let indent = " ".repeat(depth);
    format!("{indent}{}", escape(&bullet(&line)))
}

/// `•` and `*` at the start of a line are what `-` is in Markdown.
fn bullet(line: &str) -> String {
    for mark in ["• ", "* ", "· "] {
        if let Some(rest) = line.strip_prefix(mark) {
            return format!("- {}", rest.trim_start());
        }
    }
    line.to_owned()
}

/// Nested lists are the one use of indentation that is kept.
fn list_depth(line: &str) -> usize {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let item = ["- ", "* ", "+ "].iter().any(|mark| line.trim_start().starts_with(mark));
    if item && indent >= 2 { 2 } else { 0 }
}

/// Drops what is invisible and could turn text around: controls and bidirectional marks (Unicode TR #9).
pub(super) fn clean(line: &str) -> String {
    let hidden = |c: &char| {
        (c.is_control() && *c != '\t')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    line.chars().filter(|c| !hidden(c)).collect()
}

/// Escapes what rustdoc would take for its own outside of code spans.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some((span, after)) = code_span(rest) {
            out.push_str(span);
            rest = after;
        } else if let Some((link, after)) = link(rest) {
            out.push_str(&link);
            rest = after;
        } else if let Some((url, after)) = bare_url(rest) {
            out.push_str(&format!("<{url}>"));
            rest = after;
        } else {
            if matches!(c, '[' | ']' | '<' | '>' | '`') {
                out.push('\\');
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// A code span that closes on the same line.
fn code_span(text: &str) -> Option<(&str, &str)> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 || ticks > 2 {
        return None;
    }
    let mark = &text[..ticks];
    let end = text[ticks..].find(mark)? + 2 * ticks;
    let closed = !text[end..].starts_with('`') && text[ticks..end - ticks].trim() != "";
    closed.then(|| text.split_at(end))
}

/// `[text](https://…)`: a link that leads out. The text is escaped, the address kept.
fn link(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('[')?;
    let (label, after) = inner.split_once("](")?;
    if label.contains('[') || label.contains(']') {
        return None;
    }
    let (address, rest) = after.split_once(')')?;
    let plain =
        address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'(' | b'`'));
    let leads_out = address.starts_with("https://") || address.starts_with("http://");
    (plain && leads_out).then(|| (format!("[{}]({address})", escape(label)), rest))
}

/// An address in running text.
fn bare_url(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let stop = |c: char| {
        c.is_whitespace()
            || !c.is_ascii()
            || matches!(c, '<' | '>' | '"' | '\'' | '`' | ')' | ']' | '|' | '\\')
    };
    let end = text.find(stop).unwrap_or(text.len());
    let end = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']).len();
    (end > "https://".len()).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustdoc_would_misread_is_escaped() {
        assert_eq!(markdown("a [b] <c> `[d]`"), "a \\[b\\] \\<c\\> `[d]`");
        assert_eq!(markdown("see https://a.example/b."), "see <https://a.example/b>.");
        assert_eq!(markdown("[x](https://a.example) [y](#z)"), "[x](https://a.example) \\[y\\](#z)");
    }

    #[test]
    fn code_is_not_compiled() {
        assert_eq!(markdown("```\nfn f() {\n```"), "```text\nfn f() {\n```");
        assert_eq!(markdown("text\n\n    let x = 1;"), "text\n\nlet x = 1;");
        assert_eq!(markdown("```json\n{}"), "```text\n{}\n```");
    }

    #[test]
    fn a_summary_is_not_repeated() {
        let docs = Docs { summary: Some("Get user".into()), description: Some("Get user by id.".into()) };
        assert_eq!(text(&docs), "Get user by id.");
    }
}
