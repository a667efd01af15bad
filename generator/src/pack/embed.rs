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

/// Allows all lints in the module: nobody wrote it by hand, and a crate may use little of it.
const QUIET: &str = "#[allow(warnings, unused, missing_docs, missing_debug_implementations, missing_copy_implementations)]\n\
    #[allow(unexpected_cfgs, unreachable_pub, unused_qualifications, unused_results)]\n\
    #[allow(clippy::all, clippy::cargo, clippy::nursery, clippy::pedantic, clippy::restriction)]\n";

/// The same of what is exported.
const EXPORTED: &str = "#[allow(unused_imports, unreachable_pub, clippy::pub_use)]\n";

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

/// Writes a module's text, with the text of each child where the module declares it. The root has neither documentation
/// nor attributes of its own, with which no included text may begin: they stand on its items.
fn write(folder: &Folder<'_>, is_root: bool, out: &mut String) {
    for line in folder.text.unwrap_or_default().lines() {
        let declared = line.trim().strip_suffix(';').and_then(|line| line.rsplit_once("mod "));
        let child = declared.and_then(|(before, name)| {
            Some((before, name, folder.children.get(name.trim_start_matches("r#"))?))
        });
        let quiet = if is_root { QUIET } else { "" };
        match child {
            Some((before, name, child)) => {
                out.push_str(&format!("{quiet}{before}mod {name} {{\n"));
                write(child, false, out);
                out.push_str("}\n");
            }
            None if is_root && (line.starts_with("//!") || line.starts_with("#![")) => {}
            None if is_root && line.starts_with("pub use ") => out.push_str(&format!("{EXPORTED}{line}\n")),
            None => out.push_str(&format!("{line}\n")),
        }
    }
}

/// What the manifest of a crate that includes the module has to have: features, then dependencies.
pub fn requirements(package: &Package) -> String {
    let manifest = package.files.get("Cargo.toml").map(String::as_str).unwrap_or_default();
    manifest.find("[features]\n").map_or("", |at| &manifest[at..]).to_owned()
}

/// Whether the manifest of a crate has all that the module does not do without.
pub fn meets_requirements(package: &Package, manifest: &str) -> bool {
    let table = |text: &str| toml::from_str::<toml::Table>(text).unwrap_or_default();
    let (due, found) = (table(&requirements(package)), table(manifest));
    let default = due.get("features").and_then(|features| features.get("default")?.as_array());
    let default: Vec<&str> = default.into_iter().flatten().filter_map(toml::Value::as_str).collect();
    let has_feature =
        |name: &&str| found.get("features").is_some_and(|features| features.get(*name).is_some());
    let has_dependency = |name: &str| {
        let targets = found.get("target").and_then(toml::Value::as_table);
        let of_targets = targets.into_iter().flat_map(toml::Table::values);
        let tables =
            of_targets.filter_map(|target| target.get("dependencies")).chain(found.get("dependencies"));
        tables.filter_map(toml::Value::as_table).any(|table| table.contains_key(name))
    };
    // `charset = ["dep:encoding_rs"]`
    let enabled = |name: &&str| due.get("features").and_then(|features| features.get(*name)?.as_array());
    let needed: Vec<&str> =
        default.iter().filter_map(enabled).flatten().filter_map(toml::Value::as_str).collect();
    let is_due = |(name, value): &(&String, &toml::Value)| {
        let is_optional = value.get("optional").and_then(toml::Value::as_bool) == Some(true);
        !is_optional || needed.contains(&format!("dep:{name}").as_str())
    };
    let dependencies = due.get("dependencies").and_then(toml::Value::as_table);
    let mut dependencies = dependencies.into_iter().flatten().filter(is_due);
    default.iter().all(has_feature) && dependencies.all(|(name, _)| has_dependency(name))
}

/// The modules within a source file that lead to where it includes a file of this name.
pub fn site(source: &str, file: &str) -> Option<Vec<String>> {
    if !source.contains(file) {
        return None;
    }
    within(&syn::parse_file(source).ok()?.items, file)
}

fn within(items: &[syn::Item], file: &str) -> Option<Vec<String>> {
    items.iter().find_map(|item| match item {
        syn::Item::Mod(module) => {
            let mut path = vec![module.ident.to_string()];
            path.extend(within(&module.content.as_ref()?.1, file)?);
            Some(path)
        }
        syn::Item::Macro(item) if item.mac.path.is_ident("include") => {
            item.mac.tokens.to_string().contains(&format!("/{file}\"")).then(Vec::new)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{meets_requirements, site};
    use crate::pack::Package;

    #[test]
    fn the_place_of_an_include() {
        let source = "mod a { pub mod b { include!(concat!(env!(\"OUT_DIR\"), \"/api.rs\")); } }";
        assert_eq!(site(source, "api.rs"), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(site(source, "pi.rs"), None);
        assert_eq!(site("include!(\"/api.rs\");", "api.rs"), Some(Vec::new()));
    }

    #[test]
    fn a_manifest_has_what_is_on_by_default() {
        let manifest = "[features]\ndefault = [\"reqwest\"]\nreqwest = [\"dep:reqwest\"]\n\n[dependencies]\n\
            bytes = \"1\"\nreqwest = { version = \"0\", optional = true }\nserde = { version = \"1\", optional = true }\n";
        let files = [("Cargo.toml".to_owned(), manifest.to_owned())].into_iter().collect();
        let package = Package { files, ..Package::default() };
        assert!(meets_requirements(&package, manifest));
        let few = "[features]\nreqwest = []\n[dependencies]\nbytes = { workspace = true }\nreqwest = \"0\"\n";
        assert!(meets_requirements(&package, few));
        for lacking in ["", "[dependencies]\nbytes = \"1\"\nreqwest = \"0\"\n", &few.replace("bytes", "byte")]
        {
            assert!(!meets_requirements(&package, lacking), "{lacking}");
        }
    }
}
