//! Spells any text of a document as a name. The result is a valid identifier, except for keywords, which
//! [`super::Scope`] handles.

use crate::language::case;

/// `user_id` from `userId`.
pub(super) fn snake(text: &str) -> String {
    lead(case::snake(text), "n", "empty")
}

/// `UserId` from `userId`.
pub(super) fn camel(text: &str) -> String {
    lead(case::camel(text), "N", "Empty")
}

/// `ABUserId` from the name `AB`, which is not changed, and `userId`.
pub(super) fn camel_part(whole: &str, text: &str) -> String {
    match case::camel(text) {
        part if part.is_empty() => format!("{whole}Empty"),
        part => format!("{whole}{part}"),
    }
}

/// Puts a letter before a leading digit, which an identifier cannot have, and replaces an empty name.
fn lead(name: String, before_digit: &str, otherwise: &str) -> String {
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{before_digit}{name}"),
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_starts_with_a_digit_or_is_empty() {
        assert_eq!(["2fa", "", "id"].map(snake), ["n2fa", "empty", "id"]);
        assert_eq!(["2fa", "", "id"].map(camel), ["N2fa", "Empty", "Id"]);
    }

    #[test]
    fn a_part_keeps_the_name_of_its_whole() {
        assert_eq!(camel_part("AB", "user groups"), "ABUserGroups");
        assert_eq!(camel_part("Login", "2fa"), "Login2fa");
        assert_eq!(camel_part("Login", "iOS"), "LoginIos");
        assert_eq!(camel_part("Login", ""), "LoginEmpty");
    }
}
