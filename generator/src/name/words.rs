//! Text of a document to the words of a name: whatever the text, the result is a valid identifier once
//! [`super::Scope`] has looked at it.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::spell::spell;
use crate::lower::brand;

/// `user_id` from `userId`.
pub(super) fn snake(text: &str) -> String {
    lead(plurals(&brands(&spell(text), capitalised)).to_snake_case(), "n")
}

/// `UserId` from `userId`.
pub(super) fn camel(text: &str) -> String {
    lead(camels(text), "N")
}

/// `ABUserId` from the name `AB`, whose letters stay as they are, and `userId`.
pub(super) fn camel_part(whole: &str, text: &str) -> String {
    match camels(text) {
        part if part.is_empty() => format!("{whole}Empty"),
        part => format!("{whole}{part}"),
    }
}

fn camels(text: &str) -> String {
    plurals(&brands(&spell(text), str::to_owned)).to_upper_camel_case()
}

/// A text with the names in it that are one word, from how a type has them, written so that they stay one.
pub(super) fn brands(text: &str, write: fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    for brand in brand::find(text) {
        out.push_str(text.get(start..brand.at.start).unwrap_or_default());
        out.push_str(&write(brand.camel));
        start = brand.at.end;
    }
    out.push_str(text.get(start..).unwrap_or_default());
    out
}

/// `Oauth` from `OAuth`.
pub(super) fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    format!("{first}{}", rest.to_ascii_lowercase())
}

/// Writes abbreviations as the one word that they are where a small letter follows: `IPs`, `VPCs`, `IPv6`.
fn plurals(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    while start < letters.len() {
        let capitals = letters[start..].iter().take_while(|c| c.is_ascii_uppercase()).count();
        let end = start + capitals;
        let is_plural = at(end) == 's' && !at(end + 1).is_ascii_lowercase();
        let is_version = at(end) == 'v' && at(end + 1).is_ascii_digit();
        if capitals > 1 && (is_plural || is_version) {
            out.push(letters[start]);
            out.extend(letters[start + 1..=end].iter().map(char::to_ascii_lowercase));
            start = end + 1;
        } else {
            out.extend(&letters[start..start + capitals.max(1)]);
            start += capitals.max(1);
        }
    }
    out
}

/// Puts something before a digit, which no identifier starts with, and something where nothing is left.
fn lead(name: String, before_digit: &str) -> String {
    match name.chars().next() {
        None => if before_digit == "N" { "Empty" } else { "empty" }.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{before_digit}{name}"),
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_fields() {
        assert_eq!(camel("APIToken"), "ApiToken");
        assert_eq!(snake("userId"), "user_id");
        assert_eq!(snake("@odata.type"), "odata_type");
        assert_eq!(camel("google-oauth2"), "GoogleOauth2");
        assert_eq!(camel("Purge and Prefetch only (API+Web)"), "PurgeAndPrefetchOnlyApiWeb");
    }

    #[test]
    fn abbreviations_are_words() {
        let texts = [
            "Floating IPs",
            "VPCs",
            "listVMsInZone",
            "Reserved IPv6 Actions",
            "IPv4",
            "HTTPServer",
            "ids",
            "APIKey",
        ];
        let names = [
            "floating_ips",
            "vpcs",
            "list_vms_in_zone",
            "reserved_ipv6_actions",
            "ipv4",
            "http_server",
            "ids",
            "api_key",
        ];
        assert_eq!(texts.map(snake), names);
        assert_eq!(camel("VPCs"), "Vpcs");
    }

    #[test]
    fn names_are_words() {
        let texts =
            ["OAuthToken", "getOAuth2Token", "iOSDevice", "GitHub App", "oAuth", "IPv4Address", "o_auth"];
        let names = [
            "oauth_token",
            "get_oauth2_token",
            "ios_device",
            "github_app",
            "oauth",
            "ipv4_address",
            "o_auth",
        ];
        assert_eq!(texts.map(snake), names);
        let types =
            ["OAuthToken", "GetOAuth2Token", "IosDevice", "GitHubApp", "OAuth", "Ipv4Address", "OAuth"];
        assert_eq!(texts.map(camel), types);
        assert_eq!(camel_part("Login", "iOS"), "LoginIos");
    }

    #[test]
    fn a_part_keeps_the_name_of_its_whole() {
        assert_eq!(camel("a b"), "AB");
        assert_eq!(camel_part("AB", "user groups"), "ABUserGroups");
        assert_eq!(camel_part("Login", "2fa"), "Login2fa");
        assert_eq!(camel_part("Login", ""), "LoginEmpty");
    }
}
