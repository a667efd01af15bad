//! The table of a run, as Markdown.

use std::fmt::Write;

use super::{Document, Measured, compile::Said};

/// A document and what came of it.
pub struct Row {
    /// The document.
    pub document: Document,
    /// What came of generating it.
    pub measured: Measured,
    /// What the compiler said, if it was asked.
    pub said: Option<Said>,
}

/// The table.
pub fn render(rows: &[Row]) -> String {
    let mut text = String::from(
        "| document | operations | emitted | models | untyped | any value | diagnostics | lines | lines an operation | generated in s | MiB | checked in CPU s | errors | warnings |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        line(row, &mut text);
    }
    text.push('\n');
    text.push_str(&totals(rows));
    text
}

fn line(row: &Row, text: &mut String) {
    let (name, measured) = (&row.document.name, &row.measured);
    let (errors, warnings, checked) = match &row.said {
        Some(said) => (said.errors.to_string(), said.warnings.to_string(), seconds(said.seconds)),
        None => (".".to_owned(), ".".to_owned(), ".".to_owned()),
    };
    let codes: Vec<String> =
        measured.diagnostics.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let emitted =
        measured.refused.clone().map_or(measured.emitted.to_string(), |code| format!("refused: {code}"));
    let each = match measured.emitted {
        0 => ".".to_owned(),
        count => (measured.lines / count).to_string(),
    };
    let _ = writeln!(
        text,
        "| {name} | {} | {emitted} | {} | {} | {} | {} | {} | {each} | {:.2} | {} | {checked} | {errors} | {warnings} |",
        measured.declared,
        measured.models,
        measured.untyped(),
        measured.any,
        codes.join(", "),
        measured.lines,
        measured.seconds,
        measured.memory,
    );
}

fn seconds(seconds: f64) -> String {
    if seconds == 0.0 { ".".to_owned() } else { format!("{seconds:.1}") }
}

/// A line for each folder.
fn totals(rows: &[Row]) -> String {
    let mut text = String::new();
    let folder = |row: &Row| row.document.name.split('/').next().unwrap_or_default().to_owned();
    let folders: std::collections::BTreeSet<String> = rows.iter().map(folder).collect();
    for name in folders {
        let of: Vec<&Row> = rows.iter().filter(|row| folder(row) == name).collect();
        let sum = |of_one: fn(&Row) -> u64| of.iter().map(|row| of_one(row)).sum::<u64>();
        let (lines, emitted) = (sum(|row| row.measured.lines), sum(|row| row.measured.emitted));
        let compiled: Vec<&Said> = of.iter().filter_map(|row| row.said.as_ref()).collect();
        let said = |pick: fn(&Said) -> u64| compiled.iter().map(|said| pick(said)).sum::<u64>();
        let refused = of.iter().filter(|row| row.measured.refused.is_some()).count();
        let _ = writeln!(
            text,
            "`{name}`: {} documents, {refused} refused, {} operations, {emitted} emitted, {} untyped places, {lines} lines, {:.1} an operation; {} compiled, {} errors, {} warnings.",
            of.len(),
            sum(|row| row.measured.declared),
            sum(|row| row.measured.untyped()),
            lines as f64 / emitted.max(1) as f64,
            compiled.len(),
            said(|said| said.errors),
            said(|said| said.warnings),
        );
    }
    text
}
