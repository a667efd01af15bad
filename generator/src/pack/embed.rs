//! A package as one module, for a build script.
//!
//! The crate's files become nested modules of one text, which `include!` brings in at the module that the text was
//! made for. Paths that start at the crate's root start there instead.

use std::collections::BTreeMap;

use super::Package;

/// A folder of modules: the text of its own file, and those below it.
#[derive(Default)]
struct Folder<'p> {
    text: Option<&'p str>,
    children: BTreeMap<&'p str, Folder<'p>>,
}

/// The text of the module `path` (`api::petstore`, from the root of the crate that includes it).
pub fn module(package: &Package, path: &str) -> String {
    let mut root = Folder::default();
    for (name, text) in &package.files {
        let Some(below) = name.strip_prefix("src/").and_then(|name| name.strip_suffix(".rs")) else {
            continue;
        };
        let mut at = &mut root;
        let parts = below.split('/').filter(|part| !matches!(*part, "lib" | "mod"));
        for part in parts {
            at = at.children.entry(part).or_default();
        }
        at.text = Some(text);
    }
    let inner = root.text.unwrap_or_default().lines().filter_map(|line| line.strip_prefix("#!["));
    let attributes: String = inner.map(|rest| format!("#[{rest}\n")).collect();
    let mut out = String::new();
    write(&root, Some(&attributes), &mut out);
    out.replace("crate::", &format!("crate::{path}::"))
}

/// Writes a module's text, with the text of each child where the module declares it. The root has neither documentation
/// nor attributes of its own, with which no included text may begin: its attributes stand on its modules.
fn write(folder: &Folder<'_>, root: Option<&str>, out: &mut String) {
    for line in folder.text.unwrap_or_default().lines() {
        let declared = line.trim().strip_suffix(';').and_then(|line| line.rsplit_once("mod "));
        let child = declared.and_then(|(before, name)| {
            Some((before, name, folder.children.get(name.trim_start_matches("r#"))?))
        });
        match child {
            Some((before, name, child)) => {
                out.push_str(&format!("{}{before}mod {name} {{\n", root.unwrap_or_default()));
                write(child, None, out);
                out.push_str("}\n");
            }
            None if root.is_some() && (line.starts_with("//!") || line.starts_with("#![")) => {}
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
}

/// The dependencies of the package, as a manifest lists them.
pub fn dependencies(package: &Package) -> String {
    let manifest = package.files.get("Cargo.toml").map(String::as_str).unwrap_or_default();
    let listed = manifest.split_once("[dependencies]\n").map_or("", |(_, listed)| listed);
    format!("[dependencies]\n{listed}")
}
