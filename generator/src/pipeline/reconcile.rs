//! The pipeline from a document and recorded replies to the corrections that make them agree.
//!
//! Corrections are found in rounds: each applies those of earlier rounds and checks the replies against the resulting
//! document. The rounds end when nothing more is found, so the suggestions are known to suffice.

use std::path::{Path, PathBuf};

use super::{Request, on_deep_stack, read_config, read_spec};
use crate::{
    analyse,
    config::{self, Config, Correction, Located},
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    document,
    ir::Api,
    load, lower, normalise,
    reconcile::{self, Exchange, Known, Report, Suggestions},
    resolve,
    source::{Files, Node},
};

/// The maximum number of rounds. Each turns a place at least one level further out into any value.
const MAX_ROUNDS: usize = 64;

/// The corrections derived from replies.
#[derive(Debug)]
pub struct Reconciled {
    /// Every file that was read.
    pub files: Files,
    /// The diagnostics about them.
    pub diagnostics: Diagnostics,
    /// The corrections by key; `None` if there is an error among the diagnostics.
    pub suggestions: Option<Suggestions>,
    /// The configuration.
    pub config: Config,
}

impl Reconciled {
    /// The corrections as lines of a configuration.
    pub fn lines(&self) -> String {
        let Some(suggestions) = self.suggestions.as_ref().filter(|all| !all.is_empty()) else {
            return String::new();
        };
        let entries = suggestions.iter().map(|(key, one)| (key.as_str(), &one.changes, one.shown.as_slice()));
        config::with_corrections("", entries).unwrap_or_default()
    }

    /// The configuration with the corrections merged into it.
    ///
    /// # Errors
    ///
    /// If the configuration has no place for them.
    pub fn configuration(&self, path: &Path, text: &str) -> Result<String, Diagnostic> {
        let added = self.suggestions.iter().flatten().map(|(key, one)| {
            let configured = self.config.corrections.iter().find(|entry| entry.key.value == *key);
            let mut changes = configured.map(|entry| entry.changes.clone()).unwrap_or_default();
            changes.merge(&one.changes);
            (key.as_str(), changes, one.shown.as_slice())
        });
        let added: Vec<_> = added.collect();
        let entries = added.iter().map(|(key, changes, shown)| (*key, changes, *shown));
        config::with_corrections(text, entries).ok_or_else(|| {
            let message = "there is no place for corrections: `corrections` is not a table";
            Diagnostic::new(Code::ConfigInvalid, Place::Path(load::display(path)), message)
        })
    }
}

/// Finds the corrections that recordings require. Never fails: errors are among the diagnostics.
pub fn reconcile(request: &Request, recordings: &[PathBuf]) -> Reconciled {
    on_deep_stack(|| reconcile_all(request, recordings))
}

fn reconcile_all(request: &Request, recordings: &[PathBuf]) -> Reconciled {
    let mut files = Files::default();
    let mut diagnostics = Diagnostics::new();
    let config = read_config(request, &mut files, &mut diagnostics);
    let suggestions = config.as_ref().and_then(|config| {
        let mut said = Diagnostics::new();
        let root = read_spec(request, config, &mut files, &mut said);
        diagnostics.take_errors(said);
        let exchanges = read_recordings(recordings, &mut files, &mut diagnostics)?;
        rounds(&root?, &files, config, &exchanges, &mut diagnostics)
    });
    let suggestions = suggestions.filter(|_| !diagnostics.failed());
    Reconciled { files, diagnostics, suggestions, config: config.unwrap_or_default() }
}

/// The exchanges of all recordings, if all can be read.
fn read_recordings(
    paths: &[PathBuf],
    files: &mut Files,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Exchange>> {
    let mut read = Some(Vec::new());
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let root = load::read_json(files, diagnostics, path);
        let exchanges = root.map(|root| reconcile::exchanges(&root, &name)).transpose();
        match (exchanges, &mut read) {
            (Ok(Some(exchanges)), Some(all)) => all.extend(exchanges),
            (Err(diagnostic), _) => {
                diagnostics.push(diagnostic);
                read = None;
            }
            (Ok(_), _) => read = None,
        }
    }
    read
}

fn rounds(
    root: &Node,
    files: &Files,
    config: &Config,
    exchanges: &[Exchange],
    diagnostics: &mut Diagnostics,
) -> Option<Suggestions> {
    let mut suggestions = Suggestions::new();
    for round in 0..MAX_ROUNDS {
        let corrected = Config { corrections: corrections(config, &suggestions), ..config.clone() };
        let (tree, api) = read(root, files, &corrected, diagnostics)?;
        let report =
            reconcile::check(reconcile::Document { tree: &tree, api: &api, config: &corrected }, exchanges);
        if round == 0 {
            said(&report, exchanges, diagnostics);
        }
        let known = Known { configured: &config.corrections, suggested: &suggestions };
        match reconcile::suggest(&tree, &report, exchanges, &known) {
            Ok(Some(more)) => suggestions = more,
            Ok(None) => break,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                return None;
            }
        }
    }
    reconcile::prune(root, &mut suggestions);
    suggestions.sort_keys();
    Some(suggestions)
}

/// The configured and the suggested corrections.
fn corrections(config: &Config, suggestions: &Suggestions) -> Vec<Correction> {
    let mut all = config.corrections.clone();
    for (key, one) in suggestions {
        match all.iter_mut().find(|entry| entry.key.value == *key) {
            Some(entry) => entry.changes.merge(&one.changes),
            None => all.push(Correction {
                key: Located { value: key.clone(), place: Place::Path(String::new()) },
                changes: one.changes.clone(),
            }),
        }
    }
    all
}

/// The corrected document and its intermediate representation.
fn read(root: &Node, files: &Files, config: &Config, diagnostics: &mut Diagnostics) -> Option<(Node, Api)> {
    let mut said = Diagnostics::new();
    let mut tree = root.clone();
    let is_corrected = normalise::correct(&mut tree, &config.corrections, &mut said);
    let normal = is_corrected
        .then(|| normalise::run(tree.clone(), files, &config.types.overrides, &mut said))
        .flatten();
    let api = normal.map(|normal| {
        let document = resolve::Document::new(document::build(normal, &mut said));
        let mut api = lower::run(&document, config, &mut said);
        analyse::make_finite(&mut api, &mut said);
        api
    });
    diagnostics.take_errors(said);
    Some((tree, api?))
}

/// Reports deviations without a correction, and a recording of a different API.
fn said(report: &Report, exchanges: &[Exchange], diagnostics: &mut Diagnostics) {
    if let (0, Some(first)) = (report.matched, exchanges.first()) {
        let message =
            format!("no exchange is a call of the document; the first is {} {}", first.method, first.path);
        let help = "name the document that the recording is of, or give its server a path by `[corrections]`";
        diagnostics.push(Diagnostic::new(Code::RecordingForeign, Place::Node(first.at), message).help(help));
        return;
    }
    for note in &report.notes {
        diagnostics.report(Code::ReplyNotChecked, exchanges[note.exchange].at, note.says.clone());
    }
}
