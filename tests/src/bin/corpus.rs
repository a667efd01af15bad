//! Generates and compiles every document below some folders, and holds what comes of it to `tests/corpus.toml`.
//!
//! ```text
//! cargo run -p acceptance --bin corpus -- ../shared/specs/real ../shared/specs/edge [--clippy] [--doc]
//! ```
//!
//! | option | |
//! |---|---|
//! | `--generate-only` | compiles nothing |
//! | `--timed` | compiles each crate by itself, and says what that costs |
//! | `--clippy`, `--doc` | asks clippy, rustdoc as well |
//! | `--small` | compiles one in six of those that do not take long |
//! | `--update` | writes the ledger |
//! | `--write FILE` | writes the table there as well |

use std::{collections::BTreeMap, fs, path::PathBuf, process::ExitCode};

use acceptance::{
    corpus::{
        Document,
        compile::{self, Said, Tool},
        find,
        ledger::{self, Differences, Entry},
        measure,
        table::{self, Row},
    },
    workspace,
};

/// Crates of more lines than this are not compiled under `--small`.
const SMALL: u64 = 20_000;

/// One in so many of the others is.
const SHARE: usize = 6;

#[derive(Default)]
struct Options {
    folders: Vec<PathBuf>,
    flags: Vec<String>,
    write: Option<PathBuf>,
}

impl Options {
    fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|known| known == flag)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [one, package, document, output] = arguments.as_slice()
        && one == "--one"
    {
        println!("{}", measure::one(package, document.as_ref(), output.as_ref()));
        return ExitCode::SUCCESS;
    }
    let options = options(arguments);
    let documents: Vec<Document> = options.folders.iter().flat_map(|folder| find::below(folder)).collect();
    if documents.is_empty() {
        println!("skipped: there are no documents below {:?}", options.folders);
        return ExitCode::SUCCESS;
    }
    let mut rows = generate(documents);
    if !options.has("--generate-only") {
        compile(&mut rows, &options);
    }
    let text = table::render(&rows);
    println!("{text}");
    if let Some(path) = &options.write {
        fs::write(path, format!("{}{text}", coverage(&options))).expect("the table can be written");
    }
    conclude(&rows, &options)
}

fn options(arguments: Vec<String>) -> Options {
    let mut options = Options::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--write" => options.write = arguments.next().map(PathBuf::from),
            flag if flag.starts_with("--") => options.flags.push(argument),
            _ => options.folders.push(PathBuf::from(argument)),
        }
    }
    options
}

fn generate(documents: Vec<Document>) -> Vec<Row> {
    let folder = compile::folder();
    fs::create_dir_all(&folder).expect("the target folder can be written");
    documents
        .into_iter()
        .map(|document| {
            let measured = measure::measure(&document, &folder.join(document.package()));
            Row { document, measured, said: None }
        })
        .collect()
}

fn compile(rows: &mut [Row], options: &Options) {
    let is_cut = options.has("--small");
    let compiles =
        |row: &&mut Row| row.measured.refused.is_none() && (!is_cut || row.measured.lines <= SMALL);
    let step = if is_cut { SHARE } else { 1 };
    let packages: Vec<String> =
        rows.iter_mut().filter(compiles).step_by(step).map(|row| row.document.package()).collect();
    let chosen = |row: &&mut Row| packages.contains(&row.document.package());
    compile::workspace_of(&compile::folder(), &packages);
    let mut said = compile::all(Tool::Check, &packages);
    if options.has("--timed") {
        said = packages.iter().map(|package| (package.clone(), compile::timed(package))).collect();
    }
    for (flag, tool) in [("--clippy", Tool::Clippy), ("--doc", Tool::Doc)] {
        if options.has(flag) {
            add(compile::all(tool, &packages), &mut said);
        }
    }
    for row in rows.iter_mut().filter(chosen) {
        row.said = Some(said.remove(&row.document.package()).unwrap_or_default());
    }
}

fn add(more: BTreeMap<String, Said>, said: &mut BTreeMap<String, Said>) {
    for (package, one) in more {
        let known = said.entry(package).or_default();
        known.errors += one.errors;
        known.warnings += one.warnings;
        known.first = known.first.take().or(one.first);
    }
}

/// Compares with the ledger, or writes it.
fn conclude(rows: &[Row], options: &Options) -> ExitCode {
    let mut known = ledger::read();
    let mut differences = Differences::default();
    for row in rows {
        let (name, entry) = (&row.document.name, Entry::from(&row.measured));
        ledger::compare(name, known.get(name), &entry, &mut differences);
        known.insert(name.clone(), entry);
        if let Some(said) = row.said.as_ref().filter(|said| said.errors + said.warnings > 0) {
            let first = said.first.as_deref().unwrap_or_default();
            differences
                .worse
                .push(format!("{name}: {} errors, {} warnings: {first}", said.errors, said.warnings));
        }
    }
    differences.better.iter().for_each(|line| println!("not in the ledger: {line}"));
    differences.worse.iter().for_each(|line| println!("worse: {line}"));
    if options.has("--update") {
        ledger::write(&known);
        println!(
            "written: {}",
            ledger::path().strip_prefix(workspace::root()).unwrap_or(&ledger::path()).display()
        );
        return ExitCode::SUCCESS;
    }
    if differences.worse.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What stands before the table in the documentation.
fn coverage(options: &Options) -> String {
    let asked =
        ["--generate-only", "--small", "--clippy", "--doc"].into_iter().filter(|flag| options.has(flag));
    let asked: Vec<&str> = asked.collect();
    let tools = match (options.has("--clippy"), options.has("--doc")) {
        (true, true) => "rustc, clippy and rustdoc",
        (true, false) => "rustc and clippy",
        (false, true) => "rustc and rustdoc",
        (false, false) => "rustc",
    };
    COVERAGE.replace("{asked}", &asked.join(" ")).replace("{tools}", tools)
}

/// Its text.
const COVERAGE: &str = "# What is read of the documents of others

Written by `cargo run --release -p acceptance --bin corpus -- ../shared/specs/real ../shared/specs/edge {asked}
--write generator/docs/coverage.md`. The documents are not part of this repository.

\"Untyped\" counts places that are typed as any JSON value although the document says more, by their diagnostics: a
reference to nothing (CW0101) or to itself (CW0102), one that is not followed (CW0104), a file that is missing or not allowed (CW0121, CW0122), a schema that no type expresses (CW0301),
branches that contradict each other (CW0302), nesting beyond the limit (CW0304). \"Any value\" counts all such places,
most of which say nothing in the document either. Seconds of one run; compare within one run. Errors and warnings are those of
{tools}.

";
