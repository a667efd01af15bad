//! Splits ids that are made of several names: `shop.orders.list`, `Orders_List`.

/// Splits a text at `.`, `/` and `:`, but not within a number: `1.0` is one part.
pub(crate) fn separated(id: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut previous) = (0, ' ');
    for (at, c) in id.char_indices() {
        let number = previous.is_ascii_digit()
            && id.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if matches!(c, '/' | ':') || c == '.' && !number {
            parts.extend(id.get(start..at));
            start = at + 1;
        }
        previous = c;
    }
    parts.extend(id.get(start..));
    parts
}

/// Splits `Orders_List`: two parts, the first capitalised like a class name.
pub(crate) fn of_class(id: &str) -> Option<(&str, &str)> {
    let (class, action) = id.split_once('_')?;
    let word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
    let is_class = class.starts_with(|c: char| c.is_ascii_uppercase());
    (is_class && word(class) && word(action)).then_some((class, action))
}

/// The number of words at the start that spell this text.
pub(crate) fn spelt_first(words: &[&str], text: &str) -> Option<usize> {
    let mut rest = text;
    for (at, word) in words.iter().enumerate().take_while(|_| !text.is_empty()) {
        rest = rest.strip_prefix(word.to_lowercase().as_str())?;
        if rest.is_empty() {
            return Some(at + 1);
        }
    }
    None
}

/// The start of the words at the end that spell this text.
pub(crate) fn spelt_last(words: &[&str], text: &str) -> Option<usize> {
    let mut rest = text;
    for (at, word) in words.iter().enumerate().rev().take_while(|_| !text.is_empty()) {
        rest = rest.strip_suffix(word.to_lowercase().as_str())?;
        if rest.is_empty() {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators() {
        assert_eq!(separated("users.keys/list:all"), ["users", "keys", "list", "all"]);
        assert_eq!(separated("resource_1.0_artist"), ["resource_1.0_artist"]);
    }

    #[test]
    fn classes() {
        assert_eq!(of_class("Orders_ListByShop"), Some(("Orders", "ListByShop")));
        let others = ["list_orders", "Orders_List_All", "Orders", "Orders_"];
        assert!(others.into_iter().all(|id| of_class(id).is_none()));
    }

    #[test]
    fn words_that_spell() {
        let words = ["read", "soil", "pots", "pot", "soil"];
        assert_eq!(spelt_last(&words, "potspotsoil"), Some(2));
        assert_eq!(spelt_last(&words, "spotsoil"), None);
        assert_eq!(spelt_last(&words, ""), None);
        assert_eq!(spelt_first(&["garden", "Pots", "list"], "gardenpots"), Some(2));
    }
}
