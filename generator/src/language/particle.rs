//! Words that mean something only beside others: `of`, `the`, `latest`.

use super::{
    table::particles::{ARTICLES, JOINTS, NOTHING, QUALIFIERS},
    words::words_of,
};

/// Whether a word binds to its neighbours.
pub(super) fn is_joint(word: &str) -> bool {
    JOINTS.contains(&word)
}

/// Whether a word is an article.
pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// Whether a word may stand between a verb and its noun, and suffices without the noun.
pub(super) fn is_qualifier(word: &str) -> bool {
    QUALIFIERS.contains(&word)
}

/// Whether a word carries no meaning in the name of a call.
pub(super) fn is_empty(word: &str) -> bool {
    NOTHING.contains(&word)
}

/// Whether a name may start with this word.
pub(super) fn may_start(word: &str) -> bool {
    !is_joint(&word.to_lowercase()) && !word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a name ends with a word that needs another after it.
pub(crate) fn is_torn(name: &str) -> bool {
    words_of(name).last().is_none_or(|last| is_joint(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_and_ends() {
        assert!(may_start("list") && !may_start("Of") && !may_start("2fa"));
        assert!(is_torn("add_to") && is_torn("") && !is_torn("list"));
    }
}
