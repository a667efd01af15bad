//! The command line arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns an OpenAPI document into a Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "cratewright", version, about, arg_required_else_help = true)]
pub(super) struct Arguments {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
    /// How diagnostics are reported.
    #[command(flatten)]
    pub output: Output,
}

/// The command.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the client crate of a document
    Generate(Project),
    /// Exit 1 with a diff if the crate on disk is not what the document says; 2 on an error
    Check(Project),
    /// List the operations of a document and the calls they become
    List(List),
    /// Say what a diagnostic code means, or how a place in a document was read and named
    Explain(Explain),
    /// Write a commented configuration file
    Init(Init),
    /// Print the corrections that recorded replies ask for; exit 1 if there are any, 2 on an error
    Reconcile(Reconcile),
}

/// A document, its configuration and where its crate goes.
#[derive(Args, Clone, Debug)]
pub(super) struct Project {
    /// The document; by default the one that the configuration names
    pub spec: Option<PathBuf>,
    /// The configuration; by default `cratewright.toml`, else every `spec/*.toml`
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of the crate; by default the one that the configuration names
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The name of the package; by default from the configuration, else from the document's title
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// With a test for each operation, which calls a mock server; as `tests = true` in the configuration
    #[arg(long)]
    pub tests: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Which files are read.
    #[command(flatten)]
    pub inputs: Inputs,
}

/// Which files are read.
#[derive(Args, Clone, Debug)]
pub(super) struct Inputs {
    /// Follow a `$ref` to a file outside of the document's folder
    #[arg(long)]
    pub allow_outside: bool,
    /// Follow a `$ref` to an `http` or `https` URL
    #[arg(long)]
    pub allow_remote: bool,
    /// Let such a URL redirect to this host, with its port if that is not the scheme's
    #[arg(long, value_name = "HOST[:PORT]")]
    pub allow_redirect: Vec<String>,
    /// How large the document and the files that it refers to may be together, in MiB; 64 by default
    #[arg(long, value_name = "MIB")]
    pub max_size: Option<u32>,
}

/// What to list.
#[derive(Args, Debug)]
pub(super) struct List {
    /// The document and its configuration.
    #[command(flatten)]
    pub project: Project,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What to explain.
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// A code such as `CW0101`, or a JSON pointer such as `/components/schemas/User`
    pub subject: String,
    /// The document and its configuration.
    #[command(flatten)]
    pub project: Project,
}

/// What to write.
#[derive(Args, Debug)]
pub(super) struct Init {
    /// The document that the configuration is for
    pub spec: PathBuf,
    /// The file to write
    #[arg(long, default_value = "cratewright.toml", value_name = "FILE")]
    pub output: PathBuf,
}

/// What to compare with recordings.
#[derive(Args, Debug)]
pub(super) struct Reconcile {
    /// The document
    pub spec: PathBuf,
    /// The recordings: HAR, or JSON arrays of objects with `request` and `response`
    #[arg(required = true, value_name = "RECORDING")]
    pub recordings: Vec<PathBuf>,
    /// The configuration; by default `cratewright.toml`, if it is there
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Write the corrections into the configuration
    #[arg(long)]
    pub write: bool,
    /// Which files are read.
    #[command(flatten)]
    pub inputs: Inputs,
}

/// How diagnostics are reported.
#[derive(Args, Clone, Debug)]
pub(super) struct Output {
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t = Format::Human, global = true)]
    pub format: Format,
    /// Print every diagnostic, even repeated ones
    #[arg(long, global = true)]
    pub verbose: bool,
    /// Print only errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With an excerpt of the document
    Human,
    /// One JSON object per line
    Json,
    /// Annotations of GitHub Actions
    Github,
}
