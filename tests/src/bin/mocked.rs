//! Calls every operation of some documents against mock servers that others wrote, and holds what is refused to
//! `tests/mocked.toml`. `npm ci` in `tests/live` installs the servers.
//!
//! ```text
//! cargo run -p acceptance --bin mocked -- spec/gcore-iam.yaml ../shared/specs/real/qdrant.json [--prism | --steady]
//! ```
//!
//! | option | |
//! |---|---|
//! | `--prism`, `--steady` | one server alone |
//! | `--write FILE` | writes the table there as well |

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use acceptance::{
    mocked::{
        Document,
        call::{self, Calls},
        ledger::Ledger,
        mock::{Kind, Mock},
        table::{self, Row},
    },
    workspace::Generated,
};

/// What the arguments ask for.
#[derive(Default)]
struct Options {
    documents: Vec<PathBuf>,
    servers: Vec<Kind>,
    write: Option<PathBuf>,
}

fn main() -> ExitCode {
    let options = options();
    let (crates, ledger) = (Generated::kept("mocked"), Ledger::read());
    let mut rows = Vec::new();
    for path in &options.documents {
        if path.is_file() {
            rows.extend(try_document(path, &options.servers, &crates));
        } else {
            println!("skipped: {} is not at hand", path.display());
        }
    }
    let text = table::render(&rows, &ledger);
    println!("{text}");
    if let Some(path) = &options.write {
        fs::write(path, &text).expect("the table can be written");
    }
    conclude(&rows, &ledger)
}

fn options() -> Options {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let server = Kind::ALL.into_iter().find(|kind| argument.strip_prefix("--") == Some(kind.name()));
        match server {
            Some(server) => options.servers.push(server),
            None if argument == "--write" => options.write = arguments.next().map(PathBuf::from),
            None => options.documents.push(PathBuf::from(argument)),
        }
    }
    if options.servers.is_empty() {
        options.servers = Kind::ALL.to_vec();
    }
    options
}

/// A row for each server.
fn try_document(path: &Path, servers: &[Kind], crates: &Generated) -> Vec<Row> {
    let document = Document::new(path);
    let made = document.make(crates);
    let row = |mock: &Kind| {
        let calls = made.as_ref().map_err(Clone::clone).and_then(|made| {
            let server = Mock::start(*mock, path)?;
            Ok(call::run(made, &server))
        });
        let operations = made.as_ref().map_or(0, |made| made.operations);
        Row { document: document.name.clone(), operations, mock: *mock, calls }
    };
    servers.iter().map(row).collect()
}

/// Says what differs from the ledger.
fn conclude(rows: &[Row], ledger: &Ledger) -> ExitCode {
    let mut differences = Vec::new();
    for row in rows {
        // A server that does not start refuses the document itself.
        let calls = row
            .calls
            .clone()
            .unwrap_or_else(|why| Calls { count: 0, refused: [("the document".to_owned(), why)].into() });
        differences.extend(ledger.differences(&row.document, row.mock, &calls));
    }
    differences.iter().for_each(|difference| println!("{difference}"));
    if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
