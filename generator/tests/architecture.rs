//! `docs/architecture.md` names every file of the generator and of the runtime once, and no file that is not there.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The document, from the root of the repository.
const DOCUMENT: &str = "generator/docs/architecture.md";

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document() -> String {
    fs::read_to_string(package().join("docs/architecture.md")).expect("the document is there")
}

/// Every `.rs` file below `src` and `runtime`, by the path that the document gives it.
fn files() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut pending = vec![package().join("src"), package().join("runtime")];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("a folder lists its entries").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(package()).expect("it is below the package");
                let name = below.to_string_lossy().replace('\\', "/");
                found.insert(name.strip_prefix("src/").unwrap_or(&name).to_owned(), path);
            }
        }
    }
    found
}

/// The file that a line of a table is about: ``| `load/mod.rs` | … |``.
fn row(line: &str) -> Option<&str> {
    line.strip_prefix("| `")?.split_once("` |").map(|(name, _)| name).filter(|name| name.ends_with(".rs"))
}

/// The lines outside of blocks of code, with their numbers.
fn lines(document: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_code = false;
    document.lines().enumerate().filter_map(move |(index, line)| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        (!is_code && !is_fence).then_some((index + 1, line))
    })
}

/// The line that a table lacks, with the first sentence of what the file says of itself.
fn missing(name: &str, path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file is text");
    let about = text.lines().filter_map(|line| line.strip_prefix("//! ")).collect::<Vec<_>>().join(" ");
    let about = about.split_once(". ").map_or(about.as_str(), |(first, _)| first).trim_end_matches('.');
    format!("add: | `{name}` | {about} |")
}

#[test]
fn the_tables_name_every_file_once() {
    let (document, mut files) = (document(), files());
    assert!(files.contains_key("lib.rs") && files.contains_key("runtime/codec.rs"), "the sources are found");
    let mut seen = BTreeMap::new();
    let mut wrong = Vec::new();
    for (number, line) in lines(&document) {
        let Some(name) = row(line) else { continue };
        if let Some(first) = seen.insert(name, number) {
            wrong.push(format!("remove line {number}, the file is in line {first}: {line}"));
        } else if files.remove(name).is_none() {
            wrong.push(format!("remove line {number}, there is no such file: {line}"));
        }
    }
    wrong.extend(files.iter().map(|(name, path)| missing(name, path)));
    assert!(wrong.is_empty(), "{DOCUMENT} is not what the tree is:\n{}", wrong.join("\n"));
}

#[test]
fn the_text_names_no_file_that_is_not_there() {
    let (document, files) = (document(), files());
    let root = package().join("..");
    let mut wrong = Vec::new();
    for (number, line) in lines(&document) {
        for name in line.split('`').skip(1).step_by(2).filter(|name| name.ends_with(".rs")) {
            // Tests are named by their path from the root of the repository.
            let is_there = files.contains_key(name) || root.join(name).is_file();
            if !is_there {
                wrong.push(format!("line {number}: there is no `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{DOCUMENT} names files that are not there:\n{}", wrong.join("\n"));
}
