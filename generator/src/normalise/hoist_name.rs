//! Derives component names for other places: the pointer without OpenAPI's own words.
//!
//! `/components/schemas/Foo/properties/bar` → `FooBar`, `/paths/~1pets~1{id}/get/responses/200/content/…/schema` →
//! `PetsIdGetResponse200`. Depends on the pointer alone, except that another place may already have the name.

use crate::language::case::capital;
use crate::load::FILES;
use crate::source::Pointer;

/// File names that add nothing to their folder's name.
const GENERIC: &[&str] = &["index", "main", "openapi", "schema", "spec", "swagger"];

/// Folder names that do not describe the content of their files.
const FOLDERS: &[&str] =
    &["components", "definitions", "models", "parameters", "resources", "responses", "schemas"];

/// Candidate names, best first, of ASCII letters and digits; `fallback` if nothing is left of the pointer. A place in
/// another file is named after its place there, or after the file, preceded by the file's folders if the shorter name
/// is taken.
pub(super) fn candidates(pointer: &Pointer, fallback: &str) -> Vec<String> {
    let (folders, names) = match pointer.segments() {
        [files, path, rest @ ..] if files == FILES => in_file(path, rest),
        segments => (Vec::new(), words(segments)),
    };
    let name: String = names.iter().map(|word| pascal(word)).collect();
    let mut found = vec![name];
    for folder in folders.iter().rev() {
        let longer = format!("{}{}", pascal(folder), found.last().map_or("", String::as_str));
        found.push(longer);
    }
    found.into_iter().map(|name| legal(name, fallback)).collect()
}

fn legal(name: String, fallback: &str) -> String {
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{fallback}{name}"),
        Some(_) => name,
    }
}

/// The meaningful folders of a file, and the words for a place in it.
fn in_file<'p>(path: &'p str, rest: &'p [String]) -> (Vec<&'p str>, Vec<&'p str>) {
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let mut folders: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != "..").collect();
    let file = folders.pop().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    folders.retain(|folder| !FOLDERS.contains(folder));
    let stem = match GENERIC.contains(&stem.trim_start_matches('_')) {
        true => folders.pop().unwrap_or(stem),
        false => stem,
    };
    // A schema keyword leads to a part of the file's content.
    let is_part = rest.first().is_some_and(|first| PARTS.contains(&first.as_str()));
    let mut names = words(rest);
    if names.is_empty() || is_part {
        names.insert(0, stem);
    } else {
        folders.push(stem);
    }
    (folders, names)
}

/// Schema keywords that lead to a part of the schema.
const PARTS: &[&str] =
    &["additionalProperties", "allOf", "anyOf", "items", "not", "oneOf", "prefixItems", "properties"];

fn words(segments: &[String]) -> Vec<&str> {
    segments.iter().filter_map(|segment| word(segment)).collect()
}

/// The word that a segment adds to a name.
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
    words.map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_pointer() {
        let name = |text: &str| candidates(&Pointer::parse(text).expect("a pointer"), "Schema").remove(0);
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

    #[test]
    fn places_in_other_files_are_called_as_they_are_there() {
        let names = |text: &str| {
            let pointer = Pointer::parse(&format!("#/{FILES}/{text}")).expect("a pointer");
            candidates(&pointer, "Schema").join(" ")
        };
        assert_eq!(names("resources~1vats~1models~1old_vat.yml"), "OldVat VatsOldVat");
        assert_eq!(names("models~1vat.yml/Lid"), "Lid VatLid");
        assert_eq!(names("vat.yml/components/schemas/Lid"), "Lid VatLid");
        assert_eq!(names("..~1vat.yml/properties/lid/items"), "VatLidItem");
        assert_eq!(names("vats~1index.yml"), "Vats");
        assert_eq!(names("https:~1~1a.example~1vat.json"), "Vat AExampleVat");
    }
}
