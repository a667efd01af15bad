//! What is done for one document, in a process of its own: its crate, the driver beside it, and the samples.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use cratewright::{
    diagnostic::Severity,
    ir::Shape,
    pipeline::{self, Output, Request},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    collect,
    conjunction::Conjunctions,
    cost,
    dialect::Schemas,
    document::Document,
    driver,
    judge::Judge,
    targets::{Finding, Target},
    value::Maker,
};
use crate::golden;

/// What came of a document before anything is compiled.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prepared {
    /// Every file of the document, hashed.
    pub sha256: String,
    /// Lines of all sources.
    pub lines: usize,
    /// Why nothing is generated.
    pub refused: Option<String>,
    /// Types with samples, by their number in the driver.
    pub targets: Vec<Sampled>,
    /// Structs and enums, by their number in the driver.
    pub models: Vec<Model>,
    /// What the validator could not read.
    pub unread: Vec<String>,
}

/// A type and how many samples it has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sampled {
    /// What the ledger calls it.
    pub name: String,
    /// Values that were made.
    pub tried: u64,
    /// Those that the schema allows.
    pub kept: u64,
    /// Whether it is a component schema.
    pub is_component: bool,
}

/// A struct or an enum, and how much memory it may take.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Its path in the crate.
    pub path: String,
    /// Bytes at most.
    pub limit: u64,
}

impl Model {
    /// Its name.
    pub fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or_default()
    }
}

/// The file of the samples: a line each, the number of its type before a tab and JSON.
pub fn samples_file(driver: &Path) -> PathBuf {
    driver.join("samples.txt")
}

/// Prepares a document: writes `folder/package` and `folder/package-driver`.
pub fn one(package: &str, path: &Path, folder: &Path, most: usize) -> Prepared {
    let config = folder.join("samples-config.toml");
    let run = pipeline::run(&Request {
        spec: Some(path.to_owned()),
        config: Some(config),
        name: Some(package.to_owned()),
        ..Request::default()
    });
    let mut digest = Sha256::new();
    let files = run.files.iter().filter(|file| !file.path.ends_with("samples-config.toml"));
    files.for_each(|file| digest.update(file.text.as_bytes()));
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let error = run.diagnostics.items().iter().find(|one| one.severity == Severity::Error);
    let refused = error.map(|error| error.code.id().to_owned());
    let prepared = Prepared { sha256, refused, ..Prepared::default() };
    let document = run.spec.and_then(|spec| Document::read(path, spec));
    let (Some(output), Some(document)) = (&run.output, document) else { return prepared };
    let sources = output.package.files.iter().filter(|(name, _)| name.ends_with(".rs"));
    let lines = sources.map(|(_, text)| text.lines().count()).sum();
    write(&folder.join(package), &output.package.files);
    let mut prepared = Prepared { lines, ..prepared };
    sample(output, &document, &folder.join(driver::package(package)), most, &mut prepared);
    prepared
}

/// Collects the samples, and writes the driver.
fn sample(output: &Output, document: &Document, driver: &Path, most: usize, prepared: &mut Prepared) {
    let mut schemas = Schemas::new(document);
    let mut targets = Finding::all(&mut schemas, output);
    let definitions = schemas.into_definitions();
    let depths = cost::depths(&definitions);
    let maker = Maker { conjunctions: Conjunctions { definitions: &definitions, depths: &depths } };
    let mut lines = String::new();
    let judge = match Judge::new(&definitions) {
        Ok(judge) => judge,
        Err(message) => return prepared.unread.push(message),
    };
    for (number, target) in targets.iter_mut().enumerate() {
        let mut sampled =
            Sampled { name: target.name.clone(), is_component: target.is_component, ..Sampled::default() };
        match judge.validator(target.definition) {
            Ok(validator) => {
                if target.leaves_null && validator.is_valid(&Value::Null) {
                    target.ty = format!("Option<{}>", target.ty);
                }
                let schema = &definitions[target.definition];
                let collected = collect::samples(&maker, &validator, schema, &target.shown, most);
                sampled.tried = collected.tried;
                sampled.kept = collected.kept.len() as u64;
                collected.kept.iter().for_each(|json| lines.push_str(&format!("{number}\t{json}\n")));
            }
            Err(message) => prepared.unread.push(format!("{}: {message}", target.name)),
        }
        prepared.targets.push(sampled);
    }
    prepared.models = models(output);
    write(driver, &files(output, &targets, &prepared.models));
    fs::write(samples_file(driver), lines).expect("the target folder can be written");
}

fn files(output: &Output, targets: &[Target], models: &[Model]) -> BTreeMap<String, String> {
    let library = output.names.library();
    let types: Vec<&str> = targets.iter().map(|target| target.ty.as_str()).collect();
    let models: Vec<String> = models.iter().map(|model| format!("{library}::{}", model.path)).collect();
    let manifest = output.package.files.get("Cargo.toml").map_or("", String::as_str);
    driver::files(&output.names.package, manifest, &types, &models)
}

/// Structs and enums with what they may take: 64 bytes a member, or 128.
fn models(output: &Output) -> Vec<Model> {
    const MEMBER: u64 = 64;
    const ENUM: u64 = 128;
    let named = output.api.type_ids().filter_map(|id| {
        let limit = match &output.api.type_def(id).shape {
            // The last member holds what the schema does not name.
            Shape::Record(record) => MEMBER * (record.fields.len() as u64 + 1),
            Shape::Enumeration(_) | Shape::Union(_) => ENUM,
            Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => return None,
        };
        let is_webhook = output.api.webhooks.as_ref().is_some_and(|webhooks| webhooks.ty == id);
        let module = if is_webhook { "webhooks" } else { "models" };
        Some(Model { path: format!("{module}::{}", output.names.type_def(id).ident.plain()), limit })
    });
    named.collect()
}

/// Makes a folder hold these files and no other sources; what is as it should be stays untouched, so that it is not
/// compiled again.
pub fn write(folder: &Path, files: &BTreeMap<String, String>) {
    for stale in
        golden::read(&folder.join("src")).keys().filter(|name| !files.contains_key(&format!("src/{name}")))
    {
        fs::remove_file(folder.join("src").join(stale)).expect("the target folder can be written");
    }
    for (name, text) in files {
        let path = folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|known| known == *text) {
            continue;
        }
        fs::create_dir_all(path.parent().expect("a file is in a folder"))
            .expect("the target folder can be written");
        fs::write(path, text).expect("the target folder can be written");
    }
}
