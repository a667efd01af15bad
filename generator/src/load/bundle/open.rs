//! Opens the files that references name, if allowed; returns the tree of a file, or why there is none.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::uri::Url;
use super::{Home, folder, remote, uri};
use crate::config::Inputs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, printable};
use crate::load::{RAISE, disk, parse};
use crate::source::{Files, Node};

/// The maximum number of files in a document.
const MAX_FILES: usize = 20_000;

/// The result of opening a file.
pub(super) enum Opened {
    /// A file not opened before.
    New(Node),
    /// A file opened before under another name; its index.
    Again(usize),
}

pub(super) struct Opener<'a> {
    files: &'a mut Files,
    allowed: &'a Inputs,
    /// The main file's folder, as given.
    folder: PathBuf,
    /// The same folder with symbolic links resolved.
    real_folder: Option<PathBuf>,
    /// The files read, by their path with symbolic links resolved.
    real: HashMap<PathBuf, usize>,
    /// The total size of the files in bytes.
    bytes: u64,
}

impl<'a> Opener<'a> {
    pub(super) fn new(files: &'a mut Files, root: &Path, allowed: &'a Inputs) -> Self {
        let folder = folder(root);
        let real_folder = fs::canonicalize(&folder).ok();
        let real = fs::canonicalize(root).ok().map(|root| (root, 0)).into_iter().collect();
        let bytes = fs::metadata(root).map_or(0, |found| found.len());
        Self { files, allowed, folder, real_folder, real, bytes }
    }

    /// Resolves a path in a file at `base` to a path from the main file's folder, if possible.
    pub(super) fn home(&self, base: &str, path: &str) -> Home {
        let joined = match base.rsplit_once('/') {
            _ if is_absolute(path) => return Home::Disk(self.shortened(path)),
            Some((folder, _)) if is_absolute(base) => format!("{folder}/{path}"),
            Some((folder, _)) => uri::plain(&format!("{folder}/{path}")),
            None => uri::plain(path),
        };
        // A path that leaves the folder may lead back: `../spec/a.yml` in `spec`.
        match joined.starts_with("../") || is_absolute(&joined) {
            true => Home::Disk(self.shortened(&joined)),
            false => Home::Disk(joined),
        }
    }

    /// Makes a path relative to the main file's folder if it is below it.
    fn shortened(&self, path: &str) -> String {
        let Some(folder) = &self.real_folder else { return path.to_owned() };
        let folder = folder.to_string_lossy().replace('\\', "/");
        let whole = if is_absolute(path) { path.to_owned() } else { format!("{folder}/{path}") };
        let whole = uri::plain(&whole);
        match whole.strip_prefix(&uri::plain(&folder)).and_then(|rest| rest.strip_prefix('/')) {
            Some(below) => below.to_owned(),
            None => path.to_owned(),
        }
    }

    /// Reads a file, which becomes number `next`.
    pub(super) fn open(
        &mut self,
        home: &Home,
        next: usize,
        diagnostics: &mut Diagnostics,
    ) -> Result<Opened, Diagnostic> {
        if next > MAX_FILES {
            return Err(limit(format!("the document consists of more than {MAX_FILES} files")));
        }
        let name = home.to_string();
        if printable::line(&name) != name {
            return Err(not_read(format!(
                "`{name}` is not read: its name has characters that are not printed"
            )));
        }
        match home {
            Home::Disk(path) => self.open_path(path, next, diagnostics),
            Home::Net(url) if self.allowed.remote => self.open_url(url, diagnostics),
            Home::Net(url) => Err(not_allowed(format!("`{url}` is not fetched"))
                .help("allow it with `--allow-remote`, or `remote = true` under `[references]`")),
        }
    }

    fn open_url(&mut self, url: &Url, diagnostics: &mut Diagnostics) -> Result<Opened, Diagnostic> {
        let text = remote::text(url, &self.folder, self.allowed)
            .map_err(|why| not_read(format!("`{url}` is not read: {why}")))?;
        self.count(text.len() as u64)?;
        let name = url.to_string();
        self.parse(&name, name.clone(), text, diagnostics).map(Opened::New)
    }

    /// Adds the size of a file to the total.
    fn count(&mut self, size: u64) -> Result<(), Diagnostic> {
        self.bytes = self.bytes.saturating_add(size);
        if self.bytes > self.allowed.max_bytes() {
            let most = self.allowed.max_size();
            return Err(limit(format!("the files have more than {most} MiB together")).help(RAISE));
        }
        Ok(())
    }

    fn open_path(
        &mut self,
        path: &str,
        next: usize,
        diagnostics: &mut Diagnostics,
    ) -> Result<Opened, Diagnostic> {
        let outside = || {
            not_allowed(format!("`{path}` is outside of the document's folder"))
                .help("allow it with `--allow-outside`, or `allow_outside = true` under `[references]`")
        };
        if !self.allowed.allow_outside && (path.starts_with("../") || path == ".." || is_absolute(path)) {
            return Err(outside());
        }
        let whole = self.folder.join(path);
        let Ok(real) = fs::canonicalize(&whole) else { return Err(unreadable(path, &whole)) };
        let is_below = self.real_folder.as_ref().is_some_and(|folder| real.starts_with(folder));
        if !is_below && !self.allowed.allow_outside {
            return Err(outside());
        }
        if let Some(file) = self.real.get(&real) {
            return Ok(Opened::Again(*file));
        }
        let size = match fs::metadata(&real) {
            Ok(found) if found.is_file() => found.len(),
            Ok(found) if found.is_dir() => return Err(not_read(format!("`{path}` is a folder, not a file"))),
            _ => return Err(not_read(format!("`{path}` is not an ordinary file"))),
        };
        self.count(size)?;
        let text = disk::text(&whole).map_err(|why| why_unreadable(path, *why))?;
        let tree = self.parse(path, disk::display(&whole), text, diagnostics)?;
        self.real.insert(real, next);
        Ok(Opened::New(tree))
    }

    /// Parses a text; errors are reported at the reference.
    fn parse(
        &mut self,
        name: &str,
        path: String,
        text: String,
        diagnostics: &mut Diagnostics,
    ) -> Result<Node, Diagnostic> {
        let mut said = Diagnostics::new();
        let Some(tree) = parse(self.files, &mut said, path, text) else {
            let last = said.items().last();
            let at = match last.and_then(|last| last.place.as_ref()) {
                Some(Place::Position { line, column, .. }) => format!("line {line}, column {column}: "),
                _ => String::new(),
            };
            let why = last.map_or("it is not a document", |last| last.message.as_str());
            return Err(not_read(format!("`{name}` is not read: {at}{why}")));
        };
        said.items().iter().for_each(|item| diagnostics.push(item.clone()));
        Ok(tree)
    }
}

/// Why a missing file cannot be read.
fn unreadable(path: &str, whole: &Path) -> Diagnostic {
    match disk::text(whole) {
        Err(why) => why_unreadable(path, *why),
        Ok(_) => not_read(format!("`{path}` is not read: the system does not say where it is")),
    }
}

fn why_unreadable(path: &str, why: Diagnostic) -> Diagnostic {
    Diagnostic { help: why.help, ..not_read(format!("`{path}` is not read: {}", why.message)) }
}

/// Whether a path is absolute.
fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || Path::new(path).is_absolute()
}

fn not_read(message: String) -> Diagnostic {
    Diagnostic::new(Code::ReferencedFileNotRead, Place::Path(String::new()), message)
}

fn not_allowed(message: String) -> Diagnostic {
    Diagnostic::new(Code::ReferenceNotAllowed, Place::Path(String::new()), message)
}

fn limit(message: String) -> Diagnostic {
    Diagnostic::new(Code::LimitExceeded, Place::Path(String::new()), message)
}
