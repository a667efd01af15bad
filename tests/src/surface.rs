//! What a user of a generated crate can name.

use std::collections::BTreeSet;

use cratewright::{diagnostic::human, pipeline::Run};

/// What a user of the crate can name or call, a line each: types, methods by what they are of, what constructors take, and which
/// name stands for which key or value.
pub fn surface(run: &Run) -> BTreeSet<String> {
    let said = || human::render(&run.diagnostics, &run.files, false);
    let package = &run.output.as_ref().unwrap_or_else(|| panic!("the case generates:\n{}", said())).package;
    let sources =
        package.files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("src/runtime/"));
    sources.flat_map(|(_, text)| declared(text).into_iter().chain(tables(text))).collect()
}

/// Types, and methods with the block that they stand in.
fn declared(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block = "";
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("impl") {
            block = line;
        }
        let line = line.trim();
        if ["pub struct ", "pub enum ", "pub type "].iter().any(|word| line.starts_with(word)) {
            found.push(line.to_owned());
        } else if line.starts_with("pub fn ") {
            let mut signature = line.to_owned();
            while !signature.contains('{') {
                let Some(next) = lines.next() else { break };
                signature.push_str(next.trim());
            }
            found.push(format!("{block} {signature}"));
        }
    }
    found
}

/// The entries of tables: keys of structs, values of enums, arguments of constructors in their order.
fn tables(text: &str) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    // Up to the first semicolon stand the arguments, behind it the setters.
    let calls = text.split("constructors!(").skip(1).filter_map(|call| call.split_once(';'));
    found.extend(calls.map(|(required, _)| words(required)));
    for table in [
        "record!(",
        "text_enum!(",
        "integer_enum!(",
        "text_enum! {",
        "integer_enum! {",
        "union!(",
        "union! {",
    ] {
        for call in text.split(table).skip(1) {
            let body =
                call.split_once('{').and_then(|(name, rest)| Some((name, rest.split_once(['}', ';'])?.0)));
            let Some((name, entries)) = body else { continue };
            let plain = entries.lines().filter(|line| !line.trim().starts_with(['/', '#']));
            let plain = plain.collect::<Vec<_>>().join(" ");
            found.extend(plain.split(',').map(|entry| words(&format!("{name} {entry}"))));
        }
    }
    found
}
