//! Files named by a URL: returns their text from a cache folder next to the document, or else from the network.
//!
//! A copy is named after the first 16 bytes of the SHA-256 of its URL and of its content. What was fetched once is
//! used by every later run, online or not; a modified copy, or a second one for the same URL, is rejected. To fetch
//! again, delete the copy.
//!
//! A URL may redirect to its own host and port, and to hosts that the user allowed: a stranger's document must not
//! query other servers in the network of the generator.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::uri::Url;
use crate::config::Inputs;
use crate::load::disk;

/// The cache folder, next to the main file.
const FOLDER: &str = ".cratewright-remote";

/// The time limit for fetching a file, including redirects.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The maximum number of redirects.
const MAX_REDIRECTS: u32 = 5;

/// Returns the text at a URL, or why there is none.
pub(super) fn text(url: &Url, folder: &Path, allowed: &Inputs) -> Result<String, String> {
    let folder = folder.join(FOLDER);
    if folder.is_symlink() {
        return Err(format!(
            "`{FOLDER}` is a symbolic link, which may lead anywhere; replace it by a folder"
        ));
    }
    let name = hash(url.to_string().as_bytes());
    if let Some(bytes) = copy(&folder, &name)? {
        return as_text(bytes);
    }
    let text = as_text(fetch(url, allowed)?)?;
    let path = folder.join(format!("{name}-{}", hash(text.as_bytes())));
    fs::create_dir_all(&folder)
        .and_then(|()| disk::replace(&path, text.as_bytes()))
        .map_err(|error| format!("its copy cannot be written below `{FOLDER}`: {error}"))?;
    Ok(text)
}

fn as_text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}

/// The cached copy with this name, if there is one.
fn copy(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut copies: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| hashes(path).is_some_and(|(of, _)| of == name))
        .collect();
    copies.sort();
    let shown =
        |path: &Path| format!("`{FOLDER}/{}`", path.file_name().unwrap_or_default().to_string_lossy());
    let path = match copies.as_slice() {
        [] => return Ok(None),
        [only] => only,
        [first, second, ..] => {
            return Err(format!(
                "it has two copies, {} and {}; delete the wrong one",
                shown(first),
                shown(second)
            ));
        }
    };
    if path.is_symlink() {
        return Err(format!(
            "its copy {} is a symbolic link, which may lead anywhere; delete it",
            shown(path)
        ));
    }
    let bytes =
        fs::read(path).map_err(|error| format!("its copy {} cannot be read: {error}", shown(path)))?;
    if hashes(path).is_some_and(|(_, content)| content == hash(&bytes)) {
        return Ok(Some(bytes));
    }
    Err(format!("its copy {} is not what was fetched; delete it to fetch it again", shown(path)))
}

/// The hashes of URL and content in the name of a copy; `None` for any other file.
fn hashes(path: &Path) -> Option<(String, String)> {
    let is_hash = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (url, content) = path.file_name()?.to_str()?.split_once('-')?;
    (is_hash(url) && is_hash(content)).then(|| (url.to_owned(), content.to_owned()))
}

/// Fetches a URL.
fn fetch(url: &Url, allowed: &Inputs) -> Result<Vec<u8>, String> {
    let start = Instant::now();
    let mut at = url::Url::parse(&url.to_string()).map_err(|error| format!("it is not a URL: {error}"))?;
    let own = host(&at);
    for _ in 0..=MAX_REDIRECTS {
        let left = TIME_LIMIT.saturating_sub(start.elapsed()).max(Duration::from_millis(1));
        let config = ureq::Agent::config_builder().timeout_global(Some(left)).max_redirects(0);
        let agent: ureq::Agent = config.build().into();
        let mut answer =
            agent.get(at.as_str()).call().map_err(|error| format!("it cannot be fetched: {error}"))?;
        if !answer.status().is_redirection() {
            return body(answer.body_mut(), allowed.max_bytes());
        }
        let location = answer.headers().get("location").and_then(|value| value.to_str().ok());
        let Some(next) = location.and_then(|location| at.join(location).ok()) else {
            return Err(format!("it cannot be fetched: status {} without a place to go", answer.status()));
        };
        let (scheme, named) = (next.scheme(), host(&next));
        let is_safe = scheme == "https" || scheme == "http" && at.scheme() == "http";
        let is_allowed = || allowed.redirects.iter().any(|host| host.eq_ignore_ascii_case(&named));
        if !is_safe || !(named == own || is_allowed()) {
            return Err(format!(
                "it leads to `{scheme}://{named}`; allow that with `--allow-redirect {named}`, or `redirects` under `[references]`"
            ));
        }
        at = next;
    }
    Err(format!("it leads on more than {MAX_REDIRECTS} times"))
}

/// The host of a URL, with its port if it is not the default.
fn host(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Reads a body with a size limit.
fn body(body: &mut ureq::Body, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut limited = body.as_reader().take(most + 1);
    limited.read_to_end(&mut bytes).map_err(|error| format!("it cannot be fetched: {error}"))?;
    if bytes.len() as u64 > most {
        return Err(format!("it has more than {} MiB; `--max-size` allows more", most >> 20));
    }
    Ok(bytes)
}

/// The first 16 bytes of the SHA-256 in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    disk::hash(bytes).chars().take(32).collect()
}
