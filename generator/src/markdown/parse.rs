//! Reads Markdown as rustdoc does, by the same parser.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::{
    address::absolute,
    mark,
    piece::{Blank, Piece, Span},
    source::clean,
};

/// The extensions that rustdoc enables, except footnotes and typographic quotes, which stay as typed; plus GitHub's
/// alerts (`> [!NOTE]`), which are common.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// The events of a text.
pub(super) fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let events = Parser::new_ext(text, OPTIONS).into_offset_iter();
    TextMergeStream::new(events.map(|(event, range)| match event {
        // An entity may stand for a hidden character, which would be taken for a mark.
        Event::Text(said) if said.as_ref() != &text[range] => Event::Text(clean(&said).into()),
        event => event,
    }))
}

/// The pieces of a text that is one paragraph; `None` if it is more, or something else.
pub(super) fn paragraph(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    for event in events(text) {
        match push(&mut pieces, event, &[]) {
            None | Some(Event::End(TagEnd::Paragraph)) => {}
            Some(Event::Start(Tag::Paragraph)) if pieces.is_empty() => {}
            Some(_) => return None,
        }
    }
    Some(pieces)
}

/// Adds the piece that an event within text is. Returns any other event.
pub(super) fn push<'a>(pieces: &mut Vec<Piece>, event: Event<'a>, aside: &[String]) -> Option<Event<'a>> {
    match event {
        // HTML has been converted already, and the others are not enabled; treat any as text.
        Event::Text(text)
        | Event::Html(text)
        | Event::InlineHtml(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text)
        | Event::FootnoteReference(text) => mark::pieces(&text.replace('\n', " "), aside, pieces),
        Event::Code(code) => pieces.push(Piece::Code(mark::plain(&code, aside))),
        Event::SoftBreak => pieces.push(Piece::Blank(Blank::SoftBreak)),
        Event::HardBreak => pieces.push(Piece::Blank(Blank::HardBreak)),
        Event::Start(tag) => match opened(&tag) {
            Some(span) => pieces.push(Piece::Open(span)),
            None => return Some(Event::Start(tag)),
        },
        Event::End(tag) => match closed(tag) {
            Some(span) => pieces.push(Piece::Close(span)),
            None => return Some(Event::End(tag)),
        },
        other @ (Event::Rule | Event::TaskListMarker(_)) => return Some(other),
    }
    None
}

/// The mark that a tag opens; `None` if it opens a block.
pub(super) fn opened(tag: &Tag<'_>) -> Option<Span> {
    match tag {
        Tag::Emphasis => Some(Span::Emphasis),
        Tag::Strong => Some(Span::Strong),
        Tag::Strikethrough => Some(Span::Strikethrough),
        Tag::Link { dest_url, link_type, .. } => {
            let scheme = if *link_type == LinkType::Email { "mailto:" } else { "" };
            Some(Span::Link(absolute(&format!("{scheme}{dest_url}")).unwrap_or_default()))
        }
        Tag::Image { dest_url, .. } => Some(Span::Link(absolute(dest_url).unwrap_or_default())),
        _ => None,
    }
}

/// The mark that a tag closes; `None` if it closes a block.
pub(super) fn closed(tag: TagEnd) -> Option<Span> {
    match tag {
        TagEnd::Emphasis => Some(Span::Emphasis),
        TagEnd::Strong => Some(Span::Strong),
        TagEnd::Strikethrough => Some(Span::Strikethrough),
        TagEnd::Link | TagEnd::Image => Some(Span::Link(String::new())),
        _ => None,
    }
}
