//! Splits names of a document into words: `listUsers`, `list-users` and `List users` are `list` and `users`.

use super::hump::humps;

/// The words of a text in their original case, split at other characters than letters and digits and where case
/// changes.
pub(crate) fn split(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(humps).collect()
}

/// The words of a text in lower case.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    split(text).into_iter().map(str::to_lowercase).collect()
}

/// The letters and digits of a text in lower case: what stays the same however the words are told apart.
pub(crate) fn joined(text: &str) -> String {
    words_of(text).concat()
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
    fn however_words_are_told_apart() {
        assert_eq!(["ListUsers", "list_users", "list users", "$list/users"].map(joined), ["listusers"; 4]);
    }

    #[test]
    fn versions() {
        assert!(["v1", "V2.1", "v1beta1", "2018-10-31", "1.0", "3"].into_iter().all(is_version));
        assert!(!["video", "views", "3d-models", "users", ""].into_iter().any(is_version));
    }
}
