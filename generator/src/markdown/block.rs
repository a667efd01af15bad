//! Writes blocks (paragraphs, lists, tables, code) as Markdown, from the events of the parser.
//!
//! Not recursive: open blocks are a stack of frames, and a frame that ends becomes a block of the enclosing one.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::{
    code::ticks,
    compact::{self, RULES},
    escape, inline, mark, parse,
    piece::{Blank, Piece, Span},
};

/// The maximum nesting of lists and quotations; deeper ones are flattened to it.
const DEPTH: usize = 12;

/// Renders every block, with a blank line between them.
pub(super) fn render(text: &str, aside: &[String]) -> String {
    read(text, Writer::new(aside)).join("\n\n")
}

/// Renders every block in as few lines as possible.
pub(super) fn render_compact(text: &str, aside: &[String]) -> String {
    stacked(&read(text, Writer { compact: true, ..Writer::new(aside) }))
}

/// The blocks of a text.
fn read(text: &str, mut writer: Writer<'_>) -> Vec<String> {
    parse::events(text).for_each(|event| writer.event(event));
    writer.paragraph();
    writer.frames.pop().map(|frame| frame.blocks).unwrap_or_default()
}

fn stacked(blocks: &[String]) -> String {
    blocks.iter().fold(String::new(), |mut text, block| {
        compact::append(&mut text, block);
        text
    })
}

/// Renders the first text block as one line.
pub(super) fn first_line(text: &str, aside: &[String]) -> String {
    let mut writer = Writer::new(aside);
    let first = parse::events(text).find_map(|event| {
        let text = ends_text(&event).then(|| inline::one_line(std::mem::take(&mut writer.pieces)));
        writer.event(event);
        text.filter(|text| !text.is_empty())
    });
    first.unwrap_or_default()
}

/// Whether a text ends here, as a block begins or ends.
fn ends_text(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => parse::opened(tag).is_none(),
        Event::End(tag) => parse::closed(*tag).is_none(),
        Event::Rule => true,
        _ => false,
    }
}

/// An open list, item or quotation, or the whole text.
struct Frame {
    kind: FrameKind,
    blocks: Vec<String>,
    /// Whether its blocks are separated by blank lines.
    loose: bool,
    /// The marker of the last block's items, if that is a list.
    list: Option<char>,
}

enum FrameKind {
    Text,
    Quotation,
    /// The number of the next item if numbered, and the marker or the character after the number.
    List(Option<u64>, char),
    Item,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    rows: Vec<Vec<String>>,
}

struct Writer<'s> {
    aside: &'s [String],
    /// Whether to prefer few lines over blank lines between blocks.
    compact: bool,
    frames: Vec<Frame>,
    /// How many open frames are too deep to be on the stack.
    deeper: usize,
    pieces: Vec<Piece>,
    code: Option<String>,
    /// The label that the next paragraph starts with.
    label: Option<&'static str>,
    table: Table,
}

impl<'s> Writer<'s> {
    fn new(aside: &'s [String]) -> Self {
        let text = Frame { kind: FrameKind::Text, blocks: Vec::new(), loose: true, list: None };
        Self {
            aside,
            compact: false,
            frames: vec![text],
            deeper: 0,
            pieces: Vec::new(),
            code: None,
            label: None,
            table: Table::default(),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        if let (Some(code), Event::Text(text)) = (&mut self.code, &event) {
            return code.push_str(&mark::plain(text, self.aside));
        }
        match parse::push(&mut self.pieces, event, self.aside) {
            Some(Event::Start(tag)) => self.start(tag),
            Some(Event::End(tag)) => self.end(tag),
            Some(Event::Rule) => {
                self.paragraph();
                self.block(self.rule().to_owned());
            }
            Some(Event::TaskListMarker(done)) => self.task(done),
            Some(_) | None => {}
        }
    }

    /// A rule. In an item that starts with `*` another one would be a single rule with it.
    fn rule(&self) -> &'static str {
        match self.frames.as_slice() {
            [.., Frame { kind: FrameKind::List(_, '*'), .. }, Frame { kind: FrameKind::Item, .. }] => {
                RULES[1]
            }
            _ => RULES[0],
        }
    }

    /// Writes the box of a task at the start of an item, the only place where it is recognised.
    fn task(&mut self, done: bool) {
        let frame = self.frames.last().filter(|frame| self.deeper == 0 && frame.blocks.is_empty());
        if frame.is_some_and(|frame| matches!(frame.kind, FrameKind::Item)) {
            self.pieces.push(Piece::Task(done));
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if !matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell) {
            self.paragraph();
        }
        match tag {
            Tag::Paragraph => {
                self.loosen();
                self.labelled();
            }
            Tag::BlockQuote(kind) => {
                self.open(FrameKind::Quotation);
                self.label = kind.map(label);
            }
            Tag::List(first) => {
                let kind = self.list(first);
                self.open(kind);
            }
            Tag::Item => self.open(FrameKind::Item),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.code = Some(String::new())
            }
            Tag::Table(alignments) => self.table = Table { alignments, rows: Vec::new() },
            Tag::TableHead | Tag::TableRow => self.table.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = inline::heading(std::mem::take(&mut self.pieces));
                if !text.is_empty() {
                    self.block(format!("{} {text}", "#".repeat(level as usize)));
                }
            }
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.block(fenced(&code));
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.paragraph();
                self.close();
            }
            TagEnd::TableCell => {
                let cell = inline::cell(std::mem::take(&mut self.pieces));
                if let Some(row) = self.table.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.block(table.render());
            }
            TagEnd::TableHead | TagEnd::TableRow => {}
            _ => self.paragraph(),
        }
    }

    /// Ends the open paragraph, if any.
    fn paragraph(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        self.block(match self.compact {
            true => escape::line(inline::one_line(pieces)),
            false => inline::paragraph(pieces),
        });
    }

    fn block(&mut self, text: String) {
        if let Some(frame) = self.frames.last_mut().filter(|_| !text.is_empty()) {
            frame.blocks.push(text);
            frame.list = None;
        }
    }

    fn labelled(&mut self) {
        if let Some(label) = self.label.take() {
            let text = Piece::Text(label.to_owned());
            let label =
                [Piece::Open(Span::Strong), text, Piece::Close(Span::Strong), Piece::Blank(Blank::SoftBreak)];
            self.pieces.extend(label);
        }
    }

    fn loosen(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.loose = true;
        }
    }

    /// Starts a list. Directly after another list it uses the other marker, so that they do not merge.
    fn list(&self, first: Option<u64>) -> FrameKind {
        let marks = if first.is_some() { ['.', ')'] } else { ['-', '*'] };
        let before = self.frames.last().and_then(|frame| frame.list);
        FrameKind::List(first, if before == Some(marks[0]) { marks[1] } else { marks[0] })
    }

    fn open(&mut self, kind: FrameKind) {
        if self.deeper > 0 || self.frames.len() > DEPTH {
            self.deeper += 1;
            self.loosen();
        } else {
            let loose = matches!(kind, FrameKind::Quotation);
            self.frames.push(Frame { kind, blocks: Vec::new(), loose, list: None });
        }
    }

    fn close(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let text = match (&frame.kind, frame.loose) {
            (FrameKind::List(..), _) if self.compact => frame.blocks.join("\n"),
            _ if self.compact => stacked(&frame.blocks),
            (_, true) => frame.blocks.join("\n\n"),
            (_, false) => frame.blocks.join("\n"),
        };
        if text.is_empty() || self.compact && self.is_announced(&frame) {
            return;
        }
        match frame.kind {
            FrameKind::Text => {}
            FrameKind::Quotation => self.block(prefixed(&text, "> ", "> ")),
            FrameKind::List(_, mark) => {
                self.block(text);
                if let Some(outer) = self.frames.last_mut() {
                    outer.list = Some(mark);
                }
            }
            FrameKind::Item => self.item(&text, frame.loose),
        }
    }

    /// Whether a list was merged into the paragraph before it.
    fn is_announced(&mut self, list: &Frame) -> bool {
        let before = self.frames.last_mut().and_then(|outer| outer.blocks.last_mut());
        matches!(list.kind, FrameKind::List(None, _))
            && before.is_some_and(|before| compact::announce(before, &list.blocks))
    }

    fn item(&mut self, text: &str, loose: bool) {
        let Some(Frame { kind: FrameKind::List(next, mark), blocks, loose: any, .. }) =
            self.frames.last_mut()
        else {
            return self.block(text.to_owned());
        };
        let begin = match next {
            Some(number) => {
                let begin = format!("{number}{mark} ");
                // Ten digits are not a valid item number (CommonMark §5.2).
                *number = (*number + 1).min(999_999_999);
                begin
            }
            None => format!("{mark} "),
        };
        blocks.push(prefixed(text, &begin, &" ".repeat(begin.len())));
        *any |= loose;
    }
}

fn label(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note:",
        BlockQuoteKind::Tip => "Tip:",
        BlockQuoteKind::Important => "Important:",
        BlockQuoteKind::Warning => "Warning:",
        BlockQuoteKind::Caution => "Caution:",
    }
}

/// Prefixes the first line and the others.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let lines = text.lines().enumerate().map(|(at, line)| {
        let prefix = if at == 0 { first } else { rest };
        format!("{prefix}{line}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A code block, marked as text so that rustdoc does not compile it.
fn fenced(code: &str) -> String {
    let code = code.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let code = code.trim_matches('\n');
    if code.is_empty() {
        return String::new();
    }
    let fence = ticks(code, 3);
    format!("{fence}text\n{code}\n{fence}")
}

impl Table {
    fn render(&self) -> String {
        let rule = self.alignments.iter().map(|alignment| match alignment {
            Alignment::None => "---",
            Alignment::Left => ":--",
            Alignment::Center => ":-:",
            Alignment::Right => "--:",
        });
        let rule = format!("|{}|", rule.collect::<Vec<_>>().join("|"));
        let mut lines: Vec<String> = self.rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        if !lines.is_empty() {
            lines.insert(1, rule);
        }
        lines.join("\n")
    }
}
