//! Splits names of a document into words: `listUsers`, `list-users` and `List users` are `list` and `users`.

use super::brand;

/// The words of a text in their original case, split at other characters than letters and digits and where case
/// changes.
pub(crate) fn split(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(humps).collect()
}

/// The words of a text in lower case.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    split(text).into_iter().map(str::to_lowercase).collect()
}

/// Splits camel case; the plural of an abbreviation, as in `listVMsInZone`, is one word, as is a [name](brand).
fn humps(text: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let upper = |at: usize| letters.get(at).is_some_and(|(_, c)| c.is_uppercase());
    let lower = |at: usize| letters.get(at).is_some_and(|(_, c)| c.is_lowercase());
    let plural = |at: usize| letters.get(at).is_some_and(|(_, c)| *c == 's') && !lower(at + 1);
    let brands = brand::find(text);
    let whole = |at: usize| brands.iter().any(|brand| brand.at.start < at && at < brand.at.end);
    let mut words = Vec::new();
    let mut start = 0;
    for (index, (at, _)) in letters.iter().enumerate().skip(1) {
        let after_small = upper(index) && !upper(index - 1);
        let before_small = upper(index) && upper(index - 1) && lower(index + 1) && !plural(index + 1);
        if (after_small || before_small) && !whole(*at) {
            words.extend(text.get(start..*at));
            start = *at;
        }
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

/// Whether a text is only a version: `v1`, `v2beta1`, `1.0`, `2018-10-31`.
pub(crate) fn is_version(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let rest = text.strip_prefix(['v', 'V']).unwrap_or(text);
    rest.starts_with(|c: char| c.is_ascii_digit()) && (rest.len() < text.len() || rest.chars().all(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        let texts =
            ["listVMsInZone", "HTTPServer", "list-users", "List all  Users", "getOAuth2Token", "", "ID"];
        let expected: [&[&str]; 7] = [
            &["list", "VMs", "In", "Zone"],
            &["HTTP", "Server"],
            &["list", "users"],
            &["List", "all", "Users"],
            &["get", "OAuth2", "Token"],
            &[],
            &["ID"],
        ];
        assert_eq!(texts.map(split), expected);
    }

    #[test]
    fn versions() {
        assert!(["v1", "V2.1", "v1beta1", "2018-10-31", "1.0", "3"].into_iter().all(is_version));
        assert!(!["video", "views", "3d-models", "users", ""].into_iter().any(is_version));
    }
}
