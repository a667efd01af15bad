//! A component name for a place that is no component: its pointer without the words OpenAPI itself puts there.
//!
//! `/components/schemas/Foo/properties/bar` → `FooBar`, `/paths/~1pets~1{id}/get/responses/200/content/…/schema`
//! → `PetsIdGetResponse200`. A pure function of the pointer, so that no other place changes it.

use crate::source::Pointer;

/// The name, made of ASCII letters and digits; `fallback` if nothing is left of the pointer.
pub(super) fn derive(pointer: &Pointer, fallback: &str) -> String {
    let name: String = pointer.segments().iter().filter_map(|segment| word(segment)).map(pascal).collect();
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{fallback}{name}"),
        Some(_) => name,
    }
}

/// What a segment adds to a name.
fn word(segment: &str) -> Option<&str> {
    match segment {
        "components" | "schemas" | "properties" | "paths" | "content" | "schema" | "application/json" => None,
        "$defs" | "definitions" | "parameters" | "headers" | "requestBodies" => None,
        super::swagger2::COPIES => None,
        "responses" => Some("response"),
        "items" => Some("item"),
        "additionalProperties" => Some("value"),
        other => Some(other),
    }
}

fn pascal(segment: &str) -> String {
    let words = segment.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_pointer() {
        let name = |text: &str| derive(&Pointer::parse(text).expect("a pointer"), "Schema");
        assert_eq!(name("#/components/schemas/Foo/properties/bar_baz"), "FooBarBaz");
        assert_eq!(name("#/components/schemas/Foo/items/allOf/0"), "FooItemAllOf0");
        assert_eq!(
            name("#/paths/~1pets~1%7Bid%7D/get/responses/200/content/application~1json/schema"),
            "PetsIdGetResponse200"
        );
        assert_eq!(name("#/$defs/X"), "X");
        assert_eq!(name("#/definitions/0"), "Schema0");
        assert_eq!(name("#/definitions/é"), "Schema");
    }
}
