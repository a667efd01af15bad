//! What reading and writing the largest bodies in documents of others costs, beside structs written by hand with derives
//! of `serde`.
//!
//! ```text
//! cargo run --release -p acceptance --bin largest [FILE…]
//! ```
//!
//! The files are names in `../shared/specs/real`. Of each document the largest JSON examples of success are measured that
//! their schemas allow and its crate reads without deviation, one of each type. Where those are small, or there are none, a body made from a
//! schema comes in addition. Large crates are compiled with optimisation, which takes minutes.

use std::{env, path::Path, process::ExitCode};

use acceptance::{
    largest::{Body, driver, find, largest, run, schemas::Schemas, table},
    samples::{document::Document, prepare},
    workspace::{self, Generated},
};
use cratewright::{
    config::Inputs,
    diagnostic::Diagnostics,
    load,
    pipeline::{self, Request},
    source::Files,
};

/// The documents that are measured unless others are named.
const DOCUMENTS: &[&str] = &["box.json", "github.json", "stripe.yml"];

/// How many bodies of a kind are compiled, in case some are not read as they should be.
const COMPILED: usize = 6;

/// How many examples of a document are measured, and how many bodies that were made.
const SHOWN: usize = 3;
const MADE: usize = 2;

/// Examples of fewer bytes than this say little.
const SMALL: usize = 4 << 10;

/// A document whose crate and driver are written.
struct Prepared {
    document: String,
    package: String,
    bodies: Vec<Body>,
}

fn main() -> ExitCode {
    let Some(folder) = workspace::shared("specs/real") else { return ExitCode::SUCCESS };
    let named: Vec<String> = env::args().skip(1).collect();
    let usual = DOCUMENTS.iter().map(|&name| name.to_owned()).collect();
    let documents: Vec<String> = if named.is_empty() { usual } else { named };
    match measure(&documents, &folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(documents: &[String], folder: &Path) -> Result<(), String> {
    let crates = Generated::kept("largest");
    let mut prepared = Vec::new();
    for document in documents {
        match folder.join(document) {
            path if path.is_file() => prepared.push(prepare(document, &path, &crates)?),
            path => println!("skipped: {} is not at hand", path.display()),
        }
    }
    println!("compiling with optimisation: this takes minutes");
    for one in &prepared {
        crates.cargo(&["build", "--release", "--package", &driver::package(&one.package)])?;
    }
    let mut rows = Vec::new();
    for one in &prepared {
        rows.extend(measure_one(one)?);
    }
    println!("\n{}", table::HEAD);
    rows.iter().for_each(|row| println!("{row}"));
    Ok(())
}

/// Writes the crate of a document, and the driver beside it.
fn prepare(document: &str, path: &Path, crates: &Generated) -> Result<Prepared, String> {
    let stem = Path::new(document).file_stem().unwrap_or_default().to_string_lossy();
    let package = format!("largest-{stem}");
    let run = pipeline::run(&Request {
        spec: Some(path.to_owned()),
        name: Some(package.clone()),
        ..Request::default()
    });
    let why = || format!("{document}: nothing is generated; `cratewright check {}` says why", path.display());
    let (Some(output), Some(spec)) = (&run.output, run.spec) else { return Err(why()) };
    let read = Document::read(path, spec).ok_or_else(why)?;
    let bodies = bodies(document, &find::replies(&read, output), &read, path)?;
    let manifest = output.package.files.get("Cargo.toml").map_or("", String::as_str);
    let files = driver::files(&package, manifest, &bodies).map_err(|error| error.to_string())?;
    prepare::write(&crates.member(&package), &output.package.files);
    prepare::write(&crates.member(&driver::package(&package)), &files);
    Ok(Prepared { document: document.to_owned(), package, bodies })
}

/// The bodies that are compiled: those shown, then those made.
fn bodies(
    document: &str,
    replies: &[find::Reply],
    read: &Document,
    path: &Path,
) -> Result<Vec<Body>, String> {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let root = load::read_with_files(&mut files, &mut diagnostics, path, &Inputs::default());
    let shown = root.map(|root| find::shown(replies, read, &root)).unwrap_or_default();
    println!("{document}: {} replies in JSON, {} examples", replies.len(), shown.len());
    let schemas = Schemas::new(replies, read);
    let judge = schemas.judge().map_err(|error| format!("{document}: {error}"))?;
    let is_fit = |body: &Body| schemas.allow(body, &judge);
    let mut bodies = largest(shown, COMPILED, is_fit);
    if bodies.first().is_none_or(|body| body.json.len() < SMALL) {
        bodies.extend(largest(schemas.made(replies), COMPILED, is_fit));
    }
    Ok(bodies)
}

/// Measures the first bodies that are read and written as they came; a row for each.
fn measure_one(prepared: &Prepared) -> Result<Vec<String>, String> {
    let Prepared { document, package, bodies } = prepared;
    let program = driver::package(package);
    let checked = run::check(&program)?;
    let mut rows = Vec::new();
    for (is_shown, most) in [(true, SHOWN), (false, MADE)] {
        let of_kind =
            bodies.iter().zip(&checked).enumerate().filter(|(_, (body, _))| body.is_shown == is_shown);
        let mut left = most;
        for (number, (body, wrong)) in of_kind {
            if left == 0 {
                break;
            }
            if !wrong.is_empty() {
                println!("passed over: {document}: {} ({} bytes): {wrong}", body.operation, body.json.len());
                continue;
            }
            println!("measured: {document}: {} as {}, {}", body.operation, body.ty, driver::module(number));
            rows.push(table::row(document, body, &run::measure(&program, number)?));
            left -= 1;
        }
    }
    Ok(rows)
}
