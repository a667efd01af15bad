//! Converts descriptions of the document to doc comments.
//!
//! Descriptions are not written for rustdoc; [`markdown`] converts them. This module decides what goes where.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    ir::{Docs, See},
    markdown,
};

/// An outer doc comment; empty if there is no text.
pub(super) fn outer(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#[doc = #lines])* }
}

/// An inner doc comment for the file.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#![doc = #lines])* }
}

/// The full text, with the link to more.
pub(super) fn text(docs: &Docs) -> String {
    and_see(own_text(docs), docs)
}

/// Adds the link to more, unless the text already contains it.
pub(super) fn and_see(mut text: String, docs: &Docs) -> String {
    let see = docs.see.as_ref().filter(|see| !text.contains(see.url.trim_end_matches('/')));
    let Some((see, address)) = see.and_then(|see| Some((see, markdown::address(&see.url)?))) else {
        return text;
    };
    let what = see.description.as_deref().map(markdown::line).unwrap_or_default();
    let sentence = match what.trim_end_matches(['.', ':']) {
        "" => format!("See {address}."),
        what => format!("{what}: {address}."),
    };
    if text.is_empty() || ends_in_paragraph(&text) {
        markdown::append(&mut text, &sentence);
        return text;
    }
    format!("{text}\n\n{sentence}")
}

/// Summary and description as one text; the summary is dropped if the description begins with it.
pub(super) fn own_text(docs: &Docs) -> String {
    match parts(docs, markdown::render) {
        (summary, description) if summary.is_empty() || description.is_empty() => summary + &description,
        (summary, description) => format!("{summary}\n\n{description}"),
    }
}

/// Summary and description in compact form, for a list item.
pub(super) fn compact(docs: &Docs) -> String {
    let (mut text, description) = parts(docs, markdown::compact);
    markdown::append(&mut text, &description);
    text
}

/// Summary and description, each empty if it adds nothing.
fn parts(docs: &Docs, rendered: fn(&str) -> String) -> (String, String) {
    let summary = docs.summary.as_deref().map(rendered).unwrap_or_default();
    let description = docs.description.as_deref().map(rendered).unwrap_or_default();
    let repeats = bare(&description).starts_with(&bare(&summary));
    (if repeats { String::new() } else { summary }, description)
}

/// A text for comparison with another.
pub(super) fn bare(text: &str) -> String {
    text.trim_end_matches(['.', ' ']).to_lowercase()
}

/// Prefixes a compact text with a label.
pub(super) fn labelled(label: &str, text: &str) -> String {
    match text.split('\n').next().unwrap_or_default() {
        "" => label.to_owned(),
        first if markdown::is_paragraph(first) => format!("{label}: {text}"),
        _ => {
            let mut labelled = format!("{label}:");
            markdown::append(&mut labelled, text);
            labelled
        }
    }
}

/// Formats a compact text as a list item.
pub(super) fn item(text: &str) -> String {
    format!("- {}", text.replace('\n', "\n  "))
}

/// Adds a sentence to the text, in its last paragraph if it ends with one.
fn and_sentence(text: &str, sentence: &str) -> String {
    if text.is_empty() {
        sentence.to_owned()
    } else if !ends_in_paragraph(text) {
        format!("{text}\n\n{sentence}")
    } else if markdown::ends_sentence(text) {
        format!("{text} {sentence}")
    } else {
        format!("{text}. {sentence}")
    }
}

/// Code, and its text: a link if there is a page about it.
pub(super) struct LinkedCode {
    pub code: String,
    pub linked: String,
}

impl LinkedCode {
    /// Creates it from code and an optional page.
    pub(super) fn new(text: &str, see: Option<&See>) -> Self {
        let code = code(text);
        let linked = see.and_then(|see| markdown::link(&code, &see.url)).unwrap_or_else(|| code.clone());
        Self { code, linked }
    }
}

/// Appends code to a paragraph, on the same line if there is room. An address takes no room.
pub(super) fn and_code(paragraph: &str, code: &LinkedCode) -> String {
    let last = paragraph.rsplit('\n').next().unwrap_or(paragraph);
    let ends = paragraph.ends_with(|c: char| c.is_ascii_punctuation());
    let linked = &code.linked;
    match last.chars().count() + code.code.chars().count() + 2 > markdown::WIDTH {
        true => format!("{paragraph}\n{linked}"),
        false if ends => format!("{paragraph} {linked}"),
        false => format!("{paragraph}: {linked}"),
    }
}

/// Formats text as code on one line.
pub(super) fn code(text: &str) -> String {
    match text.split_whitespace().collect::<Vec<_>>().join(" ") {
        text if text.is_empty() => "`\"\"`".to_owned(),
        text => markdown::code(&text),
    }
}

/// Whether a sentence can be added to the last paragraph.
pub(super) fn ends_in_paragraph(text: &str) -> bool {
    let is_end = |parting| text.rsplit(parting).next().is_some_and(markdown::is_paragraph);
    is_end("\n\n") && is_end("\n")
}

/// Adds the value the server uses if this one is absent, unless the text already says it.
pub(super) fn and_default(text: &str, default: Option<&str>) -> String {
    match default.filter(|default| !says_default(text, default)) {
        Some(default) => and_sentence(text, &format!("Default: {}.", code(default))),
        None => text.to_owned(),
    }
}

/// Like [`and_default`] for a compact text; the sentence goes before anything that is not a paragraph.
pub(super) fn and_compact_default(text: &str, default: Option<&str>) -> String {
    let is_other = |line: &str| !markdown::is_paragraph(line);
    let length = text.split_inclusive('\n').take_while(|line| !is_other(line)).map(str::len).sum();
    let (lead, rest) = text.split_at(length);
    let Some(default) = default.filter(|default| !rest.is_empty() && !says_default(text, default)) else {
        return and_default(text, default);
    };
    match lead.trim_end() {
        // Text that introduces the rest stays before it.
        lead if lead.ends_with(':') => format!("Default: {}. {lead}\n{rest}", code(default)),
        lead => format!("{}\n{rest}", and_sentence(lead, &format!("Default: {}.", code(default)))),
    }
}

/// Whether a sentence mentions a default and contains its value as a word.
fn says_default(text: &str, default: &str) -> bool {
    let value = default.trim_matches('"');
    let is_edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
    let has_word = |sentence: &str| {
        let mut found = sentence.match_indices(value);
        found.any(|(at, _)| {
            is_edge(sentence[..at].chars().next_back())
                && is_edge(sentence[at + value.len()..].chars().next())
        })
    };
    let mut sentences = text.split('\n').flat_map(|line| line.split(". "));
    !value.is_empty()
        && sentences.any(|sentence| sentence.to_lowercase().contains("default") && has_word(sentence))
}

/// Each line of a doc comment starts with a space, so that it prints as `/// text`.
fn lines(text: &str) -> Vec<String> {
    let text = markdown::clean(text);
    let lines = text.trim().lines().map(str::trim_end);
    let spaced = lines.map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    if text.trim().is_empty() { Vec::new() } else { spaced.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_not_repeated() {
        let docs =
            Docs { summary: Some("Get user".into()), description: Some("Get user by id.".into()), see: None };
        assert_eq!(text(&docs), "Get user by id.");
    }

    #[test]
    fn a_default_is_said_once_where_other_sentences_are() {
        let added = |text: &str| and_default(text, Some("20"));
        assert_eq!(added(""), "Default: `20`.");
        assert_eq!(added("How many"), "How many. Default: `20`.");
        assert_eq!(added("Defaults to `20`."), "Defaults to `20`.");
        assert_eq!(added("By default 200"), "By default 200. Default: `20`.");
        assert_eq!(added("How many (\"at most.\")"), "How many (\"at most.\") Default: `20`.");
        assert_eq!(added("One of:\n\n- 20\n- 30"), "One of:\n\n- 20\n- 30\n\nDefault: `20`.");
        assert_eq!(added("```text\na\n\nb\n```"), "```text\na\n\nb\n```\n\nDefault: `20`.");
    }
}
