//! Any text as a description: it is rewritten, and what comes out means to rustdoc what it says, again and again.

#![no_main]

use cratewright::markdown;
use libfuzzer_sys::fuzz_target;
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};

/// What rustdoc reads, and the alerts of GitHub.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// Holds that rustdoc has nothing to warn of: no HTML, no code to compile, no link to an item or to a relative address.
fn is_tame(written: &str) {
    let mut links_to_items = 0;
    let mut count = |_: BrokenLink<'_>| {
        links_to_items += 1;
        None
    };
    for event in Parser::new_with_broken_link_callback(written, OPTIONS, Some(&mut count)) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => panic!("HTML in {written:?}"),
            Event::FootnoteReference(_) => panic!("a footnote in {written:?}"),
            Event::Start(Tag::Image { .. }) => panic!("an image in {written:?}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let leads_out = dest_url.contains("://") || dest_url.contains('@') || dest_url.starts_with("mailto:");
                assert!(leads_out, "a link to {dest_url:?} in {written:?}");
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                assert_eq!(kind, CodeBlockKind::Fenced("text".into()), "code in {written:?}");
            }
            _ => {}
        }
    }
    assert_eq!(links_to_items, 0, "links to items in {written:?}");
}

/// Holds that each line is one of a doc comment, and prints as it is.
fn is_printable(written: &str) {
    let breaks = |c: char| c.is_control() && c != '\n';
    assert!(!written.contains(breaks), "a character that no comment holds in {written:?}");
    assert_eq!(markdown::clean(written), written, "hidden characters");
    assert!(!written.starts_with('\n') && !written.ends_with('\n'), "blank lines around {written:?}");
    assert!(written.lines().all(|line| line.trim_end() == line), "blanks at the end of a line of {written:?}");
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (whole, compact, line) = (markdown::render(&text), markdown::compact(&text), markdown::line(&text));
    assert!(!line.contains('\n'), "one line: {line:?}");
    for written in [&whole, &compact, &line] {
        is_tame(written);
        is_printable(written);
    }
    // A line that comes to start with one of these is read as an item.
    if !whole.contains(['•', '·']) {
        assert_eq!(markdown::render(&whole), whole, "it is written as it is read");
    }
});
