//! The attribute of what is deprecated, with the reason if the description gives one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{ir::Docs, markdown};

/// Words of a sentence that says why something is deprecated, or what to use in its place.
const REASONS: &[&str] = &[
    "deprecat",
    "instead",
    "superseded",
    "replaced by",
    "in favor of",
    "in favour of",
    "obsolete",
    "no longer",
    "will be removed",
];

/// The maximum number of characters of a reason, which the compiler prints at each use.
const LONGEST: usize = 200;

/// `#[deprecated]`, or `#[deprecated = "Use the field b instead."]`
pub(super) fn attribute(deprecated: bool, docs: &Docs) -> Option<TokenStream> {
    deprecated.then(|| match reason(docs) {
        Some(reason) => quote! { #[deprecated = #reason] },
        None => quote! { #[deprecated] },
    })
}

/// The first sentence that says why, and the one behind it if that says why too.
fn reason(docs: &Docs) -> Option<String> {
    let texts = [docs.description.as_deref(), docs.summary.as_deref()].into_iter().flatten();
    texts.filter_map(reason_in).next()
}

fn reason_in(text: &str) -> Option<String> {
    let sentences: Vec<String> = sentences(text).iter().map(|sentence| markdown::line(sentence)).collect();
    let first = sentences.iter().position(|sentence| is_reason(sentence))?;
    let said = sentences[first..].iter().take(2).take_while(|sentence| is_reason(sentence));
    let mut reason = String::new();
    for sentence in said {
        if reason.chars().count() + sentence.chars().count() < LONGEST {
            markdown::append(&mut reason, sentence);
        }
    }
    Some(reason).filter(|reason| says_more(reason))
}

/// Whether it says more than that something is deprecated.
fn says_more(reason: &str) -> bool {
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    is_advice(reason) || reason.split_whitespace().filter(is_word).count() > 3
}

fn is_reason(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    is_advice(sentence) || REASONS.iter().any(|word| lower.contains(word))
}

/// Whether a sentence says what to use.
fn is_advice(sentence: &str) -> bool {
    ["Use ", "Please use "].iter().any(|start| sentence.starts_with(start))
}

/// The sentences and lines of a description.
fn sentences(text: &str) -> Vec<&str> {
    let ends = |pair: &[(usize, char)]| matches!(pair[0].1, '.' | '!') && pair[1].1.is_whitespace();
    let mut found = Vec::new();
    for line in text.split(['\n', '\r']) {
        let characters: Vec<(usize, char)> = line.char_indices().collect();
        let mut start = 0;
        for pair in characters.windows(2).filter(|pair| ends(pair)) {
            found.push(&line[start..pair[1].0]);
            start = pair[1].0;
        }
        found.push(&line[start..]);
    }
    found.into_iter().map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::reason_in;

    #[test]
    fn a_reason_is_what_the_description_says_of_it() {
        let cases = [
            ("The name.\nDeprecated: use `title` instead.", Some("Deprecated: use `title` instead.")),
            (
                "The name. It is deprecated. Use the title instead. Or not.",
                Some("It is deprecated. Use the title instead."),
            ),
            (
                "<p>The name. This field has been <b>replaced by</b> <code>title</code>.</p>",
                Some("This field has been **replaced by** `title`."),
            ),
            ("Use `loud`.", Some("Use `loud`.")),
            ("See v1.2.3, which is no longer served.", Some("See v1.2.3, which is no longer served.")),
            ("**Deprecated**. The name.", None),
            ("Deprecated", None),
            ("The name.", None),
            ("", None),
        ];
        for (text, reason) in cases {
            assert_eq!(reason_in(text).as_deref(), reason, "{text}");
        }
        let long = format!("Use {} instead.", "another ".repeat(40));
        assert_eq!(reason_in(&long), None);
    }
}
