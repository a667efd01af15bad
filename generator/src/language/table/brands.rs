//! Mixed-case names that are one word, as documents spell them and as a type does.

/// The names and their spelling in a type. Only names that occur in real documents are listed: others would match by
/// accident.
pub(in crate::language) const NAMES: &[(&str, &str)] = &[
    ("DevOps", "DevOps"),
    ("GitHub", "GitHub"),
    ("GitLab", "GitLab"),
    ("GraphQL", "GraphQl"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("JavaScript", "JavaScript"),
    ("LinkedIn", "LinkedIn"),
    ("MongoDB", "MongoDb"),
    ("OAuth", "OAuth"),
    ("PayPal", "PayPal"),
    ("PostgreSQL", "PostgreSql"),
    ("WebAuthn", "WebAuthn"),
    ("YouTube", "YouTube"),
    ("iOS", "Ios"),
    ("macOS", "MacOs"),
];

/// Names that are different words if they start in lower case: `openAPI` may mean to open something.
pub(in crate::language) const PHRASES: &[(&str, &str)] =
    &[("MySQL", "MySql"), ("OpenAI", "OpenAi"), ("OpenAPI", "OpenApi")];
