//! The whole pipeline, from a path to a package with diagnostics.

mod reconcile;

use std::path::{Path, PathBuf};
use std::thread;

pub use reconcile::{Reconciled, reconcile};

use crate::{
    analyse, config,
    config::{Config, Inputs},
    diagnostic::{Code, Diagnostic, Diagnostics, Place, Policy},
    document, emit,
    ir::{Api, Shape, TypeDef},
    load, lower, name,
    name::Names,
    normalise,
    pack::{self, Package, Printer},
    resolve, route,
    source::{FileId, Files, Format, Node},
};

/// What to generate from.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The document; by default the one in the configuration.
    pub spec: Option<PathBuf>,
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// The package name; by default from the configuration, or else the document's title.
    pub name: Option<String>,
    /// Whether the crate has a test for each operation, whatever the configuration says.
    pub tests: bool,
    /// Whether warnings are errors.
    pub strict: bool,
    /// Which files may be read, in addition to those that the configuration allows.
    pub inputs: Inputs,
    /// The client's module in a crate of the user (`api::petstore`), as for [`emit::root`]; `None` for a crate of its
    /// own.
    pub module: Option<String>,
}

/// The result of a run.
#[derive(Debug)]
pub struct Run {
    /// Every file that was read.
    pub files: Files,
    /// The diagnostics about them.
    pub diagnostics: Diagnostics,
    /// The configuration.
    pub config: Config,
    /// The document, if it was read.
    pub spec: Option<FileId>,
    /// The generated code; `None` if there is an error among the diagnostics.
    pub output: Option<Output>,
}

/// The generated code and what it was made from.
#[derive(Debug)]
pub struct Output {
    /// The intermediate representation.
    pub api: Api,
    /// The Rust names.
    pub names: Names,
    /// The crate.
    pub package: Package,
}

/// How much was generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The number of operations.
    pub operations: usize,
    /// The number of structs and enums.
    pub models: usize,
}

impl Output {
    /// How much was generated.
    pub fn counts(&self) -> Counts {
        let is_declared = |def: &&TypeDef| def.same_as.is_none() && !matches!(def.shape, Shape::Alias(_));
        let models = self.api.types.iter().filter(is_declared);
        Counts { operations: self.api.operations.len(), models: models.count() }
    }
}

/// The stack of a run in bytes: enough for the deepest accepted document in an unoptimised build, independent of the
/// caller's thread. Only the used part takes memory.
const STACK: usize = 64 << 20;

/// Generates a client. Never fails: errors are among the diagnostics.
pub fn run(request: &Request) -> Run {
    on_deep_stack(|| generate_all(request))
}

/// Runs work on a thread with a large stack.
fn on_deep_stack<T: Send>(work: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| {
        let own = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work);
        match own.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // No thread could be started.
            Err(_) => work(),
        }
    })
}

fn generate_all(request: &Request) -> Run {
    let mut files = Files::default();
    let mut diagnostics = Diagnostics::new();
    let mut spec = None;
    let config = read_config(request, &mut files, &mut diagnostics);
    let output = config.as_ref().and_then(|config| {
        let root = read_spec(request, config, &mut files, &mut diagnostics)?;
        spec = Some(root.id.file);
        generate(root, request, &files, config, &mut diagnostics)
    });
    let config = config.unwrap_or_default();
    diagnostics.apply(&policy(request, &config));
    Run { output: output.filter(|_| !diagnostics.failed()), files, diagnostics, config, spec }
}

/// Reads the configuration, or the default if there is none; a broken one is an error.
fn read_config(request: &Request, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<Config> {
    let mut config = match &request.config {
        None => Config::default(),
        Some(path) => {
            let file = match load::read_text(files, path, Format::Toml) {
                Ok(file) => file,
                Err(diagnostic) => {
                    diagnostics.push(*diagnostic);
                    return None;
                }
            };
            let text = files.get(file).map(|file| file.text.clone()).unwrap_or_default();
            match config::parse(file, &text) {
                Ok(config) => config,
                Err(found) => {
                    found.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
                    return None;
                }
            }
        }
    };
    if let Some(name) = &request.name {
        config.package.name = Some(name.clone());
    }
    // Within a crate of the user, tests are the user's.
    config.tests = (config.tests || request.tests) && request.module.is_none();
    config.inputs.extend(&request.inputs);
    Some(config)
}

/// Reads the requested document, or the one in the configuration.
fn read_spec(
    request: &Request,
    config: &Config,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let named = config.spec.as_ref().map(|spec| beside_config(request, spec));
    match request.spec.clone().or(named) {
        Some(path) => load::read_with_files(files, diagnostics, &path, &config.inputs),
        None => {
            // Without a configuration there is no file to point at.
            let place = request.config.as_deref().map_or(".".into(), load::display);
            let message = "no document is named: neither as an argument nor as `spec` in a configuration";
            let said = Diagnostic::new(Code::FileNotReadable, Place::Path(place), message);
            diagnostics.push(
                said.help("`cratewright generate openapi.yaml`, or `cratewright init openapi.yaml` once"),
            );
            None
        }
    }
}

/// The severities from arguments and configuration.
fn policy(request: &Request, config: &Config) -> Policy {
    let configured = &config.diagnostics;
    Policy {
        allow: configured.allow.iter().map(|code| (code.value, code.place.clone())).collect(),
        deny: configured.deny.iter().map(|code| code.value).collect(),
        strict: request.strict,
    }
}

/// Resolves a path in the configuration relative to its folder.
fn beside_config(request: &Request, path: &str) -> PathBuf {
    let folder = request.config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    folder.join(path)
}

/// The folder of the crate: as requested, as configured, or named after the package.
pub fn output_folder(run: &Run, request: &Request, asked: Option<&Path>) -> PathBuf {
    let configured = run.config.output.as_ref().map(|output| beside_config(request, output));
    let named =
        || run.output.as_ref().map_or_else(PathBuf::new, |output| output.names.package.clone().into());
    asked.map(Path::to_owned).or(configured).unwrap_or_else(named)
}

fn generate(
    mut root: Node,
    request: &Request,
    files: &Files,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Output> {
    if !normalise::correct(&mut root, &config.corrections, diagnostics) {
        return None;
    }
    let root = normalise::run(root, files, &config.types.overrides, diagnostics)?;
    let document = resolve::Document::new(document::build(root, diagnostics));
    let api = lower::run(&document, config, diagnostics);
    drop(document);
    let mut api = route::run(api, config, diagnostics);
    analyse::make_finite(&mut api, diagnostics);
    analyse::fill_tags(&mut api);
    analyse::split_by_direction(&mut api);
    analyse::find_equal(&mut api);
    let facts = analyse::run(&api);
    let names = name::run(&api, &facts, config);
    let (mut printer, root) = (Printer::default(), emit::root(request.module.as_deref()));
    let mut take = |path: &str, tokens| printer.add(path, tokens);
    let needs = emit::run(&api, &facts, &names, config, &root, &mut take);
    match pack::run(printer, &needs, &api, &names, config) {
        Ok(package) => Some(Output { api, names, package }),
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            None
        }
    }
}
