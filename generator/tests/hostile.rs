//! Broken documents: whatever is cut off or put in, reading, locating and rendering end without a panic, and a file
//! that does not load says why.

use cratewright::{
    diagnostic::{Code, Diagnostics, human},
    load,
    source::{Files, Node, Value},
};

const YAML: &str = "a: &x {b: 1, 'c''d': \"e\\n\"}\nf:\n  - *x\n  - |\n    ü\n  - !t >-\n    g\n  - {<<: *x, h: ~}\n? i\n: 0x1F # j\n";
const JSON: &str = "{\"a\": [1, -2.5e3, true, null, \"\\u00fc\\\"\"],\r\n \"ü~/\": {\"b\": {}, \"c\": []}}";
const PIECES: &[&str] = &[
    "", "{", "}", "[", "]", ":", ",", "\"", "'", "\\", "\t", "\n", "\r", " ", "- ", "? ", "&x ", "*x", "!",
    "|", "#", "%", "é", "\u{2028}", "\0", "---\n",
];

/// Reads a text, locates every node and renders what is said, and a note on every node.
fn survive(path: &str, text: String) {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let root = load::parse(&mut files, &mut diagnostics, path.to_owned(), text.clone());
    assert!(root.is_some() != diagnostics.failed(), "{text:?}: {:?}", diagnostics.items());
    if let Some(root) = &root {
        visit(&files, root, &mut diagnostics);
    }
    human::render_all(&diagnostics, &files, false);
}

fn visit(files: &Files, node: &Node, diagnostics: &mut Diagnostics) {
    diagnostics.report(Code::UnsupportedKeyword, node.id, "here");
    if let Some(location) = files.locate(node.id) {
        let text = files.get(node.id.file).map_or("", |file| file.text.as_str());
        assert!(text.get(location.bytes.clone()).is_some(), "{text:?} at {:?}", location.bytes);
        files.find(node.id.file, &location.pointer);
    }
    match &node.value {
        Value::Array(items) => items.iter().for_each(|item| visit(files, item, diagnostics)),
        Value::Object(entries) => entries.values().for_each(|value| visit(files, value, diagnostics)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn break_everywhere(path: &str, text: &str) {
    for (at, character) in text.char_indices() {
        survive(path, text[..at].to_owned());
        for piece in PIECES {
            survive(path, format!("{}{piece}{}", &text[..at], &text[at..]));
            survive(path, format!("{}{piece}{}", &text[..at], &text[at + character.len_utf8()..]));
        }
    }
}

#[test]
fn broken_yaml_is_survived() {
    break_everywhere("a.yaml", YAML);
}

#[test]
fn broken_json_is_survived() {
    break_everywhere("a.json", JSON);
}
