//! Files that a URL names. In: a URL. Out: its text, from a folder beside the document where it has been fetched before,
//! else from the net.
//!
//! The copy is called after the URL and after its own content, by the first 16 bytes of their SHA-256 each: what was
//! fetched once is what every later run reads, with or without a net, and a copy that someone changed is refused. To
//! fetch anew, delete the copy.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::uri::Url;

/// Where copies are kept, beside the first file of the document.
const FOLDER: &str = ".cratewright-remote";

/// How long a file may take to be fetched.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// How large it may be, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// How many redirects are followed.
const MAX_REDIRECTS: u32 = 5;

/// The text that a URL names, or why there is none.
pub(super) fn text(url: &Url, folder: &Path) -> Result<String, String> {
    let folder = folder.join(FOLDER);
    let name = hash(url.to_string().as_bytes());
    let bytes = match copy(&folder, &name)? {
        Some(bytes) => bytes,
        None => {
            let bytes = fetch(url)?;
            keep(&folder, &format!("{name}-{}", hash(&bytes)), &bytes)?;
            bytes
        }
    };
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

/// The copy of a URL of this name, if there is one.
fn copy(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| stem(path).0 == name).collect();
    copies.sort();
    let Some(path) = copies.first() else { return Ok(None) };
    let shown = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes =
        fs::read(path).map_err(|error| format!("its copy `{FOLDER}/{shown}` cannot be read: {error}"))?;
    if stem(path).1 == hash(&bytes) {
        return Ok(Some(bytes));
    }
    Err(format!("its copy `{FOLDER}/{shown}` is not what was fetched; delete it to fetch it again"))
}

/// The two hashes of a copy's name.
fn stem(path: &Path) -> (String, String) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (url, content) = name.split_once('-').unwrap_or_default();
    (url.to_owned(), content.to_owned())
}

fn fetch(url: &Url) -> Result<Vec<u8>, String> {
    let config = ureq::Agent::config_builder().timeout_global(Some(TIME_LIMIT)).max_redirects(MAX_REDIRECTS);
    let agent: ureq::Agent = config.build().into();
    let mut answer =
        agent.get(url.to_string()).call().map_err(|error| format!("it cannot be fetched: {error}"))?;
    let mut bytes = Vec::new();
    let mut body = answer.body_mut().as_reader().take(MAX_BYTES + 1);
    body.read_to_end(&mut bytes).map_err(|error| format!("it cannot be fetched: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("it has more than {} MiB", MAX_BYTES >> 20));
    }
    Ok(bytes)
}

/// Writes a copy, whole or not at all.
fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), String> {
    let (path, part) = (folder.join(name), folder.join(format!("{name}.part")));
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&part, bytes))
        .and_then(|()| fs::rename(&part, &path));
    written.map_err(|error| format!("its copy cannot be written below `{FOLDER}`: {error}"))
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
