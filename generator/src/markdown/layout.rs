//! Lays out block elements of HTML as lines of Markdown.
//!
//! Breaks are written only once text follows: an empty item leaves nothing behind, and of several breaks in a row the
//! strongest is used.

use super::code::ticks;

/// Separates text from what was written before, weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    #[default]
    None,
    Space,
    Line,
    HardLine,
    Paragraph,
}

/// An open list, item or quotation.
struct Frame {
    kind: FrameKind,
    /// The prefix of its first line, until that is written.
    begin: Option<String>,
    /// The prefix of the other lines.
    prefix: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    List {
        /// The number of its next item, if numbered.
        next: Option<usize>,
        /// Whether it has had an item.
        begun: bool,
    },
    Item,
    Quotation,
}

/// An element that must stay on one line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flat {
    Heading,
    /// A row of a Markdown table.
    Row,
    /// An HTML table: the number of columns, known after the first row, and the number of cells in this row.
    Table {
        columns: Option<usize>,
        cells: usize,
    },
}

/// The maximum nesting of lists and quotations; deeper ones are flattened to it.
const DEPTH: usize = 12;

/// The largest item number (CommonMark 0.31 §5.2).
pub(super) const MOST: usize = 999_999_999;

/// Markdown under construction.
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

    /// Adds lines unchanged.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.flush();
        let prefix: String = self.frames.iter().map(|frame| frame.prefix.as_str()).collect();
        let lines = text.split('\n').collect::<Vec<_>>();
        self.out.push_str(&lines.join(&format!("\n{prefix}")));
    }

    /// Adds a code block.
    pub(super) fn code(&mut self, code: &str) {
        let fence = ticks(code, 3);
        self.part(Break::Paragraph);
        self.verbatim(&format!("{fence}\n{}\n{fence}", code.trim_end().trim_start_matches('\n')));
        self.part(Break::Paragraph);
    }

    /// Handles the end of a source line, which a blank line may follow.
    pub(super) fn line_end(&mut self, before_blank: bool) {
        let is_markdown = self.frames.is_empty() && matches!(self.flat, None | Some(Flat::Row));
        if is_markdown && self.pending == Break::None {
            self.out.push('\n');
        } else {
            self.part(if before_blank { Break::Paragraph } else { Break::Line });
        }
    }

    /// Whether the lines are plain Markdown, where indentation counts.
    pub(super) fn is_markdown(&self) -> bool {
        self.frames.is_empty() && self.flat.is_none()
    }

    /// Whether a break is pending before the next text.
    pub(super) fn is_pending(&self) -> bool {
        self.pending != Break::None
    }

    /// Adds a line break; two of them separate paragraphs.
    pub(super) fn line_break(&mut self) {
        let again = self.pending >= Break::HardLine;
        self.part(if again { Break::Paragraph } else { Break::HardLine });
    }

    /// Adds a break before the next text, unless nothing was written here yet.
    pub(super) fn part(&mut self, wanted: Break) {
        let starts = self.frames.last().is_some_and(|frame| frame.begin.is_some());
        match self.flat {
            Some(_) => self.pending = self.pending.max(Break::Space),
            None if starts => {}
            None => self.pending = self.pending.max(wanted),
        }
    }

    /// Writes the pending break.
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

    /// Opens or closes a list, optionally numbered.
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
        // After the first item, regardless of how its content ended.
        self.pending = if *begun { Break::Line } else { self.pending.max(Break::Line) };
        *begun = true;
        let prefix = " ".repeat(begin.len());
        self.open(FrameKind::Item, Some(begin), prefix);
    }

    /// Adds the description of a term to the term's item.
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

    /// Ends an open heading, even if it was not closed.
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

    /// Ends a table row, if one was started; the first is the head.
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

    /// Opens a table cell. One beyond the columns of the head is merged into the last column.
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

    /// Closes the innermost frame of a kind, and all within it.
    fn close(&mut self, is_wanted: fn(FrameKind) -> bool) {
        if let Some(at) = self.frames.iter().rposition(|frame| is_wanted(frame.kind)) {
            self.frames.truncate(at);
        }
    }
}
