//! Finds the nodes of the first document of a YAML text.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{Builder, Container, Index, Spot, narrow, node_limit};

/// The nodes of a YAML text, as far as it parses.
///
/// This parser rejects some texts that the tree's parser accepts; those are retried as [`relaxed`].
pub(super) fn scan(text: &str) -> Index {
    let (builder, complete) = nodes(text);
    if complete {
        return builder.finish(true);
    }
    let (again, _) = nodes(&relaxed(text));
    let further = if again.spots.len() > builder.spots.len() { again } else { builder };
    further.finish(true)
}

/// Replaces tabs between tokens by spaces, and the line break before a closing bracket that is not indented further
/// than its key; offsets stay the same. A line break after a comment is kept, because it ends the comment.
fn relaxed(text: &str) -> String {
    let mut relaxed = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        relaxed.extend(line.chars().map(|character| if character == '\t' { ' ' } else { character }));
        if let Some(next) = lines.peek() {
            let closes = next.trim_start().starts_with(['}', ']']);
            relaxed.push(if closes && !line.contains('#') { ' ' } else { '\n' });
        }
    }
    relaxed
}

/// The nodes of a text, and whether they are complete.
fn nodes(text: &str) -> (Builder, bool) {
    let mut scanner = Scanner {
        builder: Builder::default(),
        anchors: HashMap::new(),
        open_anchors: Vec::new(),
        characters: Characters::new(text),
        limit: node_limit(text) as usize,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => {
                if !scanner.take(event, span) {
                    break;
                }
            }
            Err(_) => return (scanner.builder, false),
        }
    }
    (scanner.builder, true)
}

struct Scanner<'t> {
    builder: Builder,
    /// The nodes of each anchor, and the text of a scalar.
    anchors: HashMap<usize, (Range<usize>, Box<str>)>,
    open_anchors: Vec<usize>,
    characters: Characters<'t>,
    limit: usize,
}

impl Scanner<'_> {
    /// Handles the next event; `false` ends the document.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        let bytes = self.characters.byte(span.start.index())..self.characters.byte(span.end.index());
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let bytes = self.scalar(bytes, style);
                let node = self.builder.node(bytes, || text.as_ref().into()) as usize;
                if anchor != 0 {
                    self.anchors.insert(anchor, (node..node + 1, text.as_ref().into()));
                }
            }
            Event::MappingStart(anchor, _) => {
                self.builder.open(bytes, Container::Mapping(None));
                self.open_anchors.push(anchor);
            }
            Event::SequenceStart(anchor, _) => {
                self.builder.open(bytes, Container::Sequence(0));
                self.open_anchors.push(anchor);
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            Event::Alias(anchor) => return self.repeat(anchor),
            Event::DocumentEnd | Event::StreamEnd => return false,
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
        }
        true
    }

    /// The byte range of a scalar, without the trailing space and comment that the parser includes.
    fn scalar(&self, bytes: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let token = self.characters.text.get(bytes.clone()).unwrap_or_default();
        let length = match style {
            ScalarStyle::DoubleQuoted => double_quoted(token),
            ScalarStyle::SingleQuoted => single_quoted(token),
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => token.trim_end().len(),
        };
        bytes.start..bytes.start + length
    }

    fn close(&mut self) {
        let (node, anchor) = (self.builder.close(), self.open_anchors.pop());
        if let (Some(node), Some(anchor @ 1..)) = (node, anchor) {
            self.anchors.insert(anchor, (node as usize..self.builder.spots.len(), Box::default()));
        }
    }

    /// Repeats the nodes of an anchor; `false` if it is unknown or the limit is reached.
    fn repeat(&mut self, anchor: usize) -> bool {
        let Some((nodes, text)) = self.anchors.get(&anchor).cloned() else { return false };
        let spots = &self.builder.spots;
        if spots.len() + nodes.len() > self.limit {
            return false;
        }
        let Some(first) = spots.get(nodes.start) else { return false };
        let bytes = first.start as usize..first.end as usize;
        let moved = narrow(self.builder.node(bytes, || text) as usize - nodes.start);
        let start = self.builder.spots.len();
        self.builder.spots.extend_from_within(nodes.start + 1..nodes.end);
        let shift = |spot: &mut Spot| spot.parent += moved;
        self.builder.spots[start..].iter_mut().for_each(shift);
        true
    }
}

/// The length of a double-quoted token with backslash escapes.
fn double_quoted(token: &str) -> usize {
    let mut characters = token.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return at + 1,
            '\\' => {
                characters.next();
            }
            _ => {}
        }
    }
    token.len()
}

/// The length of a single-quoted token, in which two quotes stand for one.
fn single_quoted(token: &str) -> usize {
    let mut characters = token.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\'' && characters.next_if(|(_, next)| *next == '\'').is_none() {
            return at + 1;
        }
    }
    token.len()
}

/// Converts the parser's character offsets to byte offsets.
struct Characters<'t> {
    text: &'t str,
    /// The byte offset of every [`STRIDE`]th character; empty for ASCII text.
    checkpoints: Vec<usize>,
}

/// The distance in characters between checkpoints, which bounds the search.
const STRIDE: usize = 64;

impl<'t> Characters<'t> {
    fn new(text: &'t str) -> Self {
        let checkpoints = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect()
        };
        Self { text, checkpoints }
    }

    fn byte(&self, character: usize) -> usize {
        if self.checkpoints.is_empty() {
            return character.min(self.text.len());
        }
        let Some(start) = self.checkpoints.get(character / STRIDE) else { return self.text.len() };
        let mut rest = self.text[*start..].char_indices();
        rest.nth(character % STRIDE).map_or(self.text.len(), |(at, _)| start + at)
    }
}
