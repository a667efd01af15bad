//! Opens the files that references name, as far as they may be opened. In: where a file is. Out: its tree, or why
//! there is none.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::uri::Url;
use super::{Home, folder, remote, uri};
use crate::config::Inputs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, printable};
use crate::load::{RAISE, disk, parse};
use crate::source::{Files, Node};

/// How many files a document may consist of.
const MAX_FILES: usize = 20_000;

/// A file that was opened.
pub(super) enum Opened {
    /// For the first time.
    New(Node),
    /// Under another name; this one of those read.
    Again(usize),
}

pub(super) struct Opener<'a> {
    files: &'a mut Files,
    allowed: &'a Inputs,
    /// The folder of the first file, as it was given.
    folder: PathBuf,
    /// The same without symbolic links.
    real_folder: Option<PathBuf>,
    /// The files that were read, by their path without symbolic links.
    real: HashMap<PathBuf, usize>,
    /// How many bytes the files have together.
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

    /// Where a path leads from a file at `base`: a path from the first file's folder, as far as one can be given.
    pub(super) fn home(&self, base: &str, path: &str) -> Home {
        let joined = match base.rsplit_once('/') {
            _ if is_absolute(path) => return Home::Disk(self.shortened(path)),
            Some((folder, _)) if is_absolute(base) => format!("{folder}/{path}"),
            Some((folder, _)) => uri::plain(&format!("{folder}/{path}")),
            None => uri::plain(path),
        };
        // A way out may lead back in: `../spec/a.yml` in `spec`.
        match joined.starts_with("../") || is_absolute(&joined) {
            true => Home::Disk(self.shortened(&joined)),
            false => Home::Disk(joined),
        }
    }

    /// The path from the first file's folder to a path, if it lies below; else the path.
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

    /// Reads a file, which becomes number `next` of those read.
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

    /// Counts the bytes of a file.
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

    /// What can be read of a text; what cannot is said where the file is asked for.
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

/// Why a file that is not to be found cannot be read.
fn unreadable(path: &str, whole: &Path) -> Diagnostic {
    match disk::text(whole) {
        Err(why) => why_unreadable(path, *why),
        Ok(_) => not_read(format!("`{path}` is not read: the system does not say where it is")),
    }
}

fn why_unreadable(path: &str, why: Diagnostic) -> Diagnostic {
    Diagnostic { help: why.help, ..not_read(format!("`{path}` is not read: {}", why.message)) }
}

/// Whether a path starts at the root of a disk.
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
