//! Says whether a schema allows a value: the crate `jsonschema`, which others wrote.

use jsonschema::{Registry, Validator};
use serde_json::{Map, Value, json};

const HOME: &str = "https://samples.invalid/document";

/// The definitions of a document, as the validator has them.
pub struct Judge<'a> {
    registry: Registry<'a>,
}

impl Judge<'_> {
    /// Reads the definitions; what is wrong with them if the validator cannot.
    pub fn new(definitions: &[Value]) -> Result<Self, String> {
        let definitions: Map<String, Value> =
            definitions.iter().enumerate().map(|(number, one)| (number.to_string(), one.clone())).collect();
        let root = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions });
        let builder = Registry::new().add(HOME, root).map_err(|error| error.to_string())?;
        Ok(Self { registry: builder.prepare().map_err(|error| error.to_string())? })
    }

    /// The validator for one definition; why there is none if the validator cannot read it.
    pub fn validator(&self, definition: usize) -> Result<Validator, String> {
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .with_format("byte", is_base64)
            .with_format("base64", is_base64)
            .with_format("guid", |text: &str| text.len() == 36 && text.parse::<Guid>().is_ok())
            .with_format("ip", |text: &str| text.parse::<std::net::IpAddr>().is_ok())
            .offline()
            .build(&json!({ "$ref": format!("{HOME}#/$defs/{definition}") }))
            .map_err(|error| error.to_string())
    }
}

/// A text of the form of a UUID.
struct Guid;

impl std::str::FromStr for Guid {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let is_fit = |(index, byte): (usize, u8)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        if text.bytes().enumerate().all(is_fit) { Ok(Self) } else { Err(()) }
    }
}

/// Whether a text is base64 (RFC 4648 section 4), padded.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len().is_multiple_of(4) && text.len() - digits.len() < 3 && digits.bytes().all(is_digit)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Judge, is_base64};

    #[test]
    fn formats_are_asserted() {
        let definitions = [
            json!({ "type": "array", "items": { "$ref": "#/$defs/1" } }),
            json!({ "type": "string", "format": "date-time" }),
            json!({ "type": "string", "format": "byte" }),
        ];
        let judge = Judge::new(&definitions).expect("the definitions are valid");
        let list = judge.validator(0).expect("the definition is valid");
        assert!(list.is_valid(&json!(["2024-02-29T12:30:45Z"])));
        assert!(!list.is_valid(&json!(["2023-02-29T12:30:45Z"])));
        let bytes = judge.validator(2).expect("the definition is valid");
        assert!(bytes.is_valid(&json!("aGk=")) && !bytes.is_valid(&json!("a_k=")));
    }

    #[test]
    fn base64_is_padded() {
        assert!(is_base64("") && is_base64("aGk=") && is_base64("aA=="));
        assert!(!is_base64("aGk") && !is_base64("a===") && !is_base64("a\nb="));
    }
}
