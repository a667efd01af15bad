//! Finds mixed-case names that are one word: `OAuth` is not `o_auth`, `getIPv4Range` is about `ipv4`. Also gives their
//! spelling in Rust.

use std::ops::Range;

use super::table::brands::{NAMES, PHRASES};

/// A name found in a text.
#[derive(Debug, PartialEq)]
pub(crate) struct Brand {
    /// Its position.
    pub(crate) at: Range<usize>,
    /// Its spelling in a type.
    pub(crate) camel: &'static str,
}

/// The names in a text, in order.
pub(crate) fn find(text: &str) -> Vec<Brand> {
    let mut found: Vec<Brand> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_free = found.last().is_none_or(|last| last.at.end <= at);
        if is_free && c.is_ascii_alphabetic() {
            found.extend(
                starting(text.get(at..).unwrap_or_default(), before)
                    .map(|(name, camel)| Brand { at: at..at + name.len(), camel }),
            );
        }
        before = c;
    }
    found
}

/// The name at the start of a text, if it is not part of a longer word.
fn starting(text: &str, before: char) -> Option<(&'static str, &'static str)> {
    let is_small = text.starts_with(|c: char| c.is_ascii_lowercase());
    let is_part = if is_small { before.is_alphanumeric() } else { before.is_uppercase() };
    if is_part {
        return None;
    }
    let ends = |name: &str| text.get(name.len()..).is_some_and(|rest| !rest.starts_with(char::is_lowercase));
    let is = |name: &str| text.starts_with(name);
    // Also matches `oAuth`; but names that start in lower case, such as `iOS`, match exactly.
    let is_but_for_case = |name: &str| {
        let (Some((first, rest)), Some((own, own_rest))) =
            (text.split_at_checked(1), name.split_at_checked(1))
        else {
            return false;
        };
        (first == own || is_small && first.eq_ignore_ascii_case(own)) && rest.starts_with(own_rest)
    };
    let named = NAMES.iter().find(|(name, _)| is_but_for_case(name));
    let found = named.or_else(|| PHRASES.iter().find(|(name, _)| is(name)));
    found.filter(|(name, _)| ends(name)).copied()
}

#[cfg(test)]
mod tests {
    use super::find;

    fn names(text: &str) -> Vec<&str> {
        find(text).into_iter().filter_map(|brand| text.get(brand.at)).collect()
    }

    #[test]
    fn within_texts() {
        assert_eq!(names("getOAuth2Token"), ["OAuth"]);
        assert_eq!(names("oAuthToken, gitHub and iOS"), ["oAuth", "gitHub", "iOS"]);
        assert_eq!(names("GraphQLQuery of macOS11 by IPv6"), ["GraphQL", "macOS", "IPv6"]);
        assert_eq!(names("OpenAPIKey"), ["OpenAPI"]);
    }

    #[test]
    fn parts_of_other_words() {
        for text in [
            "OAuthorize",
            "SSOAuth",
            "radiOS",
            "openAPIKey",
            "oauth",
            "IOSDevice",
            "GitHubber",
            "größeiOS",
            "",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
