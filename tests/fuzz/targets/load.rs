//! Any bytes: they are read, or it is said where they cannot be.

#![no_main]

use cratewright::{
    diagnostic::{Diagnostics, Severity, human},
    load,
    source::Files,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data).into_owned();
    let (mut files, mut said) = (Files::default(), Diagnostics::new());
    let root = load::parse(&mut files, &mut said, "openapi.yaml".to_owned(), text);
    let is_error = said.items().iter().any(|item| item.severity == Severity::Error);
    assert!(root.is_some() != is_error, "a text is read, or an error says why not");
    // places must lie within the text, between characters
    let _ = human::render(&said, &files, false);
});
