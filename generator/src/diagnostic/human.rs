//! For people: a headline, the place, a source excerpt, advice.

use std::{collections::HashMap, ops::Range};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Code, Diagnostic, Diagnostics, Severity, printable, spot::Spot};
use crate::source::Files;

/// How many diagnostics of one code are printed.
const MOST_OF_ONE_CODE: usize = 20;

/// How many bytes of a line are shown before and after the place: a minified document may be one line of megabytes.
const BEFORE: usize = 60;
const AFTER: usize = 100;

/// Renders the diagnostics ordered by place, at most twenty of each code.
pub fn render(diagnostics: &Diagnostics, files: &Files, colour: bool) -> String {
    write(diagnostics, files, colour, MOST_OF_ONE_CODE)
}

/// Renders every diagnostic.
pub fn render_all(diagnostics: &Diagnostics, files: &Files, colour: bool) -> String {
    write(diagnostics, files, colour, usize::MAX)
}

fn write(diagnostics: &Diagnostics, files: &Files, colour: bool, most: usize) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut counts: HashMap<Code, usize> = HashMap::new();
    let mut out = String::new();
    for (diagnostic, spot) in diagnostics.in_order(files) {
        let count = counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= most {
            out.push_str(&one(diagnostic, &spot, files, &renderer));
            out.push_str("\n\n");
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

fn one(diagnostic: &Diagnostic, spot: &Spot, files: &Files, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group =
        Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.id()));
    let origin = origin(spot);
    let excerpt = Excerpt::of(spot, files);
    if let Some(excerpt) = &excerpt {
        let mark = AnnotationKind::Primary.span(excerpt.span.clone());
        let snippet = Snippet::source(excerpt.text.as_str()).line_start(spot.line).path(&origin);
        group = group.element(snippet.annotation(mark));
    } else if !origin.is_empty() {
        group = group.element(Origin::path(&origin));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    without_second_position(renderer.render(&[group]), &origin)
}

/// `path:line:column (/json/pointer)`
fn origin(spot: &Spot) -> String {
    let position = if spot.line == 0 { String::new() } else { format!(":{}:{}", spot.line, spot.column) };
    let pointer = spot.pointer.as_ref().map(ToString::to_string).filter(|pointer| !pointer.is_empty());
    let pointer = pointer.map(|pointer| format!(" ({pointer})")).unwrap_or_default();
    printable::line(&format!("{}{position}{pointer}", spot.path)).into_owned()
}

/// Removes the line and column that the renderer appends to the origin: it counts columns from the start of the
/// excerpt, which is wrong for a truncated line.
fn without_second_position(rendered: String, origin: &str) -> String {
    match rendered.split_once(&format!("{origin}:")).filter(|_| !origin.is_empty()) {
        Some((before, after)) => {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
            format!("{before}{origin}{after}")
        }
        None => rendered,
    }
}

/// The line of a place, truncated around the place if it is long.
struct Excerpt {
    text: String,
    span: Range<usize>,
}

impl Excerpt {
    fn of(spot: &Spot, files: &Files) -> Option<Self> {
        let file = spot.file?;
        let text = &files.get(file)?.text;
        let line = files.line(file, spot.line)?;
        let bytes = spot.bytes.clone()?;
        let start = bytes.start.clamp(line.start, line.end);
        let from = text.floor_char_boundary(start.saturating_sub(BEFORE).max(line.start));
        let to = text.floor_char_boundary(start.saturating_add(AFTER).min(line.end));
        let end = bytes.end.clamp(start, to.max(start));
        let ahead = if from > line.start { "…" } else { "" };
        let behind = if to < line.end { "…" } else { "" };
        let shown = |bytes: Range<usize>| -> Option<String> { Some(printable::excerpt(text.get(bytes)?)) };
        let before = ahead.to_owned() + &shown(from..start)?;
        let marked = shown(start..end)?;
        let span = before.len()..before.len() + marked.len();
        Some(Self { text: before + &marked + &shown(end..to)? + behind, span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::{FileId, Format, NodeId, Pointer, SourceFile};

    fn files(text: &str, format: Format) -> Files {
        let mut files = Files::default();
        files.add(SourceFile { path: "api.yaml".to_owned(), text: text.to_owned(), format });
        files
    }

    fn node(files: &Files, pointer: &str) -> NodeId {
        let pointer = Pointer::parse(pointer).expect("a pointer");
        files.find(FileId(0), &pointer).expect("it is there")
    }

    fn said(diagnostic: Diagnostic, files: &Files) -> String {
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(diagnostic);
        render(&diagnostics, files, false)
    }

    #[test]
    fn a_value_is_shown_in_its_line() {
        let files = files("a:\n  b/c: \"#/x\" # ref\n", Format::Yaml);
        let place = Place::Node(node(&files, "/a/b~1c"));
        let diagnostic =
            Diagnostic::new(Code::UnresolvedReference, place, "`#/x` is not there").help("add it");
        let expected = "\
warning[CW0101]: `#/x` is not there
 --> api.yaml:2:8 (/a/b~1c)
  |
2 |   b/c: \"#/x\" # ref
  |        ^^^^^
  |
  = help: add it

";
        assert_eq!(said(diagnostic, &files), expected);
    }

    #[test]
    fn a_long_line_is_cut_around_its_place() {
        let text = format!(
            "{{\"ü\": [{}], \"b\": true, \"c\": [{}]}}",
            "\"ä\",".repeat(999) + "1",
            "1,".repeat(999) + "1"
        );
        let files = files(&text, Format::Json);
        let text = said(Diagnostic::new(Code::WrongType, Place::Key(node(&files, "/b")), "no"), &files);
        assert!(text.lines().all(|line| line.chars().count() < 180), "{text}");
        assert!(text.contains(" --> api.yaml:1:4008 (/b)\n"), "{text}");
        let lines: Vec<&str> = text.lines().collect();
        let caret = lines[4].chars().position(|c| c == '^').expect("there is a caret");
        assert!(lines[3].chars().skip(caret).collect::<String>().starts_with("\"b\": true"), "{text}");
    }

    #[test]
    fn a_position_may_be_anywhere() {
        let files = files("ä: ö\r\n", Format::Yaml);
        for (line, column) in [(1, 1), (1, 4), (1, 5), (1, 99), (2, 1), (9, 9), (0, 0)] {
            let place = Place::Position { file: FileId(0), line, column };
            assert!(
                said(Diagnostic::new(Code::Syntax, place, "no"), &files).starts_with("error[CW0002]: no")
            );
        }
    }

    #[test]
    fn a_path_stands_alone() {
        let place = Place::Path("missing.yaml".to_owned());
        let text =
            said(Diagnostic::new(Code::FileNotReadable, place, "gone").help("look"), &Files::default());
        assert_eq!(text, "error[CW0001]: gone\n--> missing.yaml\n = help: look\n\n");
    }

    #[test]
    fn escapes_in_a_document_do_not_reach_the_terminal() {
        let files = files("a: \"\u{1b}[2J\u{9b}2J\u{202e}\"\n", Format::Yaml);
        let place = Place::Position { file: FileId(0), line: 1, column: 1 };
        let text = said(Diagnostic::new(Code::Syntax, place, "\u{1b}[31mred").help("a\n::error::b"), &files);
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']) && !text.contains("\n::"), "{text}");
    }

    #[test]
    fn many_of_one_code_are_counted() {
        let text = "- 1\n".repeat(57);
        let files = files(&text, Format::Yaml);
        let mut diagnostics = Diagnostics::new();
        for ordinal in 1..=57 {
            diagnostics.report(Code::UnsupportedKeyword, NodeId { file: FileId(0), ordinal }, "no effect");
        }
        let text = render(&diagnostics, &files, false);
        assert_eq!(text.matches("note[CW0106]").count(), 20);
        assert!(text.ends_with(
            "and 37 more CW0106 (a keyword has no effect on the generated code); --verbose shows all\n"
        ));
        assert_eq!(render_all(&diagnostics, &files, true).matches("CW0106").count(), 57);
    }
}
