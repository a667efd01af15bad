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
    let texts = ["OAuthToken", "getOAuth2Token", "iOSDevice", "GitHub App", "oAuth", "IPv4Address", "o_auth"];
    let names =
        ["oauth_token", "get_oauth2_token", "ios_device", "github_app", "oauth", "ipv4_address", "o_auth"];
    assert_eq!(texts.map(snake), names);
    let types = ["OAuthToken", "GetOAuth2Token", "IosDevice", "GitHubApp", "OAuth", "Ipv4Address", "OAuth"];
    assert_eq!(texts.map(camel), types);
}

#[test]
fn letters_beyond_ascii_are_written_as_they_sound() {
    let texts =
        ["größe", "prénom", "pre\u{301}nom", "用户", "用户ID", "пользователь", "ユーザー", "αριθμός", "m²"];
    let names =
        ["grosse", "prenom", "prenom", "yong_hu", "yong_hu_id", "polzovatel", "yuza", "arithmos", "m2"];
    assert_eq!(texts.map(snake), names);
    assert_eq!(["Größe", "获取", "🌱", "\u{e000}"].map(camel), ["Grosse", "HuoQu", "Seedling", "Ue000"]);
}

#[test]
fn symbols_are_words_where_they_mean_something() {
    let texts = ["-created", "+1", "-1", "−1", "*", "<", ">=", "≥", "<10", "_", "…"];
    let names = [
        "MinusCreated",
        "Plus1",
        "Minus1",
        "Minus1",
        "Star",
        "Less",
        "GreaterEqual",
        "GreaterEqual",
        "Less10",
        "Underscore",
        "DotDotDot",
    ];
    assert_eq!(texts.map(camel), names);
}

#[test]
fn symbols_that_only_separate_are_no_words() {
    let texts =
        ["array<any>", "Map<String, List<User>>", "<none>", "Account - company level", "a -> b", "a → b"];
    let names = ["ArrayAny", "MapStringListUser", "None", "AccountCompanyLevel", "AB", "AB"];
    assert_eq!(texts.map(camel), names);
}
