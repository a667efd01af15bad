//! The table of a run, as Markdown.

use std::fmt::Write;

use super::{ledger::Entry, prepare::Prepared};

/// A document and what came of it.
pub struct Row {
    /// Its name.
    pub name: String,
    /// What came of it before it was compiled.
    pub prepared: Prepared,
    /// What stands in the ledger.
    pub entry: Entry,
    /// Seconds of generating and of running.
    pub seconds: f64,
}

#[derive(Default)]
struct Figures {
    components: u64,
    tried: u64,
    kept: u64,
    failed: u64,
}

impl Row {
    fn figures(&self) -> Figures {
        let sampled = || self.prepared.targets.iter().filter(|target| target.kept > 0);
        Figures {
            components: sampled().filter(|target| target.is_component).count() as u64,
            tried: self.prepared.targets.iter().map(|target| target.tried).sum(),
            kept: self.prepared.targets.iter().map(|target| target.kept).sum(),
            failed: self.entry.failures.values().map(|known| known.count).sum(),
        }
    }
}

/// The table.
pub fn render(rows: &[Row]) -> String {
    let mut text = String::from(
        "| document | types | components | tried | kept | failed | largest type | bytes | seconds |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut total = Figures::default();
    for row in rows {
        let Figures { components, tried, kept, failed } = row.figures();
        let _ = writeln!(
            text,
            "| {} | {} | {components} | {tried} | {kept} | {failed} | {} | {} | {:.1} |",
            row.name, row.entry.types, row.entry.largest, row.entry.size, row.seconds
        );
        total.components += components;
        total.tried += tried;
        total.kept += kept;
        total.failed += failed;
    }
    let _ = writeln!(
        text,
        "\n{} documents, {} types, {} components, {} samples tried, {} kept, {} failed; {} models larger than they may be.",
        rows.len(),
        rows.iter().map(|row| row.entry.types).sum::<u64>(),
        total.components,
        total.tried,
        total.kept,
        total.failed,
        rows.iter().map(|row| row.entry.large.len()).sum::<usize>(),
    );
    text
}
