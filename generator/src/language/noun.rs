//! English nouns in singular and plural: a few rules by ending, and tables of exceptions that occur in APIs.

use super::{
    case::capital,
    table::nouns::{COMPOUNDED, HISSING_ENDS, IRREGULAR, MASSES, RULES, SINGULAR_ENDS},
    words::words_of,
};

/// The singular of a noun if it is evident, otherwise the text itself. Of several words the last is changed.
pub(crate) fn singular(text: &str) -> String {
    let (before, word) = text.split_at(last_word(text));
    let lower = word.to_ascii_lowercase();
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == lower) {
        return format!("{before}{}", in_case_of(word, one));
    }
    let rule = RULES.iter().find(|(ending, _)| lower.ends_with(ending));
    match rule.and_then(|(ending, one)| Some((word.get(..word.len().checked_sub(ending.len())?)?, one))) {
        Some((stem, one)) if word.len() > 3 => format!("{before}{stem}{one}"),
        Some(_) | None => text.to_owned(),
    }
}

/// The maximum number of letters that a plural has more than its singular.
pub(super) const PLURAL: usize = 3;

/// Whether two lower-case words are the same noun, in singular or plural.
pub(crate) fn same_noun(one: &str, other: &str) -> bool {
    let plural = |many: &str, single: &str| {
        let end = many.strip_prefix(single);
        let changed = single.strip_suffix('y').and_then(|stem| many.strip_prefix(stem));
        matches!(end, Some("" | "s" | "es")) || changed == Some("ies")
    };
    // Otherwise it may be irregular.
    let is_alike = one.chars().next() == other.chars().next() && one.len().abs_diff(other.len()) <= PLURAL;
    let irregular = |many: &str, single: &str| IRREGULAR.contains(&(many, single));
    !one.is_empty()
        && !other.is_empty()
        && (plural(one, other)
            || plural(other, one)
            || is_alike && (irregular(one, other) || irregular(other, one)))
}

/// Whether two names are the same, word by word or joined.
pub(crate) fn same_name<A: AsRef<str>, B: AsRef<str>>(one: &[A], other: &[B]) -> bool {
    let concat_one: String = one.iter().map(AsRef::as_ref).collect();
    let concat_other: String = other.iter().map(AsRef::as_ref).collect();
    same_noun(&concat_one, &concat_other)
        || one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same_noun(a.as_ref(), b.as_ref()))
}

/// Whether the last word of a name is evidently a plural.
pub(crate) fn is_plural(name: &str) -> bool {
    let Some(word) = words_of(name).pop().filter(|word| !MASSES.contains(&word.as_str())) else {
        return false;
    };
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    let is_irregular = IRREGULAR.iter().any(|(many, one)| *many == word && one != many);
    is_irregular || ends(COMPOUNDED) || word.len() > 2 && word.ends_with('s') && !ends(SINGULAR_ENDS)
}

/// The plural of a noun.
pub(crate) fn plural(noun: &str) -> String {
    let lower = noun.to_ascii_lowercase();
    let is_after_vowel = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    match noun.strip_suffix('y') {
        Some(stem) if !is_after_vowel(stem) => format!("{stem}ies"),
        _ if singular(noun) != noun => format!("{noun} list"),
        _ if HISSING_ENDS.iter().any(|ending| lower.ends_with(ending)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// The start of the last word: after a non-letter, or at a capital after a lower-case letter.
fn last_word(text: &str) -> usize {
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_start =
            c.is_alphabetic() && (!before.is_alphabetic() || (before.is_lowercase() && c.is_uppercase()));
        if is_start {
            start = at;
        }
        before = c;
    }
    start
}

/// Capitalises the word like the other one.
fn in_case_of(other: &str, word: &str) -> String {
    if other.starts_with(char::is_uppercase) { capital(word) } else { word.to_owned() }
}

#[cfg(test)]
mod tests;
