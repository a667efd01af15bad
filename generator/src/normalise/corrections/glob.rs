//! Globs over names: `*` is any text within one name.

/// Whether a text is a glob.
pub(super) fn is_glob(text: &str) -> bool {
    text.contains('*')
}

/// Whether a glob matches a whole name.
pub(super) fn matches(glob: &str, name: &str) -> bool {
    let mut parts = glob.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_text_also_none() {
        for (glob, name) in
            [("*", ""), ("a*", "a"), ("*_at", "created_at"), ("a*b*c", "a1b2b3c"), ("**", "x"), ("é*", "éa")]
        {
            assert!(matches(glob, name), "{glob} {name}");
        }
        for (glob, name) in
            [("a", "ab"), ("a*", "b"), ("*a", "ab"), ("a*a", "a"), ("a*b*c", "acb"), ("", "a")]
        {
            assert!(!matches(glob, name), "{glob} {name}");
        }
    }
}
