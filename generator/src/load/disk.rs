//! Reads and writes files, and formats their paths for messages.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{FileId, Files, Format, SourceFile, nearest};

/// Reads a text file other than a document, such as the configuration.
///
/// # Errors
///
/// If the file is missing, a folder, not UTF-8, or cannot be opened.
pub fn read_text(files: &mut Files, path: &Path, format: Format) -> Result<FileId, Box<Diagnostic>> {
    let text = without_byte_order_mark(text(path)?);
    Ok(files.add(SourceFile { path: display(path), text, format }))
}

/// The text of a file; `None` if it cannot be read.
pub fn text_if_there(path: &Path) -> Option<String> {
    text(path).ok().map(without_byte_order_mark)
}

/// The bytes of a file.
fn read_bytes(path: &Path) -> Result<Vec<u8>, Box<Diagnostic>> {
    fs::read(path).map_err(|error| Box::new(unreadable(path, &error)))
}

/// Whether there is a file at this path.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The files with this extension in a folder, by name; empty if there is no such folder.
pub fn files_with_extension(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|ending| ending == extension))
        .collect();
    paths.sort();
    paths
}

/// The files with this extension in a folder and its subfolders, by name.
pub fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = files_with_extension(folder, extension);
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.is_dir() && !path.is_symlink()).collect();
    folders.sort();
    files.extend(folders.iter().flat_map(|folder| files_below(folder, extension)));
    files
}

/// The path as shown in messages: with `/`, and relative to the current folder if below it.
pub fn display(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let below = below.strip_prefix(".").unwrap_or(below);
    let text = below.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// Makes a path relative to the root of the current repository; unchanged outside a repository.
pub fn from_repository(path: &str) -> String {
    from_root(path, |folder| folder.join(".git").exists())
}

/// Makes a path relative to the root of the current cargo workspace; unchanged outside a workspace.
pub fn from_workspace(path: &str) -> String {
    from_root(path, |folder| {
        fs::read_to_string(folder.join("Cargo.toml"))
            .is_ok_and(|text| text.lines().any(|line| line.trim_start().starts_with("[workspace")))
    })
}

/// Makes a path relative to the nearest parent folder that is a root.
fn from_root(path: &str, is_root: impl Fn(&Path) -> bool) -> String {
    let Ok(here) = std::env::current_dir() else { return path.to_owned() };
    let mut whole = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            part => whole.push(part),
        }
    }
    let root = here.ancestors().find(|folder| is_root(folder));
    match root.and_then(|root| whole.strip_prefix(root).ok()) {
        Some(below) => below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"),
        None => path.to_owned(),
    }
}

/// The SHA-256 of bytes in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Fails if a path is a symbolic link.
///
/// # Errors
///
/// If it is one.
pub fn refuse_link(path: &Path) -> io::Result<()> {
    match path.is_symlink() {
        true => Err(io::Error::other("it is a symbolic link, which may lead anywhere")),
        false => Ok(()),
    }
}

/// Writes a file atomically, never through a symbolic link.
///
/// # Errors
///
/// If it cannot be written, or the path is a link.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    refuse_link(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A random name is unique even among runs in separate containers.
    let random = RandomState::new().build_hasher().finish();
    let waiting = path.with_file_name(format!(".{name}.cratewright-{random:016x}"));
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&waiting)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&waiting, path));
    if written.is_err() {
        // The first error is the one to report.
        let _ = fs::remove_file(&waiting);
    }
    written
}

/// Fails if a file is larger than `most` bytes.
pub(super) fn checked_size(path: &Path, most: u64) -> Result<(), Diagnostic> {
    match fs::metadata(path) {
        Ok(about) if about.len() > most => {
            let message = format!("the file is larger than {} MiB", most >> 20);
            Err(Diagnostic::new(Code::LimitExceeded, Place::Path(display(path)), message))
        }
        // Other problems are found when it is read.
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The text of a file.
pub(super) fn text(path: &Path) -> Result<String, Box<Diagnostic>> {
    let bytes = read_bytes(path)?;
    if u32::try_from(bytes.len()).is_err() {
        let place = Place::Path(display(path));
        return Err(Box::new(Diagnostic::new(Code::LimitExceeded, place, "the file is larger than 4 GiB")));
    }
    String::from_utf8(bytes).map_err(|error| Box::new(not_utf8(path, error.as_bytes(), error.utf8_error())))
}

/// Removes the byte order mark that some editors add.
pub(super) fn without_byte_order_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

fn not_utf8(path: &Path, bytes: &[u8], error: std::str::Utf8Error) -> Diagnostic {
    let valid = &bytes[..error.valid_up_to()];
    let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
    let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
    let message = format!("the file is not UTF-8: byte {byte:#04x} on line {line}");
    Diagnostic::new(Code::FileNotReadable, Place::Path(display(path)), message)
        .help("save the file with the encoding UTF-8")
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let place = Place::Path(display(path));
    let is_folder = error.kind() == ErrorKind::IsADirectory || path.is_dir();
    match error.kind() {
        ErrorKind::NotFound => {
            let missing = Diagnostic::new(Code::FileNotReadable, place, "there is no such file");
            match alike(path) {
                Some(name) => missing.help(format!("there is `{name}`")),
                None => missing,
            }
        }
        _ if is_folder => Diagnostic::new(Code::FileNotReadable, place, "this is a folder, not a file"),
        _ => Diagnostic::new(
            Code::FileNotReadable,
            place,
            format!("the file cannot be read: {}", reason(error)),
        ),
    }
}

/// The system's message without its error number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// The file in the same folder with the name most similar to a missing one.
fn alike(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).ok()?;
    let mut names: Vec<_> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let name = nearest(&name, names.iter().map(String::as_str))?;
    Some(display(&folder.join(name)))
}
