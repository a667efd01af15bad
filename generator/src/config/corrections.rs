//! Corrections of a document: parses the entries of `[corrections]` into data with a field per correctable fact.

use super::{Located, raw_corrections as raw};
use crate::source::is_token;

/// An entry of `[corrections]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The places in the document: a JSON pointer, `Schema.property`, or a glob over either.
    pub key: Located<String>,
    /// The facts that hold there.
    pub changes: Changes,
}

/// The facts that hold at a place, replacing those of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// A property may be absent; a parameter or request body may be omitted.
    pub optional: bool,
    /// The value may be `null`.
    pub nullable: bool,
    /// The type of the value.
    pub value: Option<ValueType>,
    /// The media types of a response body; empty if they are as documented.
    pub media_types: Vec<String>,
    /// The property that distinguishes the alternatives of a schema.
    pub discriminator: Option<String>,
    /// The base URL of calls.
    pub server: Option<String>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// Any JSON value.
    Any,
    /// A type of JSON Schema and an optional format.
    Of(JsonType, Option<String>),
}

/// The types of JSON Schema except `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// Text.
    String,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    /// Every type.
    pub const ALL: &'static [Self] =
        &[Self::String, Self::Integer, Self::Number, Self::Boolean, Self::Array, Self::Object];

    /// Its name in JSON Schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// What an entry may contain, for error messages.
const KNOWN: &str = "`optional`, `nullable`, `any`, a type such as `string` or `{ type = \"string\", format = \"uuid\" }`, \
     a media type such as `text/csv`, `{ discriminator = \"kind\" }` or `{ server = \"https://…\" }`";

impl Changes {
    /// The fact that two entries contradict each other on, if any.
    pub fn contradiction(&self, other: &Self) -> Option<&'static str> {
        let lists = (&self.media_types, &other.media_types);
        if differ(&self.value, &other.value) {
            Some("two types")
        } else if !lists.0.is_empty() && !lists.1.is_empty() && lists.0 != lists.1 {
            Some("two media types")
        } else if differ(&self.discriminator, &other.discriminator) {
            Some("two discriminators")
        } else if differ(&self.server, &other.server) {
            Some("two servers")
        } else {
            None
        }
    }

    /// Adds the facts of another entry that this one does not state.
    pub fn add(&mut self, other: Self) {
        self.optional |= other.optional;
        self.nullable |= other.nullable;
        self.value = self.value.take().or(other.value);
        self.discriminator = self.discriminator.take().or(other.discriminator);
        self.server = self.server.take().or(other.server);
        if self.media_types.is_empty() {
            self.media_types = other.media_types;
        }
    }

    /// Adds further observations: a second type makes it any value, and media types accumulate.
    pub fn merge(&mut self, other: &Self) {
        self.value = match (self.value.take(), other.value.clone()) {
            (Some(one), Some(other)) if one != other => Some(ValueType::Any),
            (one, other) => one.or(other),
        };
        for media_type in &other.media_types {
            if !self.media_types.contains(media_type) {
                self.media_types.push(media_type.clone());
            }
        }
        self.add(other.clone());
    }

    /// Splits into entries that change one fact each.
    pub fn split(&self) -> Vec<Self> {
        let none = Self::default();
        let parts = [
            Self { optional: self.optional, ..none.clone() },
            Self { nullable: self.nullable, ..none.clone() },
            Self { value: self.value.clone(), ..none.clone() },
            Self { media_types: self.media_types.clone(), ..none.clone() },
            Self { discriminator: self.discriminator.clone(), ..none.clone() },
            Self { server: self.server.clone(), ..none },
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect()
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether both are present and differ.
fn differ<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
    one.is_some() && other.is_some() && one != other
}

/// Parses the changes of an entry; the error is a message and a help text.
pub(super) fn changes(raw: &raw::Change) -> Result<Changes, (String, String)> {
    match raw {
        raw::Change::Word(word) => self::word(word)
            .ok_or_else(|| (format!("`{word}` is not a correction"), format!("known are {KNOWN}"))),
        raw::Change::Table(table) => self::table(table),
    }
}

fn word(word: &str) -> Option<Changes> {
    let none = Changes::default();
    Some(match word {
        "optional" => Changes { optional: true, ..none },
        "nullable" => Changes { nullable: true, ..none },
        "any" => Changes { value: Some(ValueType::Any), ..none },
        name if is_media_type(name) => Changes { media_types: vec![name.to_owned()], ..none },
        name => Changes { value: Some(ValueType::Of(json_type(name)?, None)), ..none },
    })
}

fn table(table: &raw::ChangeTable) -> Result<Changes, (String, String)> {
    let mut changes = Changes {
        discriminator: table.discriminator.clone(),
        server: table.server.clone(),
        ..Changes::default()
    };
    match (&table.typ, &table.format) {
        (Some(name), format) => match json_type(name) {
            Some(typ) => changes.value = Some(ValueType::Of(typ, format.clone())),
            None => {
                let known = JsonType::ALL.iter().map(|one| format!("`{}`", one.name())).collect::<Vec<_>>();
                return Err((format!("`{name}` is not a type"), format!("known are {}", known.join(", "))));
            }
        },
        (None, Some(_)) => {
            let help = "say which type has the format: `{ type = \"string\", format = \"uuid\" }`";
            return Err(("the key `type` is missing".to_owned(), help.to_owned()));
        }
        (None, None) if changes.is_empty() => {
            return Err(("this corrects nothing".to_owned(), format!("known are {KNOWN}")));
        }
        (None, None) => {}
    }
    match &changes.server {
        Some(url) if !is_url(url) => {
            let help = "a server is a whole URL, such as `https://api.example.com/v1`";
            Err((format!("`{url}` is not a URL that calls can be sent to"), help.to_owned()))
        }
        Some(_) | None => Ok(changes),
    }
}

fn json_type(name: &str) -> Option<JsonType> {
    JsonType::ALL.iter().copied().find(|typ| typ.name() == name)
}

/// Whether a text is `type/subtype`, each a token (RFC 9110 §5.6.2), optionally with parameters.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    let parts = essence.split_once('/').map(|(typ, subtype)| is_token(typ) && is_token(subtype));
    parts == Some(true) && !text.contains(char::is_control)
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_host = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[' || c == '{');
    rest.is_some_and(is_host) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_has_two_parts() {
        assert!(
            ["text/csv", "application/problem+json", "text/plain; charset=utf-8"]
                .into_iter()
                .all(is_media_type)
        );
        assert!(!["text", "text/", "/csv", "a/b/c", "te xt/csv", ""].into_iter().any(is_media_type));
    }

    #[test]
    fn what_differs_contradicts() {
        let of = |name| word(name).expect("it is known");
        let mut all = of("optional");
        all.add(of("nullable"));
        all.add(of("string"));
        assert_eq!(all.contradiction(&of("string")), None);
        assert_eq!(all.contradiction(&of("integer")), Some("two types"));
        all.add(of("integer"));
        assert!(all.optional && all.nullable);
        assert_eq!(all.value, Some(ValueType::Of(JsonType::String, None)));
    }
}
