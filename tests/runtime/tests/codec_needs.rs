//! The first line of each runtime file says what it needs; this holds it to the paths that the file uses.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;

/// What stands behind each occurrence of a prefix, up to the end of the word.
fn words_behind<'t>(text: &'t str, prefix: &str) -> BTreeSet<&'t str> {
    let word = |rest: &'t str| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap();
    text.match_indices(prefix).map(|(at, _)| word(&text[at + prefix.len()..])).filter(|word| !word.is_empty()).collect()
}

/// The siblings that a file's code names.
fn siblings<'t>(code: &'t str, own: &str, all: &BTreeSet<String>) -> BTreeSet<&'t str> {
    let mut found = words_behind(code, "super::");
    found.extend(words_behind(code, "$crate::runtime::"));
    found.into_iter().filter(|name| *name != own && all.contains(*name)).collect()
}

/// The crates that a file's code names at the start of a `use` or behind `::`.
fn crates(code: &str) -> BTreeSet<&str> {
    let mut found: BTreeSet<&str> =
        code.lines().filter_map(|line| words_behind(line.trim_start(), "use ").into_iter().next()).collect();
    found.extend(words_behind(code, " ::"));
    let own = ["std", "core", "super", "crate", "self", "alloc"];
    let is_macro = |name: &&str| code.contains(&format!("macro_rules! {name} "));
    let is_module = |name: &&str| code.contains(&format!("mod {name} "));
    found.into_iter().filter(|name| !own.contains(name) && !is_macro(name) && !is_module(name)).collect()
}

#[test]
fn needs_are_declared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generator/runtime");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let all: BTreeSet<String> = files.iter().map(|path| name(path)).collect();
    assert!(all.contains("codec") && all.contains("union"));
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let text = std::fs::read_to_string(path).unwrap();
        let (first, rest) = text.split_once('\n').unwrap();
        let needs = first.strip_prefix("// needs:").unwrap_or_else(|| unreachable!("{path:?} declares its needs"));
        let (declared, packages) = needs.split_once("| crates:").unwrap();
        let code: String =
            rest.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
        assert_eq!(
            declared.split_whitespace().collect::<BTreeSet<_>>(),
            siblings(&code, &name(path), &all),
            "{path:?}"
        );
        assert_eq!(packages.split_whitespace().collect::<BTreeSet<_>>(), crates(&code), "{path:?}");
    }
}
