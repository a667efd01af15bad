//! Compares what texts say, word by word: `creates` and `created` say the same, and some words say nothing.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    table::stock::{INFLECTED_ENDS, RETURNS, STOCK},
    words::words_of,
};

/// The stems of the words of a text; numbers are ignored.
pub(crate) fn stems(text: &str) -> HashSet<String> {
    let words = words_of(text).into_iter().filter(|word| word.chars().any(char::is_alphabetic));
    words.map(|word| stem(&word).to_owned()).collect()
}

/// The stems of words that only say that something was returned.
pub(crate) fn stock() -> &'static HashSet<String> {
    static STEMS: LazyLock<HashSet<String>> =
        LazyLock::new(|| STOCK.iter().map(|word| stem(word).to_owned()).collect());
    &STEMS
}

/// Whether a text begins by saying that something is returned.
pub(crate) fn begins_with_return(text: &str) -> bool {
    words_of(text).first().is_some_and(|first| RETURNS.contains(&first.as_str()))
}

fn stem(word: &str) -> &str {
    let mut stem = word;
    while let Some(rest) =
        INFLECTED_ENDS.iter().find_map(|end| stem.strip_suffix(end)).filter(|rest| rest.len() > 2)
    {
        stem = rest;
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_of_inflected_words() {
        let words = ["creates", "created", "creating", "entries", "entry", "does", "us"];
        assert_eq!(words.map(stem), ["creat", "creat", "creat", "entr", "entr", "does", "us"]);
        assert_eq!(stems("2 created users"), HashSet::from(["creat".to_owned(), "user".to_owned()]));
    }

    #[test]
    fn texts_that_say_nothing() {
        assert!(stems("The request was successful; returns a list of items.").is_subset(stock()));
        assert!(!stems("The invoice was sent").is_subset(stock()));
        assert!(begins_with_return("Returns the user") && !begins_with_return("The returned user"));
    }
}
