//! For people: a headline, the place, an excerpt of the source, advice.

use std::collections::HashMap;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Code, Diagnostic, Diagnostics, Severity, spot::Spot};
use crate::source::Files;

/// How many diagnostics of one code are written out.
const MOST_OF_ONE_CODE: usize = 20;

/// How many bytes of a line are shown on either side of the place.
const MOST_OF_A_LINE: usize = 100;

/// All diagnostics in the order of their places, those of one code up to twenty.
pub fn render(diagnostics: &Diagnostics, files: &Files, colour: bool) -> String {
    write(diagnostics, files, colour, MOST_OF_ONE_CODE)
}

/// Every diagnostic.
pub fn render_all(diagnostics: &Diagnostics, files: &Files, colour: bool) -> String {
    write(diagnostics, files, colour, usize::MAX)
}

fn write(diagnostics: &Diagnostics, files: &Files, colour: bool, most: usize) -> String {
    let mut counts: HashMap<Code, usize> = HashMap::new();
    let mut out = String::new();
    for (diagnostic, spot) in diagnostics.in_order(files) {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= most {
            out.push_str(&one(diagnostic, &spot, files, colour));
            out.push('\n');
        }
    }
    for code in Code::ALL {
        let more = counts.get(code).copied().unwrap_or(0).saturating_sub(most);
        if more > 0 {
            out.push_str(&format!("and {more} more {} ({}); --verbose shows all\n", code.id(), code.title()));
        }
    }
    out
}

fn one(diagnostic: &Diagnostic, spot: &Spot, files: &Files, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.id());
    let mut group = annotate_snippets::Group::with_title(title);
    let excerpt = spot.file.and_then(|file| Some((files.get(file)?, spot.bytes.clone()?)));
    let label = spot.pointer.as_ref().map(|pointer| format!("#{pointer}"));
    let window = excerpt.map(|(file, bytes)| (file, Window::around(&file.text, bytes)));
    match &window {
        Some((file, window)) => {
            let mark = AnnotationKind::Primary.span(window.span.clone()).label(label);
            let snippet = Snippet::source(window.text.as_str()).line_start(spot.line).path(&file.path);
            group = group.element(snippet.annotation(mark));
        }
        None if !spot.path.is_empty() => {
            group = group.element(annotate_snippets::Origin::path(spot.path.as_str()));
        }
        None => {}
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group]) + "\n"
}

/// The line of a place; of a long line, what surrounds the place.
struct Window {
    text: String,
    span: std::ops::Range<usize>,
}

impl Window {
    fn around(text: &str, bytes: std::ops::Range<usize>) -> Self {
        let start = text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[bytes.start..].find('\n').map_or(text.len(), |at| bytes.start + at);
        let from = boundary(text, bytes.start.saturating_sub(MOST_OF_A_LINE).max(start));
        let to = boundary(text, (bytes.start + MOST_OF_A_LINE).min(end));
        // Where only part of a line is shown, its start is blank so that the column stays true to the eye.
        let line = text[from..to].replace('\t', " ");
        let span = (bytes.start - from)..(bytes.end.clamp(bytes.start + 1, to.max(bytes.start + 1)) - from);
        let span = span.start.min(line.len())..span.end.min(line.len()).max(span.start.min(line.len()));
        Self { text: line, span }
    }
}

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
