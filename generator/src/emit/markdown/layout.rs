//! Lines of Markdown made from what HTML says stands apart. In: text, and where parts begin and end. Out: Markdown.
//!
//! Nothing is written before text comes that needs it: an item without content leaves nothing behind, and of several
//! ends in a row the strongest counts.

use super::inline::longest_run;

/// What parts what follows from what was written, the weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    #[default]
    None,
    Space,
    Line,
    HardLine,
    Paragraph,
}

/// A list, an item or a quotation that is open.
struct Frame {
    kind: FrameKind,
    /// What stands before its first line, until that is written.
    begin: Option<String>,
    /// What stands before every other line.
    prefix: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    List {
        /// The number of its next item, if they are counted.
        next: Option<usize>,
        /// Whether it had an item.
        begun: bool,
    },
    Item,
    Quotation,
}

/// What has to stay on one line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flat {
    Heading,
    /// A row of a table in Markdown.
    Row,
    /// A table in HTML: how many columns its first row has, once that has ended, and how many cells this row.
    Table {
        columns: Option<usize>,
        cells: usize,
    },
}

/// How deep lists and quotations nest; what is nested deeper stands at this depth.
const DEPTH: usize = 12;

/// The greatest number of an item (CommonMark 0.31 §5.2).
pub(super) const MOST: usize = 999_999_999;

/// Markdown that is being written.
#[derive(Default)]
pub(super) struct Layout {
    pub out: String,
    pending: Break,
    frames: Vec<Frame>,
    pub flat: Option<Flat>,
}

impl Layout {
    /// Adds text within a line.
    pub(super) fn text(&mut self, text: &str) {
        let text = if self.pending == Break::None { text } else { text.trim_start_matches(' ') };
        if text.is_empty() {
            return;
        }
        self.flush();
        match self.flat {
            Some(Flat::Table { .. }) => self.out.push_str(&text.replace('|', "\\|")),
            Some(Flat::Heading | Flat::Row) | None => self.out.push_str(text),
        }
    }

    /// Adds lines that stay as they are.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.flush();
        let prefix: String = self.frames.iter().map(|frame| frame.prefix.as_str()).collect();
        let lines = text.split('\n').collect::<Vec<_>>();
        self.out.push_str(&lines.join(&format!("\n{prefix}")));
    }

    /// Adds a block of code.
    pub(super) fn code(&mut self, code: &str) {
        let fence = "`".repeat(3.max(longest_run(code, '`') + 1));
        self.part(Break::Paragraph);
        self.verbatim(&format!("{fence}\n{}\n{fence}", code.trim_end().trim_start_matches('\n')));
        self.part(Break::Paragraph);
    }

    /// The end of a line of the document, before a blank one or not.
    pub(super) fn line_end(&mut self, before_blank: bool) {
        let is_markdown = self.frames.is_empty() && matches!(self.flat, None | Some(Flat::Row));
        if is_markdown && self.pending == Break::None {
            self.out.push('\n');
        } else {
            self.part(if before_blank { Break::Paragraph } else { Break::Line });
        }
    }

    /// Whether lines are Markdown's own, whose indentation counts.
    pub(super) fn is_markdown(&self) -> bool {
        self.frames.is_empty() && self.flat.is_none()
    }

    /// Whether something parts what comes next from what was written.
    pub(super) fn is_pending(&self) -> bool {
        self.pending != Break::None
    }

    /// A line break; two of them part paragraphs.
    pub(super) fn line_break(&mut self) {
        let again = self.pending >= Break::HardLine;
        self.part(if again { Break::Paragraph } else { Break::HardLine });
    }

    /// What follows stands apart from what was written, unless nothing was written here yet.
    pub(super) fn part(&mut self, wanted: Break) {
        let starts = self.frames.last().is_some_and(|frame| frame.begin.is_some());
        match self.flat {
            Some(_) => self.pending = self.pending.max(Break::Space),
            None if starts => {}
            None => self.pending = self.pending.max(wanted),
        }
    }

    /// Writes what parts the text that comes now from that before.
    pub(super) fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if pending <= Break::Space {
            let is_apart = self.out.is_empty() || self.out.ends_with([' ', '\n']);
            self.out.push_str(if pending == Break::None || is_apart { "" } else { " " });
            return;
        }
        self.out.truncate(self.out.trim_end_matches([' ', '\n']).len());
        let begun = self.frames.iter().take_while(|frame| frame.begin.is_none());
        let blank: String = begun.map(|frame| frame.prefix.as_str()).collect();
        if !self.out.is_empty() {
            self.out.push_str(if pending == Break::HardLine { "  \n" } else { "\n" });
            if pending == Break::Paragraph {
                self.out.push_str(blank.trim_end());
                self.out.push('\n');
            }
        }
        for frame in &mut self.frames {
            match frame.begin.take() {
                Some(begin) => self.out.push_str(&begin),
                None => self.out.push_str(&frame.prefix),
            }
        }
    }

    /// Opens or closes a list, counted from a number or not.
    pub(super) fn list(&mut self, closes: bool, first: Option<usize>) {
        if closes {
            self.close(|kind| matches!(kind, FrameKind::List { .. }));
            self.part(Break::Paragraph);
            return;
        }
        let within = self.frames.last().is_some_and(|frame| frame.kind == FrameKind::Item);
        self.part(if within { Break::Line } else { Break::Paragraph });
        self.open(FrameKind::List { next: first, begun: false }, None, String::new());
    }

    /// Opens or closes an item of a list.
    pub(super) fn item(&mut self, closes: bool) {
        if closes {
            return self.part(Break::Line);
        }
        let list = self.frames.iter().rposition(|frame| matches!(frame.kind, FrameKind::List { .. }));
        let Some(list) = list else {
            self.list(false, None);
            return self.item(false);
        };
        self.frames.truncate(list + 1);
        let Some(Frame { kind: FrameKind::List { next, begun }, .. }) = self.frames.last_mut() else {
            return;
        };
        let begin = next.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
        *next = next.map(|number| (number + 1).min(MOST));
        // After the first, whatever its content ended with.
        self.pending = if *begun { Break::Line } else { self.pending.max(Break::Line) };
        *begun = true;
        let prefix = " ".repeat(begin.len());
        self.open(FrameKind::Item, Some(begin), prefix);
    }

    /// What is said of a term, in the term's item.
    pub(super) fn description(&mut self, closes: bool) {
        let is_item =
            self.frames.last().is_some_and(|frame| frame.kind == FrameKind::Item && frame.begin.is_none());
        if closes {
            self.part(Break::Line);
        } else if is_item {
            self.out.truncate(self.out.trim_end_matches([' ', '\n']).len());
            self.out.push_str(if self.out.ends_with(':') { "" } else { ":" });
            self.pending = Break::Space;
        } else {
            self.item(false);
        }
    }

    /// Opens or closes a quotation.
    pub(super) fn quotation(&mut self, closes: bool) {
        if closes {
            self.close(|kind| kind == FrameKind::Quotation);
            self.part(Break::Paragraph);
        } else {
            self.part(Break::Paragraph);
            self.open(FrameKind::Quotation, Some("> ".to_owned()), "> ".to_owned());
        }
    }

    /// Opens or closes a heading.
    pub(super) fn heading(&mut self, level: u8, closes: bool) {
        self.part(Break::Paragraph);
        if !closes {
            self.flush();
            self.out.push_str(&"#".repeat(level.into()));
            self.flat = Some(Flat::Heading);
            self.pending = Break::Space;
        }
    }

    /// Ends a heading, whether it was closed or not.
    pub(super) fn end_heading(&mut self) {
        if self.flat == Some(Flat::Heading) {
            self.flat = None;
            self.part(Break::Paragraph);
        }
    }

    /// Opens or closes a table.
    pub(super) fn table(&mut self, closes: bool) {
        self.row();
        self.flat = None;
        self.part(Break::Paragraph);
        if !closes {
            self.flat = Some(Flat::Table { columns: None, cells: 0 });
        }
    }

    /// Ends a row of a table, if one has begun; the first one is the head.
    pub(super) fn row(&mut self) {
        let Some(Flat::Table { columns, cells: cells @ 1.. }) = self.flat else { return };
        self.pending = Break::None;
        self.out.push_str(" |");
        if columns.is_none() {
            self.verbatim(&format!("\n|{}", "---|".repeat(cells)));
        }
        self.flat = Some(Flat::Table { columns: columns.or(Some(cells)), cells: 0 });
        self.pending = Break::Line;
    }

    /// Opens a cell of a table. One that the head has no column for belongs to the last that it has.
    pub(super) fn cell(&mut self) {
        let Some(Flat::Table { columns, cells }) = self.flat else { return self.part(Break::Space) };
        if columns == Some(cells) {
            return self.part(Break::Space);
        }
        if cells == 0 {
            self.flush();
        }
        self.pending = Break::None;
        self.out.push_str(if cells == 0 { "| " } else { " | " });
        self.flat = Some(Flat::Table { columns, cells: cells + 1 });
    }

    fn open(&mut self, kind: FrameKind, begin: Option<String>, prefix: String) {
        if self.frames.len() < DEPTH {
            if begin.is_some() {
                self.pending = self.pending.max(Break::Line);
            }
            self.frames.push(Frame { kind, begin, prefix });
        }
    }

    /// Closes the innermost frame of a kind, with all within it.
    fn close(&mut self, is_wanted: fn(FrameKind) -> bool) {
        if let Some(at) = self.frames.iter().rposition(|frame| is_wanted(frame.kind)) {
            self.frames.truncate(at);
        }
    }
}
