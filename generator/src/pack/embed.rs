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
    let mut out = String::new();
    write(&root, true, &mut out);
    out.replace("crate::", &format!("crate::{path}::"))
}

/// Writes a module's text, with the text of each child where the module declares it. The root has no documentation
/// of its own: an included text may not begin with any.
fn write(folder: &Folder<'_>, is_root: bool, out: &mut String) {
    for line in folder.text.unwrap_or_default().lines() {
        let declared = line.trim().strip_suffix(';').and_then(|line| line.rsplit_once("mod "));
        let child = declared.and_then(|(before, name)| {
            Some((before, name, folder.children.get(name.trim_start_matches("r#"))?))
        });
        match child {
            Some((before, name, child)) => {
                let attribute = if is_root { "#[allow(deprecated)]\n" } else { "" };
                out.push_str(&format!("{attribute}{before}mod {name} {{\n"));
                write(child, false, out);
                out.push_str("}\n");
            }
            None if is_root && (line.starts_with("//!") || line.starts_with("#![")) => {}
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
