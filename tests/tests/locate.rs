//! The positions that are found for a document agree with the tree that was read from it: as many nodes, and at
//! each scalar the text that it came from. Runs over documents of others, which are not part of this repository.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use acceptance::{
    ignorable::{self, Missing, Ran},
    workspace,
};
use cratewright::{
    diagnostic::Diagnostics,
    load,
    source::{Files, Format, Node, Value},
};

fn main() -> ExitCode {
    ignorable::main(&[("positions_agree_with_the_tree", positions_agree_with_the_tree)])
}

fn positions_agree_with_the_tree() -> Ran {
    let mut paths = Vec::new();
    collect(&workspace::root().join("../shared/specs"), &mut paths);
    if paths.is_empty() {
        return Err(Missing("../shared/specs is not here".to_owned()));
    }
    let wrong: Vec<String> = paths.iter().filter_map(|path| check(path).err()).collect();
    println!("{} documents", paths.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension != "md" && extension != "txt") {
            paths.push(path);
        }
    }
}

fn check(path: &Path) -> Result<(), String> {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let Some(root) = load::read(&mut files, &mut diagnostics, path) else {
        let said: Vec<_> = diagnostics.items().iter().map(|item| &item.message).collect();
        println!("{}: does not load: {said:?}", path.display());
        return Ok(());
    };
    let mut last = 0;
    let result = visit(&files, &root, &mut last);
    let counted = files.node_count(root.id.file);
    // A document may end with an entry that the tree no longer has because its key was there twice.
    let agrees = counted == last as usize + 1 || (counted > last as usize && !diagnostics.items().is_empty());
    if result.is_ok() && !agrees {
        return Err(format!("{}: {counted} nodes located, {} read", path.display(), last + 1));
    }
    result.map_err(|error| format!("{}: {error}", path.display()))
}

/// Checks a node and what lies below.
fn visit(files: &Files, node: &Node, last: &mut u32) -> Result<(), String> {
    *last = (*last).max(node.id.ordinal);
    match &node.value {
        Value::Array(items) => items.iter().try_for_each(|item| visit(files, item, last)),
        Value::Object(entries) => entries.iter().try_for_each(|(key, value)| {
            starts_with(files, &Node::at(value.id.key(), Value::String(key.clone())))?;
            visit(files, value, last)
        }),
        _ => starts_with(files, node),
    }
}

fn starts_with(files: &Files, node: &Node) -> Result<(), String> {
    let file = files.get(node.id.file).ok_or("the file is gone")?;
    // Of a large file it is enough to look at some: one number that is off moves all that follow.
    if !node.id.ordinal.is_multiple_of(1 + u32::try_from(file.text.len() / 100_000).unwrap_or(u32::MAX - 1)) {
        return Ok(());
    }
    let location = files.locate(node.id).ok_or_else(|| format!("node {} is nowhere", node.id.ordinal))?;
    let source = file.text.get(location.bytes.clone()).ok_or("the span is none")?;
    let fits = match &node.value {
        Value::String(text) => {
            // Escapes and folding change a text from the second word on at the earliest.
            let word = text.split([' ', '\n', '"', '\\', '\'', '/']).next().unwrap_or_default();
            let plain = word.chars().all(|c| c.is_ascii_graphic() && c != '<' && c != '>' && c != '&');
            !plain || source.trim_start_matches(['"', '\'', ' ', '\n', '\r', '\\']).starts_with(word)
        }
        Value::Bool(value) => source.eq_ignore_ascii_case(&value.to_string()),
        Value::Null => matches!(source, "" | "~") || source.eq_ignore_ascii_case("null"),
        Value::Number(_) => source.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)),
        Value::Array(_) | Value::Object(_) => true,
    };
    let format = if file.format == Format::Json { "JSON" } else { "YAML" };
    if fits {
        Ok(())
    } else {
        Err(format!("{format} line {}: {source:?} is no {:?}", location.line, node.value))
    }
}
