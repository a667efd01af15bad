//! Sends values that documents allow through the crates generated from them, and holds what fails to
//! `tests/samples.toml`.
//!
//! ```text
//! cargo run --release -p acceptance --bin samples -- ../shared/specs/real ../shared/specs/edge
//! ```
//!
//! | option | |
//! |---|---|
//! | `--samples NUMBER` | how many samples a type has at most |
//! | `--stack BYTES` | the stack of the thread that reads and writes them |
//! | `--only TEXT` | only documents whose name has this in it |
//! | `--small` | only what compiles quickly and has many samples, by the ledger |
//! | `--update` | writes the ledger, and keeps the reasons in it |
//! | `--keep FOLDER` | keeps each sample that fails, with what came out |

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    sync::{Mutex, atomic::AtomicUsize, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

use acceptance::{
    corpus::{Document, compile::workspace_of, find, ledger::Differences},
    samples::{
        compile, driver,
        ledger::{self, Entry},
        prepare::{self, Prepared},
        run::{self, Failure},
        table::{self, Row},
    },
    workspace,
};

/// How many samples a type has at most.
const SAMPLES: usize = 60;

/// The stack that every sample must do with, in bytes.
const STACK: usize = 128 << 10;

/// How long a document may take to be prepared.
const TIME_LIMIT: Duration = Duration::from_secs(900);

/// Under `--small`, crates of at most so many lines.
const SMALL: u64 = 9_000;

/// Under `--small`, crates with a sample for so many lines at least: what they say is worth compiling them.
const LINES_A_SAMPLE: u64 = 4;

struct Options {
    folders: Vec<PathBuf>,
    samples: usize,
    stack: usize,
    only: Option<String>,
    keep: Option<PathBuf>,
    is_small: bool,
    is_update: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [one, package, document, folder, most] = arguments.as_slice()
        && one == "--one"
    {
        let most = most.parse().expect("a number was given");
        let prepared = prepare::one(package, document.as_ref(), folder.as_ref(), most);
        println!("{}", serde_json::to_string(&prepared).expect("plain data is JSON"));
        return ExitCode::SUCCESS;
    }
    let Some(options) = options(arguments) else {
        println!("an option has no value, or is not known; they are listed in tests/src/bin/samples.rs");
        return ExitCode::FAILURE;
    };
    let mut documents: Vec<Document> =
        options.folders.iter().flat_map(|folder| find::below(folder)).collect();
    documents.retain(|document| options.only.as_ref().is_none_or(|only| document.name.contains(only)));
    if options.is_small {
        small(&mut documents);
    }
    if documents.is_empty() {
        println!("skipped: there are no documents below {:?}", options.folders);
        return ExitCode::SUCCESS;
    }
    let folder = workspace::target().join("samples");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    fs::write(folder.join("samples-config.toml"), "models = \"all\"\n")
        .expect("the target folder can be written");
    let prepared = prepare_all(&documents, &folder, &options);
    let rows = run_all(prepared, &folder, &options);
    println!("{}", table::render(&rows));
    conclude(&rows, &options)
}

fn options(arguments: Vec<String>) -> Option<Options> {
    let mut options = Options {
        folders: Vec::new(),
        samples: SAMPLES,
        stack: STACK,
        only: None,
        keep: None,
        is_small: false,
        is_update: false,
    };
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--samples" => options.samples = arguments.next()?.parse().ok()?,
            "--stack" => options.stack = arguments.next()?.parse().ok()?,
            "--only" => options.only = Some(arguments.next()?),
            "--keep" => options.keep = Some(arguments.next()?.into()),
            "--small" => options.is_small = true,
            "--update" => options.is_update = true,
            flag if flag.starts_with("--") => return None,
            _ => options.folders.push(PathBuf::from(argument)),
        }
    }
    Some(options)
}

/// Leaves those that compile quickly and say much, as the ledger knows them.
fn small(documents: &mut Vec<Document>) {
    let ledger = ledger::read();
    documents.retain(|document| {
        ledger.get(&document.name).is_some_and(|entry| {
            entry.lines <= SMALL && entry.samples > 0 && entry.samples * LINES_A_SAMPLE >= entry.lines
        })
    });
}

/// Prepares documents, several at a time.
fn prepare_all(documents: &[Document], folder: &Path, options: &Options) -> Vec<(Document, Prepared, f64)> {
    let next = AtomicUsize::new(0);
    let all: Mutex<BTreeMap<usize, (Prepared, f64)>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((index, document)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    documents.get(index).map(|document| (index, document))
                } {
                    let started = Instant::now();
                    let prepared = prepare(document, folder, options.samples);
                    let seconds = started.elapsed().as_secs_f64();
                    all.lock().expect("no thread panics").insert(index, (prepared, seconds));
                }
            });
        }
    });
    let all = all.into_inner().expect("no thread panics").into_values();
    documents
        .iter()
        .zip(all)
        .map(|(document, (prepared, seconds))| (document.clone(), prepared, seconds))
        .collect()
}

/// Prepares a document in a process of its own, so that it costs nothing but its own line of the table.
fn prepare(document: &Document, folder: &Path, most: usize) -> Prepared {
    let report = folder.join(format!("{}.json", document.package()));
    let this = std::env::current_exe().expect("a running program has a path");
    let mut child = Command::new(this)
        .args(["--one", &document.package()])
        .args([document.path.as_path(), folder])
        .arg(most.to_string())
        .stdout(fs::File::create(&report).expect("the target folder can be written"))
        .stderr(Stdio::null())
        .spawn()
        .expect("this program runs");
    let started = Instant::now();
    while child.try_wait().expect("a child can be waited for").is_none() {
        if started.elapsed() > TIME_LIMIT {
            let _ = child.kill();
            let _ = child.wait();
            return Prepared { refused: Some("time limit".to_owned()), ..Prepared::default() };
        }
        thread::sleep(Duration::from_millis(5));
    }
    let text = fs::read_to_string(&report).expect("a report was written");
    let crash = |_| Prepared { refused: Some("crash".to_owned()), ..Prepared::default() };
    serde_json::from_str(&text).unwrap_or_else(crash)
}

/// Compiles the drivers and runs them.
fn run_all(prepared: Vec<(Document, Prepared, f64)>, folder: &Path, options: &Options) -> Vec<Row> {
    let generated = prepared.iter().filter(|(_, prepared, _)| prepared.refused.is_none());
    let packages: Vec<String> = generated
        .flat_map(|(document, ..)| [document.package(), driver::package(&document.package())])
        .collect();
    workspace_of(folder, &packages);
    let started = Instant::now();
    let errors = compile::build(folder);
    println!("compiled in {:.0} s", started.elapsed().as_secs_f64());
    let mut rows = Vec::new();
    for (document, mut prepared, seconds) in prepared {
        let (started, package) = (Instant::now(), document.package());
        prepared
            .unread
            .iter()
            .for_each(|line| println!("not read by the validator: {}: {line}", document.name));
        let error = errors.get(&package).or_else(|| errors.get(&driver::package(&package)));
        if let Some(error) = error {
            println!("does not compile: {}: {error}", document.name);
            prepared.refused = Some("does not compile".to_owned());
        }
        let mut entry =
            Entry { sha256: prepared.sha256.clone(), refused: prepared.refused.clone(), ..Entry::default() };
        if prepared.refused.is_none() {
            let program = compile::program(&driver::package(&package));
            let failures = run::samples(&program, &folder.join(driver::package(&package)), options.stack);
            keep(&document, &prepared, &failures, options);
            measure(&prepared, &failures, &run::sizes(&program).unwrap_or_default(), &mut entry);
        }
        let seconds = seconds + started.elapsed().as_secs_f64();
        rows.push(Row { name: document.name, prepared, entry, seconds });
    }
    rows
}

fn measure(prepared: &Prepared, failures: &[Failure], sizes: &[u64], entry: &mut Entry) {
    entry.lines = prepared.lines as u64;
    entry.samples = prepared.targets.iter().map(|target| target.kept).sum();
    entry.types = prepared.targets.iter().filter(|target| target.kept > 0).count() as u64;
    for failure in failures {
        let name = prepared.targets.get(failure.target).map(|target| target.name.clone()).unwrap_or_default();
        entry.failures.entry(name).or_default().count += 1;
    }
    for (model, size) in prepared.models.iter().zip(sizes) {
        if *size > entry.size {
            (entry.size, entry.largest) = (*size, model.name().to_owned());
        }
        if *size > model.limit {
            entry.large.insert(model.name().to_owned(), *size);
        }
    }
}

/// Keeps the samples that failed, with what came out: one file for each document.
fn keep(document: &Document, prepared: &Prepared, failures: &[Failure], options: &Options) {
    let Some(folder) = options.keep.as_ref().filter(|_| !failures.is_empty()) else { return };
    fs::create_dir_all(folder).expect("the folder can be written");
    let one = |failure: &Failure| {
        let name = prepared.targets.get(failure.target).map_or("", |target| target.name.as_str());
        let came = failure.written.as_deref().unwrap_or("nothing");
        format!("{name}: {}\n  sent {}\n  came {came}\n", failure.message, failure.sample)
    };
    let text: String = failures.iter().map(one).collect();
    fs::write(folder.join(format!("{}.txt", document.package())), text).expect("the folder can be written");
}

/// Compares with the ledger, or writes it.
fn conclude(rows: &[Row], options: &Options) -> ExitCode {
    let mut known = ledger::read();
    let mut differences = Differences::default();
    for row in rows {
        let mut entry = row.entry.clone();
        ledger::compare(&row.name, known.get(&row.name), &entry, &mut differences);
        if let Some(known) = known.get(&row.name) {
            ledger::keep_reasons(known, &mut entry);
        }
        known.insert(row.name.clone(), entry);
    }
    differences.better.iter().for_each(|line| println!("not in the ledger: {line}"));
    differences.worse.iter().for_each(|line| println!("worse: {line}"));
    if options.is_update {
        ledger::write(&known);
        let path = ledger::path();
        println!("written: {}", path.strip_prefix(workspace::root()).unwrap_or(&path).display());
        return ExitCode::SUCCESS;
    }
    if differences.worse.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
