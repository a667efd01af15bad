//! A package as one module, for a build script.
//!
//! The crate's files become nested modules of one text, which a module includes with `include!`. Emitted code already
//! has the paths of that module; those of the runtime files are changed here, in the syntax tree, so that literals and
//! documentation are left alone.

use std::collections::BTreeMap;

use proc_macro2::{Group, TokenStream, TokenTree};

use super::{Package, format::no_rust};
use crate::{diagnostic::Diagnostic, emit};

/// A folder of modules: the path and text of its own file, and those below it.
#[derive(Default)]
struct Folder<'p> {
    path: &'p str,
    text: &'p str,
    children: BTreeMap<&'p str, Folder<'p>>,
}

/// Allows all lints in the module: nobody wrote it by hand, and a crate may use little of it.
const QUIET: &str = "#[allow(warnings, unused, missing_docs, missing_debug_implementations, missing_copy_implementations)]\n\
    #[allow(unexpected_cfgs, unreachable_pub, unused_qualifications, unused_results)]\n\
    #[allow(clippy::all, clippy::cargo, clippy::nursery, clippy::pedantic, clippy::restriction)]\n";

/// Allows unused exports.
const EXPORTED: &str = "#[allow(unused_imports, unreachable_pub, clippy::pub_use)]\n";

/// Whether a text is a path of modules: `api::petstore`.
pub fn is_module_path(text: &str) -> bool {
    text.split("::").all(|segment| syn::parse_str::<syn::Ident>(segment).is_ok())
}

/// The text of a package that was emitted for the module `path`, as [`emit::root`] takes it.
///
/// # Errors
///
/// If a file does not parse as Rust, which is a defect of the generator.
pub fn module(package: &Package, path: &str) -> Result<String, Box<Diagnostic>> {
    let top = tree(package);
    let root = emit::root(Some(path));
    let mut out = String::new();
    match nest(&top, &root, &mut out) {
        Ok(()) => Ok(out),
        Err(error) => Err(Box::new(no_rust(path, &error))),
    }
}

/// The files of a package as folders of modules.
fn tree(package: &Package) -> Folder<'_> {
    let mut top = Folder::default();
    for (path, text) in &package.files {
        let Some(below) = path.strip_prefix("src/").and_then(|path| path.strip_suffix(".rs")) else {
            continue;
        };
        let mut at = &mut top;
        for part in below.split('/').filter(|part| !matches!(*part, "lib" | "mod")) {
            at = at.children.entry(part).or_default();
        }
        (at.path, at.text) = (path, text);
    }
    top
}

/// Writes a module's items, with those of each child where the module declares it.
fn nest(folder: &Folder<'_>, root: &TokenStream, out: &mut String) -> syn::Result<()> {
    let is_top = folder.path == "src/lib.rs";
    let is_fixed = folder.path.starts_with("src/runtime/");
    if folder.children.is_empty() && !is_fixed {
        out.push_str(folder.text);
        return Ok(());
    }
    let tokens: TokenStream = folder.text.parse()?;
    let mut file = syn::parse2::<syn::File>(if is_fixed { rooted(tokens, root) } else { tokens })?;
    if is_top {
        // An included text cannot start with inner attributes or inner documentation.
        file.attrs.clear();
    }
    out.push_str(&source(file.attrs, Vec::new()));
    for item in file.items {
        let (quiet, child) = match &item {
            syn::Item::Mod(module) => {
                (QUIET, folder.children.get(module.ident.to_string().trim_start_matches("r#")))
            }
            syn::Item::Use(_) => (EXPORTED, None),
            _ => ("", None),
        };
        if is_top {
            out.push_str(quiet);
        }
        let declaration = source(Vec::new(), vec![item]);
        match child {
            Some(child) => {
                out.push_str(declaration.trim_end().trim_end_matches(';'));
                out.push_str(" {\n");
                nest(child, root, out)?;
                out.push_str("}\n");
            }
            None => out.push_str(&declaration),
        }
    }
    Ok(())
}

fn source(attrs: Vec<syn::Attribute>, items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
}

/// Changes paths from the crate (`crate::`, and `$crate::` in macros) to paths from the module.
fn rooted(tokens: TokenStream, root: &TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut out = TokenStream::new();
    while let Some(token) = tokens.next() {
        let leads_on = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
        match token {
            TokenTree::Ident(ident) if leads_on && ident == "crate" => out.extend(root.clone()),
            TokenTree::Group(group) => {
                let stream = rooted(group.stream(), root);
                out.extend([TokenTree::from(Group::new(group.delimiter(), stream))]);
            }
            token => out.extend([token]),
        }
    }
    out
}

/// The features and dependencies that the manifest of a crate needs to include the module.
pub fn requirements(package: &Package) -> String {
    let manifest = package.files.get("Cargo.toml").map(String::as_str).unwrap_or_default();
    manifest.find("[features]\n").map_or("", |at| &manifest[at..]).to_owned()
}

/// Whether the manifest of a crate has all features and dependencies that the module needs.
pub fn meets_requirements(package: &Package, manifest: &str) -> bool {
    let table = |text: &str| toml::from_str::<toml::Table>(text).unwrap_or_default();
    let (due, found) = (table(&requirements(package)), table(manifest));
    let default = due.get("features").and_then(|features| features.get("default")?.as_array());
    let default: Vec<&str> = default.into_iter().flatten().filter_map(toml::Value::as_str).collect();
    let has_feature =
        |name: &&str| found.get("features").is_some_and(|features| features.get(*name).is_some());
    let features = found.get("features").and_then(toml::Value::as_table);
    let enabled_there: Vec<&str> = features
        .into_iter()
        .flat_map(toml::Table::values)
        .filter_map(toml::Value::as_array)
        .flatten()
        .filter_map(toml::Value::as_str)
        .collect();
    let is_optional =
        |value: &toml::Value| value.get("optional").and_then(toml::Value::as_bool) == Some(true);
    // An optional dependency counts if a feature enables it.
    let has_dependency = |name: &str| {
        let targets = found.get("target").and_then(toml::Value::as_table);
        let of_targets = targets.into_iter().flat_map(toml::Table::values);
        let tables =
            of_targets.filter_map(|target| target.get("dependencies")).chain(found.get("dependencies"));
        let mut named = tables.filter_map(|table| table.get(name));
        named.any(|value| !is_optional(value) || enabled_there.contains(&format!("dep:{name}").as_str()))
    };
    // `charset = ["dep:encoding_rs"]`
    let enabled = |name: &&str| due.get("features").and_then(|features| features.get(*name)?.as_array());
    let needed: Vec<&str> =
        default.iter().filter_map(enabled).flatten().filter_map(toml::Value::as_str).collect();
    let is_due = |(name, value): &(&String, &toml::Value)| {
        !is_optional(value) || needed.contains(&format!("dep:{name}").as_str())
    };
    let dependencies = due.get("dependencies").and_then(toml::Value::as_table);
    let mut dependencies = dependencies.into_iter().flatten().filter(is_due);
    // Features of dependencies, such as their TLS, are the crate's own choice.
    let is_of_dependencies = |name: &&str| {
        let mut named = enabled(name).into_iter().flatten().filter_map(toml::Value::as_str);
        !named.any(|value| value.starts_with("dep:"))
    };
    let mut features = default.iter().filter(|name| !is_of_dependencies(name));
    features.all(has_feature) && dependencies.all(|(name, _)| has_dependency(name))
}

/// The path of modules within a source file to the place that includes a file of this name.
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
        let manifest = "[features]\ndefault = [\"reqwest\", \"rustls\"]\nreqwest = [\"dep:reqwest\"]\n\
            rustls = [\"reqwest?/rustls\"]\n\n[dependencies]\n\
            bytes = \"1\"\nreqwest = { version = \"0\", optional = true }\nserde = { version = \"1\", optional = true }\n";
        let files = [("Cargo.toml".to_owned(), manifest.to_owned())].into_iter().collect();
        let package = Package { files, ..Package::default() };
        assert!(meets_requirements(&package, manifest));
        let few = "[features]\nreqwest = []\n[dependencies]\nbytes = { workspace = true }\nreqwest = \"0\"\n";
        assert!(meets_requirements(&package, few));
        let unused = few.replace("reqwest = \"0\"", "reqwest = { version = \"0\", optional = true }");
        let without_feature = "[dependencies]\nbytes = \"1\"\nreqwest = \"0\"\n";
        for lacking in ["", without_feature, &few.replace("bytes", "byte"), &unused] {
            assert!(!meets_requirements(&package, lacking), "{lacking}");
        }
    }
}
