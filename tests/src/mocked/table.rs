//! The report, as Markdown.

use super::{
    call::Calls,
    ledger::{Fault, Ledger},
    mock::Kind,
};

/// What came of a document and a server.
#[derive(Debug)]
pub struct Row {
    /// The name of the document.
    pub document: String,
    /// The number of its operations.
    pub operations: usize,
    /// The server.
    pub mock: Kind,
    /// What came of the calls, or why none was made.
    pub calls: Result<Calls, String>,
}

/// The table, and below it the reasons of the refusals that are listed.
pub fn render(rows: &[Row], ledger: &Ledger) -> String {
    let mut text = String::from(
        "| document | operations | server | calls | accepted | refused | by fault of the document | of the server | ours |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    rows.iter().for_each(|row| text.push_str(&line(row, ledger)));
    text.push('\n');
    for row in rows {
        for entry in ledger.of(&row.document, row.mock) {
            let count = entry.count;
            let fault = match entry.fault {
                Fault::Document => "the document",
                Fault::Mock => "the server",
                Fault::Ours => "ours",
            };
            let (document, mock) = (&row.document, row.mock.name());
            text.push_str(&format!("- {document}, {mock}, {count} ({fault}): {}\n", entry.reason));
        }
    }
    text
}

fn line(row: &Row, ledger: &Ledger) -> String {
    let Row { document, operations, mock, calls } = row;
    let start = format!("| {document} | {operations} | {}", mock.name());
    match calls {
        Err(why) => format!("{start} | none: {why} | | | | | |\n"),
        Ok(calls) => {
            let faults = ledger.faults(document, *mock, calls);
            let by = |fault| faults.get(&fault).copied().unwrap_or_default();
            let refused = calls.refused.len();
            format!(
                "{start} | {} | {} | {refused} | {} | {} | {} |\n",
                calls.count,
                calls.count - refused,
                by(Fault::Document),
                by(Fault::Mock),
                by(Fault::Ours)
            )
        }
    }
}
