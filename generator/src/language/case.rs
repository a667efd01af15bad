//! Writes the words of a text as one name: `user_id`, `UserId`, `user-id`. Abbreviations and [names](brand) are one
//! word.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

use super::{
    brand,
    spell::{spell, transliterate},
};

/// `user_id` from `userId`.
pub(crate) fn snake(text: &str) -> String {
    plurals(&brands(&spell(text), capitalised)).to_snake_case()
}

/// `UserId` from `user_id`.
pub(crate) fn camel(text: &str) -> String {
    plurals(&brands(&spell(text), str::to_owned)).to_upper_camel_case()
}

/// `muller-shop` from `Müller Shop`.
pub(crate) fn kebab(text: &str) -> String {
    let text = brands(&transliterate(text), capitalised);
    text.replace(|c: char| !c.is_ascii_alphanumeric(), " ").to_kebab_case()
}

/// `LineItems` from `lineItems`.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// `Oauth` from `OAuth`.
fn capitalised(word: &str) -> String {
    capital(&word.to_ascii_lowercase())
}

/// A text with the names in it that are one word, from how a type has them, written so that they stay one.
fn brands(text: &str, write: fn(&str) -> String) -> String {
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
        assert_eq!(camel("a b"), "AB");
    }

    #[test]
    fn titles() {
        assert_eq!(kebab("Müller's Shop: v2"), "muller-s-shop-v2");
        assert_eq!(kebab("用户 API"), "yong-hu-api");
    }

    #[test]
    fn capitals() {
        assert_eq!(["lineItems", "Über", "über", ""].map(capital), ["LineItems", "Über", "über", ""]);
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
    }
}
