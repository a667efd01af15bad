//! Generates a client from a build script.
//!
//! ```no_run
//! // build.rs
//! cratewright::Builder::new("openapi.yaml").generate_to_out_dir().unwrap_or_exit();
//! ```
//!
//! ```ignore
//! // src/main.rs, in any module
//! mod api {
//!     include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
//! }
//! ```
//!
//! The crate itself must have the features and dependencies that the client needs. If some are missing, the build says
//! which.

mod surroundings;

use std::{
    env,
    path::{Path, PathBuf},
    process::exit,
};

use crate::{
    config,
    diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity, Spot, cargo},
    load, pack,
    pipeline::{self, Request, Run},
    source::FileId,
    write,
};
use surroundings::{Site, Surroundings};

/// Generates a client while a crate is built, as one module of it.
#[derive(Clone, Debug)]
pub struct Builder {
    request: Request,
    module: Option<String>,
    out_dir: Option<PathBuf>,
}

impl Builder {
    /// Creates a builder for this document. Uses `cratewright.toml` if it exists and does not name another document.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        let spec = spec.into();
        let config = Some(PathBuf::from(config::DEFAULT_FILE)).filter(|path| is_for(path, &spec));
        let request = Request { spec: Some(spec), config, ..Request::default() };
        Self { request, module: None, out_dir: None }
    }

    /// Sets the configuration file.
    #[must_use]
    pub fn config(mut self, path: impl Into<PathBuf>) -> Self {
        self.request.config = Some(path.into());
        self
    }

    /// Sets the path, from the root of the crate, of the module that includes the generated file: `api::petstore`,
    /// whose file is `petstore.rs`. By default it is the module with the `include!`, and the file is named after the
    /// document; if the `include!` cannot be found, because a macro writes it, the module is named like the file.
    #[must_use]
    pub fn module(mut self, path: impl Into<String>) -> Self {
        self.module = Some(path.into());
        self
    }

    /// Treats warnings as errors.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.request.strict = strict;
        self
    }

    /// Allows a `$ref` to a file outside the document's folder.
    #[must_use]
    pub fn allow_outside(mut self, allow: bool) -> Self {
        self.request.inputs.allow_outside = allow;
        self
    }

    /// Allows a `$ref` to an `http` or `https` URL.
    #[must_use]
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.request.inputs.remote = allow;
        self
    }

    /// Allows URLs to redirect to this host, given with its port if it is not the default.
    #[must_use]
    pub fn allow_redirect(mut self, host: impl Into<String>) -> Self {
        self.request.inputs.redirects.push(host.into());
        self
    }

    /// Limits the total size of the document and the files it refers to, in MiB; 64 by default.
    #[must_use]
    pub fn max_size(mut self, mebibytes: u32) -> Self {
        self.request.inputs.max_size = Some(mebibytes);
        self
    }

    /// Sets a folder to write to instead of `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Writes the module to `OUT_DIR`, leaving an unchanged file untouched, and tells cargo which files to watch.
    ///
    /// Errors are put into the module as `compile_error!`, so that editors and `--message-format=json` show them too;
    /// if it is unknown whether the module is included, they are reported to cargo.
    pub fn generate_to_out_dir(&self) -> BuildOutcome {
        let crate_built = Surroundings::find().filter(|_| self.out_dir.is_none());
        let sites = crate_built.as_ref().map(|built| built.sites(&self.file())).unwrap_or_default();
        let module = self.module_path(&sites);
        let mut run =
            pipeline::run(&Request { module: module.as_ref().ok().cloned(), ..self.request.clone() });
        run.diagnostics.raise(&run.files, costs_a_body);
        let written = module.and_then(|module| self.write(&run, crate_built.as_ref(), &module));
        if let Err(diagnostic) = written {
            run.diagnostics.push(*diagnostic);
        }
        let mut watched: Vec<&str> = run.files.iter().map(|file| file.path.as_str()).collect();
        // The module contains paths that depend on where it is included.
        watched.extend(sites.iter().map(|site| site.path.as_str()));
        if run.diagnostics.items().iter().any(|one| one.code == Code::BuildSetup) {
            watched.extend(["Cargo.toml", "src"]);
        }
        let mut instructions: String = watched.into_iter().map(cargo::rerun_if_changed).collect();
        let failed = run.diagnostics.failed();
        let is_told = failed && !sites.is_empty() && self.write_errors(&run).is_ok();
        let mut said = run.diagnostics;
        if is_told {
            said.retain(|one| one.severity != Severity::Error);
        }
        instructions.push_str(&cargo::render(&said, &run.files, load::from_workspace));
        BuildOutcome { instructions, failed: failed && !is_told }
    }

    fn write(&self, run: &Run, built: Option<&Surroundings>, module: &str) -> Result<(), Box<Diagnostic>> {
        let Some(output) = run.output.as_ref().filter(|_| !run.diagnostics.failed()) else { return Ok(()) };
        if let Some(built) = built {
            check_manifest(&output.package, &built.manifest())?;
        }
        let text = pack::module(&output.package, module)?;
        write::file(&self.folder()?.join(self.file()), &text).map_err(Box::new)
    }

    /// Writes the errors of a run into the module.
    fn write_errors(&self, run: &Run) -> Result<(), Box<Diagnostic>> {
        let mut errors = Diagnostics::new();
        errors.take_errors(run.diagnostics.clone());
        let text = cargo::compile_errors(&errors, &run.files, load::from_workspace);
        write::file(&self.folder()?.join(self.file()), &text).map_err(Box::new)
    }

    fn folder(&self) -> Result<PathBuf, Box<Diagnostic>> {
        match (&self.out_dir, env::var_os("OUT_DIR")) {
            (Some(folder), _) => Ok(folder.clone()),
            (None, Some(folder)) => Ok(PathBuf::from(folder)),
            (None, None) => {
                let place = Place::Path("OUT_DIR".to_owned());
                let unset = Diagnostic::new(Code::OutputNotWritable, place, "OUT_DIR is not set");
                Err(Box::new(unset.help("call this from a build script, or name a folder with `out_dir`")))
            }
        }
    }

    /// The file name: after the given module, or else the document.
    fn file(&self) -> String {
        let named = self.module.as_deref().and_then(|module| module.rsplit("::").next());
        format!("{}.rs", named.map_or_else(|| self.stem(), str::to_owned))
    }

    fn stem(&self) -> String {
        let stem = self.request.spec.as_deref().and_then(Path::file_stem).map(|stem| stem.to_string_lossy());
        crate::name::module(stem.as_deref().unwrap_or("client"))
    }

    /// The path of the module: as given, else where the file is included, else after the document's file name.
    fn module_path(&self, sites: &[Site]) -> Result<String, Box<Diagnostic>> {
        let given = self.module.as_deref().map(|module| module.trim_start_matches("crate::").to_owned());
        let mut modules: Vec<&str> = sites.iter().map(|site| site.module.as_str()).collect();
        modules.dedup();
        let problem = match (given, modules.as_slice()) {
            (Some(given), _) if !pack::is_module_path(&given) => {
                format!("`{given}`, which `Builder::module` says, is not a path of modules")
            }
            (Some(given), []) => return Ok(given),
            (Some(given), [only]) if given == **only => return Ok(given),
            (None, [only]) if pack::is_module_path(only) => return Ok((*only).to_owned()),
            (None, []) if pack::is_module_path(&self.stem()) => return Ok(self.stem()),
            (None, []) => format!("no module is called `{}`, and the include is not found", self.stem()),
            (None, [only]) if !only.is_empty() => {
                format!("`{only}`, which includes it, is not a path of modules")
            }
            (_, [""]) => "it is included at the root of the crate".to_owned(),
            (Some(given), [only]) => {
                format!("it is included in the module `{only}`, and `Builder::module` says `{given}`")
            }
            (_, several) => format!("it is included in several modules: `{}`", several.join("`, `")),
        };
        let place = Place::Path(self.file());
        let diagnostic = Diagnostic::new(Code::BuildSetup, place, problem);
        Err(Box::new(diagnostic.help("include it once, in a module of its own: `mod api { include!(…); }`")))
    }
}

/// Whether a configuration exists and applies to the document. One that cannot be read does, so that its error is
/// reported.
fn is_for(path: &Path, spec: &Path) -> bool {
    let named = load::text_if_there(path).and_then(|text| config::parse(FileId(0), &text).ok()?.spec);
    load::is_file(path) && named.is_none_or(|named| Path::new(&named) == spec)
}

/// Whether a request body became any value because of an unresolved reference. A warning in a build script is easily
/// missed, and only the server would notice a wrong body.
fn costs_a_body(diagnostic: &Diagnostic, spot: &Spot) -> bool {
    let is_lost = matches!(
        diagnostic.code,
        Code::UnresolvedReference
            | Code::ReferenceCycle
            | Code::UnsupportedReference
            | Code::ReferencedFileNotRead
            | Code::ReferenceNotAllowed
    );
    let segments = spot.pointer.as_ref().map(|pointer| pointer.segments()).unwrap_or_default();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let of_body = matches!(
        segments.as_slice(),
        ["paths", _, _, "requestBody", ..] | ["components", "requestBodies", ..]
    );
    is_lost && of_body
}

/// Fails if the manifest lacks what the client needs.
fn check_manifest(package: &pack::Package, manifest: &str) -> Result<(), Box<Diagnostic>> {
    if pack::meets_requirements(package, manifest) {
        return Ok(());
    }
    let message = "the client needs features and dependencies that are not here";
    let place = Place::Path("Cargo.toml".to_owned());
    let diagnostic = Diagnostic::new(Code::BuildSetup, place, message);
    Err(Box::new(diagnostic.help_with_lines("add what is missing of these:", &pack::requirements(package))))
}

/// The outcome of a build: what to tell cargo.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "call `unwrap_or_exit`, which tells cargo what was found"]
pub struct BuildOutcome {
    instructions: String,
    failed: bool,
}

impl BuildOutcome {
    /// Instructions to cargo, one per line: files to watch, warnings, errors.
    pub fn instructions(&self) -> &str {
        &self.instructions
    }

    /// Whether nothing was written, not even a module with errors.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// Prints the instructions, and exits with an error if there is one.
    #[allow(clippy::print_stdout, reason = "standard output is how a build script speaks to cargo")]
    pub fn unwrap_or_exit(self) {
        print!("{}", self.instructions);
        if self.failed {
            exit(1);
        }
    }
}
