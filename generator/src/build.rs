//! From a build script.
//!
//! ```no_run
//! // build.rs
//! cratewright::Builder::new("openapi.yaml").generate_to_out_dir().unwrap_or_exit();
//! ```
//!
//! ```ignore
//! // src/main.rs, at the root of the crate
//! mod openapi {
//!     include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
//! }
//! ```

use std::{
    env,
    path::{Path, PathBuf},
    process::exit,
};

use crate::{
    diagnostic::{Code, Diagnostic, Place, cargo},
    pack,
    pipeline::{self, Request, Run},
    write,
};

/// Generates a client while a crate is built, as one module of it.
///
/// The crate itself depends on what the client needs; [`Builder::generate_to_out_dir`] writes the list beside the
/// module, as `<module>.dependencies.toml`.
#[derive(Clone, Debug)]
pub struct Builder {
    request: Request,
    module: Option<String>,
    out_dir: Option<PathBuf>,
}

impl Builder {
    /// Generates from this document.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        let request = Request { spec: Some(spec.into()), ..Request::default() };
        Self { request, module: None, out_dir: None }
    }

    /// With this configuration.
    #[must_use]
    pub fn config(mut self, path: impl Into<PathBuf>) -> Self {
        self.request.config = Some(path.into());
        self
    }

    /// The path, from the root of the crate that is built, of the module that includes the text: `api::petstore`.
    /// By default the document's file name.
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

    /// Lets a `$ref` name a file outside of the document's folder.
    #[must_use]
    pub fn allow_outside(mut self, allow: bool) -> Self {
        self.request.references.allow_outside = allow;
        self
    }

    /// Lets a `$ref` name an `http` or `https` URL.
    #[must_use]
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.request.references.remote = allow;
        self
    }

    /// Writes here instead of to `OUT_DIR`.
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Writes `<module>.rs` to `OUT_DIR`, where unchanged text is left untouched, and tells cargo which files to
    /// watch.
    pub fn generate_to_out_dir(&self) -> Outcome {
        let mut run = pipeline::run(&self.request);
        if let Err(diagnostic) = self.write(&run) {
            run.diagnostics.push(diagnostic);
        }
        let watched = run.files.iter().map(|file| cargo::rerun_if_changed(&file.path));
        let mut instructions: Vec<String> = watched.collect();
        instructions.push(cargo::render(&run.diagnostics, &run.files));
        Outcome { instructions: instructions.concat(), failed: run.diagnostics.failed() }
    }

    fn write(&self, run: &Run) -> Result<(), Diagnostic> {
        let Some(output) = &run.output else { return Ok(()) };
        let module = self.module_path();
        let folder = match (&self.out_dir, env::var_os("OUT_DIR")) {
            (Some(folder), _) => folder.clone(),
            (None, Some(folder)) => PathBuf::from(folder),
            (None, None) => {
                let place = Place::Path("OUT_DIR".to_owned());
                return Err(Diagnostic::new(Code::OutputNotWritable, place, "OUT_DIR is not set")
                    .help("call this from a build script, or name a folder with `out_dir`"));
            }
        };
        let file = module.rsplit("::").next().unwrap_or("client").to_owned();
        write::file(&folder.join(format!("{file}.rs")), &pack::module(&output.package, &module))?;
        write::file(&folder.join(format!("{file}.dependencies.toml")), &pack::dependencies(&output.package))
    }

    /// The module's path: as given, else after the document's file name.
    fn module_path(&self) -> String {
        if let Some(module) = &self.module {
            return module.trim_start_matches("crate::").to_owned();
        }
        let stem = self.request.spec.as_deref().and_then(Path::file_stem).map(|stem| stem.to_string_lossy());
        crate::name::module(stem.as_deref().unwrap_or("client"))
    }
}

/// How it went: what cargo is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "call `unwrap_or_exit`, which tells cargo what was found"]
pub struct Outcome {
    instructions: String,
    failed: bool,
}

impl Outcome {
    /// Instructions to cargo, a line each: files to watch, warnings, errors.
    pub fn instructions(&self) -> &str {
        &self.instructions
    }

    /// Whether nothing was written.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// Prints the instructions, and ends the build script if there is an error among them.
    #[allow(clippy::print_stdout, reason = "standard output is how a build script speaks to cargo")]
    pub fn unwrap_or_exit(self) {
        print!("{}", self.instructions);
        if self.failed {
            exit(1);
        }
    }
}
