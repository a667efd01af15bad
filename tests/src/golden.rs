//! Files held to what is checked in. `UPDATE=1` rewrites them; a difference is shown either way.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Whether expected files are to be rewritten.
pub fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// Compares a folder with what it should hold; the differences, as unified diffs.
pub fn compare(folder: &Path, actual: &BTreeMap<String, String>) -> Vec<String> {
    let expected = read(folder);
    let names: std::collections::BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
    let mut differences = Vec::new();
    for name in names {
        let (old, new) = (expected.get(name), actual.get(name));
        if old == new {
            continue;
        }
        differences.push(diff(name, old.map_or("", String::as_str), new.map_or("", String::as_str)));
        if updating() {
            update(&folder.join(name), new.map(String::as_str));
        }
    }
    differences
}

/// The differences between two crates, as unified diffs.
pub fn changed(expected: &BTreeMap<String, String>, actual: &BTreeMap<String, String>) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
    let text = |files: &BTreeMap<String, String>, name: &String| files.get(name).cloned().unwrap_or_default();
    let differing = names.into_iter().filter(|name| expected.get(*name) != actual.get(*name));
    differing.map(|name| diff(name, &text(expected, name), &text(actual, name))).collect()
}

/// Whether a file is one of the runtime. `src/runtime/mod.rs`, which lists them, does not count.
pub fn is_copied(path: &str) -> bool {
    path.starts_with("src/runtime/") && path != "src/runtime/mod.rs"
}

fn update(path: &Path, text: Option<&str>) {
    match text {
        Some(text) => {
            fs::create_dir_all(path.parent().expect("a file is in a folder"))
                .expect("the case can be written");
            fs::write(path, text).expect("the case can be written");
        }
        None => fs::remove_file(path).expect("the case can be written"),
    }
}

/// A unified diff.
pub fn diff(name: &str, old: &str, new: &str) -> String {
    similar::TextDiff::from_lines(old, new)
        .unified_diff()
        .header(&format!("expected/{name}"), &format!("actual/{name}"))
        .to_string()
}

/// Every file below a folder, by its path with `/`.
pub fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(next) = pending.pop() {
        for path in entries(&next) {
            if path.is_dir() {
                pending.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("it is below the folder");
                let name = below.to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).expect("an expected file is text"));
            }
        }
    }
    files
}

/// What a folder holds, by name; nothing if it is not there.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> =
        listing.map(|entry| entry.expect("a folder lists its entries").path()).collect();
    paths.sort();
    paths
}
