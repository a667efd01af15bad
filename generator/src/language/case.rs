//! Writes the words of a text as one name: `user_id`, `UserId`, `user-id`.

use heck::ToKebabCase;

use super::{
    brand,
    spell::{spell, transliterate},
    words::{split, words_of},
};

/// `user_id` from `userId`.
pub(crate) fn snake(text: &str) -> String {
    words_of(&spell(text)).join("_")
}

/// `UserId` from `user_id`.
pub(crate) fn camel(text: &str) -> String {
    split(&spell(text)).into_iter().map(hump).collect()
}

/// `muller-shop` from `Müller Shop`. The plural of an abbreviation is two words here: `APIs` gives `ap-is`.
pub(crate) fn kebab(text: &str) -> String {
    let text = brands(&transliterate(text));
    text.replace(|c: char| !c.is_ascii_alphanumeric(), " ").to_kebab_case()
}

/// A text with the [names](brand) in it written like other words: `Oauth`.
fn brands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    for brand in brand::find(text) {
        out.push_str(text.get(start..brand.at.start).unwrap_or_default());
        out.push_str(&capitalised(brand.camel));
        start = brand.at.end;
    }
    out.push_str(text.get(start..).unwrap_or_default());
    out
}

/// A word of a type's name. A name within it has its own spelling.
fn hump(word: &str) -> String {
    let Some(brand) = brand::find(word).into_iter().next() else { return capitalised(word) };
    let (before, after) = (word.get(..brand.at.start), word.get(brand.at.end..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    format!("{}{}{}", capitalised(before), brand.camel, after.to_ascii_lowercase())
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
