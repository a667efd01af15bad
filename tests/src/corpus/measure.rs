//! Generates one document, in a process of its own: a document that hangs, overflows the stack or takes all memory
//! costs nothing but its own line of the table.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use cratewright::{
    diagnostic::Severity,
    ir::{Api, Payload, Rest, Shape, Type},
    load,
    pipeline::{self, Request},
    source::{Files, Node, Pointer},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Document;

/// How long a document may take to be generated.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// Codes of places that a type says less of than the document.
pub const UNTYPED: &[&str] =
    &["CW0101", "CW0102", "CW0104", "CW0121", "CW0122", "CW0301", "CW0302", "CW0304"];

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// What came of generating a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// Every file of the document, hashed.
    pub sha256: String,
    /// Operations in the document, counted without the generator.
    pub declared: u64,
    /// Operations emitted.
    pub emitted: u64,
    /// Structs and enums.
    pub models: u64,
    /// Places typed as any JSON value, whether or not the document says more.
    pub any: u64,
    /// How often each code was reported.
    pub diagnostics: BTreeMap<String, u64>,
    /// Why nothing was generated: the code of the first error, or what became of the process.
    pub refused: Option<String>,
    /// Lines of all `.rs` files.
    pub lines: u64,
    /// Seconds of generating.
    pub seconds: f64,
    /// Peak memory, in MiB.
    pub memory: u64,
}

impl Measured {
    /// Places that are typed as less than the document says.
    pub fn untyped(&self) -> u64 {
        UNTYPED.iter().filter_map(|code| self.diagnostics.get(*code)).sum()
    }
}

/// Generates a document into a folder, in a child process.
pub fn measure(document: &Document, output: &Path) -> Measured {
    let this = std::env::current_exe().expect("a running program has a path");
    let mut child = Command::new(this)
        .args(["--one", &document.package()])
        .args([document.path.as_path(), output])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program runs");
    let started = Instant::now();
    while child.try_wait().expect("a child can be waited for").is_none() {
        if started.elapsed() > TIME_LIMIT {
            let _ = child.kill();
            let _ = child.wait();
            return Measured { refused: Some("time limit".to_owned()), ..Measured::default() };
        }
        thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().expect("a child that ended has its output");
    match serde_json::from_slice::<Value>(&output.stdout) {
        Ok(report) => read(&report),
        Err(_) => Measured { refused: Some("crash".to_owned()), ..Measured::default() },
    }
}

fn read(report: &Value) -> Measured {
    let number = |key: &str| report[key].as_u64().unwrap_or_default();
    let codes = report["diagnostics"].as_object().into_iter().flatten();
    Measured {
        sha256: report["sha256"].as_str().unwrap_or_default().to_owned(),
        declared: number("declared"),
        emitted: number("emitted"),
        models: number("models"),
        any: number("any"),
        diagnostics: codes.map(|(code, count)| (code.clone(), count.as_u64().unwrap_or_default())).collect(),
        refused: report["refused"].as_str().map(str::to_owned),
        lines: number("lines"),
        seconds: report["seconds"].as_f64().unwrap_or_default(),
        memory: number("memory"),
    }
}

/// What the child does: generates, writes, and reports as JSON.
pub fn one(package: &str, document: &Path, output: &Path) -> Value {
    let started = Instant::now();
    let run = pipeline::run(&Request {
        spec: Some(document.to_owned()),
        name: Some(package.to_owned()),
        ..Request::default()
    });
    let seconds = started.elapsed().as_secs_f64();
    let mut digest = Sha256::new();
    run.files.iter().for_each(|file| digest.update(file.text.as_bytes()));
    let mut codes: BTreeMap<&str, u64> = BTreeMap::new();
    run.diagnostics.items().iter().for_each(|one| *codes.entry(one.code.id()).or_default() += 1);
    let error = run.diagnostics.items().iter().find(|one| one.severity == Severity::Error);
    let mut report = json!({
        "sha256": digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
        "declared": declared(document),
        "diagnostics": codes,
        "refused": error.map(|error| error.code.id()),
        "seconds": seconds,
        "memory": peak_memory(),
    });
    if let Some(generated) = &run.output {
        let counts = generated.counts();
        report["emitted"] = json!(counts.operations);
        report["models"] = json!(counts.models);
        report["any"] = json!(any(&generated.api));
        report["lines"] = json!(write(&generated.package.files, output));
    }
    report
}

/// Writes what changed, so that what did not is not compiled again; the lines of all sources.
fn write(files: &BTreeMap<String, String>, folder: &Path) -> usize {
    let _ = fs::remove_dir_all(folder.join("src"));
    let mut lines = 0;
    for (name, text) in files {
        let path: PathBuf = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("the target folder can be written");
        fs::write(path, text).expect("the target folder can be written");
        lines += if name.ends_with(".rs") { text.lines().count() } else { 0 };
    }
    lines
}

/// Operations in a document: entries under `paths` that are called like a method.
fn declared(document: &Path) -> u64 {
    let mut files = Files::default();
    let mut diagnostics = cratewright::diagnostic::Diagnostics::new();
    let Some(root) = load::read(&mut files, &mut diagnostics, document) else { return 0 };
    let paths = root.get("paths").and_then(Node::as_object).into_iter().flatten();
    paths.filter(|(path, _)| path.starts_with('/')).map(|(_, item)| operations(&root, item, 0)).sum()
}

fn operations(root: &Node, item: &Node, depth: usize) -> u64 {
    let target = item.get("$ref").and_then(Node::as_str).filter(|text| text.starts_with('#') && depth < 8);
    if let Some(target) = target.and_then(Pointer::parse).and_then(|pointer| pointer.find(root).cloned()) {
        return operations(root, &target, depth + 1);
    }
    let named = METHODS.iter().filter(|method| item.get(method).is_some_and(|one| one.as_object().is_some()));
    let further = item.get("additionalOperations").and_then(Node::as_object).map_or(0, |more| more.len());
    (named.count() + further) as u64
}

/// Places typed as any JSON value.
fn any(api: &Api) -> usize {
    let mut count = 0;
    let mut add = |ty: &Type| count += any_in(ty);
    for def in &api.types {
        match &def.shape {
            Shape::Record(record) => {
                record.fields.iter().for_each(|field| add(&field.ty));
                if let Rest::Typed(ty, _) = &record.rest {
                    add(ty);
                }
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| add(&variant.ty)),
            Shape::Alias(ty) => add(ty),
            Shape::Multipart(form) => form.parts.iter().for_each(|part| add(&part.field.ty)),
            Shape::Cases(cases) => cases.iter().for_each(|case| {
                if let Some(Payload::Json(ty)) = &case.payload {
                    add(ty);
                }
            }),
            Shape::Enumeration(_) => {}
        }
    }
    count
}

fn any_in(ty: &Type) -> usize {
    match ty {
        Type::Any => 1,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => any_in(inner),
        Type::Tuple(items, rest) => items.iter().chain(rest.as_deref()).map(any_in).sum(),
        Type::Primitive(_) | Type::Scalar(_) | Type::Named(_) | Type::File => 0,
    }
}

/// The most memory that this process has had, in MiB; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}
