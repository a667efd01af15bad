//! What a user has added to files that are generated, so that it is there when they are generated again.
//!
//! Of `Cargo.toml` that is every entry that was not written here, such as `[lints]`, and the version unless the
//! configuration states one. Of `src/lib.rs` it is the modules that are no part of the client, and what is exported from
//! them. A file that says the same with that as what is made keeps its text.

use std::collections::BTreeSet;

use quote::ToTokens;
use toml_edit::{DocumentMut, Item, Table};

/// The modules that a client may have at its root.
const MODULES: &[&str] = &["client", "codec", "errors", "models", "resources", "responses", "runtime"];

/// The entries of a manifest, by table and key: `dependencies.bytes`.
pub fn entries(manifest: &str) -> BTreeSet<String> {
    let Ok(manifest) = manifest.parse::<DocumentMut>() else { return BTreeSet::new() };
    let tables = manifest.iter().filter_map(|(name, item)| Some((name, item.as_table()?)));
    tables.flat_map(|(name, table)| table.iter().map(move |(key, _)| format!("{name}.{key}"))).collect()
}

/// The manifest as it is made, with what else is in the one that is found. What was `written` before and is not made
/// any more is nobody's.
pub fn manifest(made: &str, found: &str, written: &BTreeSet<String>, states_version: bool) -> String {
    let (Ok(mut manifest), Ok(other)) = (made.parse::<DocumentMut>(), found.parse::<DocumentMut>()) else {
        return made.to_owned();
    };
    let mut tables = DocumentMut::new();
    for (name, item) in other.iter() {
        match (manifest.get_mut(name).and_then(Item::as_table_mut), item.as_table()) {
            (None, _) => drop(tables.insert(name, item.clone())),
            (Some(own), Some(table)) => {
                add(own, table, |key| written.contains(&format!("{name}.{key}")), &mut |key, item| {
                    let of = tables.entry(name).or_insert_with(|| Item::Table(implicit()));
                    of.as_table_mut().map(|of| of.insert(key, item));
                });
            }
            (Some(_), None) => {}
        }
    }
    let version = other.get("package").and_then(|package| package.get("version"));
    if let (Some(version), false) = (version.and_then(Item::as_str), states_version) {
        manifest["package"]["version"] = toml_edit::value(version);
    }
    let text = match tables.to_string().trim() {
        "" => manifest.to_string(),
        tables => format!("{}\n\n{tables}\n", manifest.to_string().trim_end()),
    };
    if is_same(&text, found) { found.to_owned() } else { text }
}

/// Adds the entries of a table that another does not have; those that are tables themselves go elsewhere.
fn add(own: &mut Table, table: &Table, is_old: impl Fn(&str) -> bool, elsewhere: &mut dyn FnMut(&str, Item)) {
    for (key, item) in table.iter().filter(|(key, _)| !is_old(key)) {
        if own.contains_key(key) {
            continue;
        }
        if item.is_table() || item.is_array_of_tables() {
            elsewhere(key, item.clone());
        } else {
            own.insert(key, item.clone());
        }
    }
}

/// A table whose header stands nowhere: `[package.metadata]` needs no `[package]` before it.
fn implicit() -> Table {
    let mut table = Table::new();
    table.set_implicit(true);
    table
}

/// Whether two manifests say the same, whatever the order and the comments.
fn is_same(one: &str, other: &str) -> bool {
    let values = |text: &str| toml::from_str::<toml::Table>(text).ok();
    values(one).is_some_and(|one| Some(one) == values(other))
}

/// The root of the crate as it is made, with the user's modules in the one that is found.
pub fn root(made: &str, found: &str) -> String {
    let (Ok(own), Ok(other)) = (syn::parse_file(made), syn::parse_file(found)) else {
        return made.to_owned();
    };
    let modules: Vec<String> = other.items.iter().filter_map(foreign_module).collect();
    if modules.is_empty() {
        return made.to_owned();
    }
    let (users, others): (Vec<syn::Item>, Vec<syn::Item>) =
        other.items.into_iter().partition(|item| is_of(item, &modules));
    let rest = syn::File { items: others, ..other };
    if made.lines().next() == found.lines().next() && text_of(&own) == text_of(&rest) {
        return found.to_owned();
    }
    let users = syn::File { items: users, attrs: Vec::new(), ..rest };
    format!("{}\n\n{}", made.trim_end(), prettyplease::unparse(&users))
}

fn text_of(file: &syn::File) -> String {
    file.to_token_stream().to_string()
}

/// The name of a module in a file of its own that is no part of the client.
fn foreign_module(item: &syn::Item) -> Option<String> {
    let syn::Item::Mod(module) = item else { return None };
    let name = module.ident.to_string();
    (module.content.is_none() && !MODULES.contains(&name.trim_start_matches("r#"))).then_some(name)
}

/// Whether an item declares one of these modules, or exports what is in one.
fn is_of(item: &syn::Item, modules: &[String]) -> bool {
    match item {
        syn::Item::Mod(_) => foreign_module(item).is_some(),
        syn::Item::Use(item) => first(&item.tree).is_some_and(|name| modules.contains(&name)),
        _ => false,
    }
}

/// The first name of a path, but for `self` and `crate`.
fn first(tree: &syn::UseTree) -> Option<String> {
    match tree {
        syn::UseTree::Path(path) if path.ident == "self" || path.ident == "crate" => first(&path.tree),
        syn::UseTree::Path(path) => Some(path.ident.to_string()),
        syn::UseTree::Name(name) => Some(name.ident.to_string()),
        syn::UseTree::Rename(rename) => Some(rename.ident.to_string()),
        syn::UseTree::Group(_) | syn::UseTree::Glob(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: &str =
        "# Made.\n\n[package]\nname = \"a\"\nversion = \"0.1.0\"\n\n[dependencies]\nbytes = \"1\"\n";

    fn kept(found: &str) -> String {
        let text = manifest(MADE, found, &entries("[dependencies]\nbytes = \"1\"\nurl = \"2\"\n"), false);
        assert_eq!(manifest(MADE, &text, &BTreeSet::new(), false), text, "it is there the next time");
        text
    }

    #[test]
    fn a_manifest_keeps_what_it_did_not_make() {
        assert_eq!(kept(""), MADE);
        assert_eq!(kept(MADE), MADE);
        assert_eq!(kept("[dependencies]\nurl = \"2\"\n"), MADE, "what was made before");
        let found = MADE.replace("0.1.0", "0.2.0");
        assert_eq!(kept(&found), found);
        assert_eq!(manifest(MADE, &found, &BTreeSet::new(), true), MADE, "a stated version");
        let more = kept(
            "[package]\npublish = false\n[package.metadata.docs]\na = 1\n[lints.rust]\nunsafe_code = \"forbid\"\n[dependencies]\nbytes = \"0\"\nmine = \"3\"\n",
        );
        let parts =
            ["name = \"a\"", "publish = false", "[package.metadata.docs]", "[lints.rust]", "mine = \"3\""];
        assert!(parts.iter().all(|part| more.contains(part)) && more.contains("bytes = \"1\""), "{more}");
    }

    #[test]
    fn a_manifest_that_says_the_same_keeps_its_text() {
        let found = "[lints.rust]\nunsafe_code = \"forbid\"\n[package]\nversion = \"3.0.0\" # mine\nname = \"a\"\n[dependencies]\nbytes = \"1\"\n";
        assert_eq!(kept(found), found);
    }

    #[test]
    fn a_root_keeps_modules() {
        let made = "// 1\n//! Client.\n\nmod client;\npub use client::Client;\n";
        assert_eq!(root(made, "// 0\nmod client;\npub mod errors;\n"), made);
        let found = "// 1\n//! Client.\n\nmod client;\nmod mine; // here\npub use client::Client;\npub use mine::Extra;\n";
        assert_eq!(root(made, found), found);
        let changed = root("// 2\n//! Client.\n\nmod client;\n", found);
        assert_eq!(changed, "// 2\n//! Client.\n\nmod client;\n\nmod mine;\npub use mine::Extra;\n");
        assert_eq!(root("// 2\n//! Client.\n\nmod client;\n", &changed), changed);
    }
}
