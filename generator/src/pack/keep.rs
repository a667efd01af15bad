//! Keeps what a user has added to generated files.
//!
//! In `Cargo.toml` these are entries that the generator did not write, such as `[lints]`, and the version unless the
//! configuration states one. In `src/lib.rs` these are modules that are not part of the client, exports from them, and
//! `extern crate`. A file whose content is the same as what is generated keeps its text.

use std::collections::BTreeSet;

use quote::ToTokens;
use toml_edit::{DocumentMut, Item, Table, TomlError};

/// The modules that a client may have at its root.
const MODULES: &[&str] = &[
    "blocking",
    "client",
    "codec",
    "errors",
    "headers",
    "json",
    "models",
    "resources",
    "responses",
    "runtime",
    "testing",
    "transport",
    "webhooks",
];

/// The table of dependencies of tests, which users have as well: a crate may stand there with other features.
const DEV_DEPENDENCIES: &str = "dev-dependencies";

/// The entries of a manifest, by table and key: `dependencies.bytes`, and for features that are on by default
/// `features.default.reqwest`.
pub fn entries(manifest: &str) -> BTreeSet<String> {
    let Ok(manifest) = manifest.parse::<DocumentMut>() else { return BTreeSet::new() };
    let tables = manifest.iter().filter_map(|(name, item)| Some((name, item.as_table()?)));
    let keys = tables.flat_map(|(name, table)| table.iter().map(move |(key, _)| format!("{name}.{key}")));
    keys.chain(defaults(manifest.as_table()).into_iter().map(|name| format!("features.default.{name}")))
        .collect()
}

/// Returns the generated manifest with the additions in the one on disk. Removes entries that were `written` before and
/// have left the generated manifest.
///
/// # Errors
///
/// A message if the manifest on disk is not TOML, so that its additions are unknown.
pub fn manifest(
    made: &str,
    found: &str,
    written: &BTreeSet<String>,
    states_version: bool,
) -> Result<String, String> {
    let other: DocumentMut = found.parse().map_err(|error: TomlError| error.message().to_owned())?;
    let Ok(mut manifest) = made.parse::<DocumentMut>() else { return Ok(made.to_owned()) };
    let mut below = DocumentMut::new();
    for (name, item) in other.iter() {
        match (manifest.get_mut(name).and_then(Item::as_table_mut), item.as_table()) {
            (None, _) if has_header(item) => drop(below.insert(name, item.clone())),
            (None, _) => insert(manifest.as_table_mut(), other.as_table(), name, item),
            (Some(own), Some(table)) => {
                let is_old = |key: &str| written.contains(&format!("{name}.{key}"));
                if name == DEV_DEPENDENCIES {
                    keep_own(own, table, is_old);
                }
                let own_table = below.entry(name).or_insert_with(|| Item::Table(implicit()));
                add(own, table, is_old, own_table);
            }
            (Some(_), None) => {}
        }
    }
    if let Some(package) = other.get("package").and_then(Item::as_table) {
        inherit(&mut manifest, package, states_version);
    }
    add_defaults(&mut manifest, &other, written);
    below.retain(|_, item| item.as_table().is_none_or(|table| !table.is_empty()));
    let mut text = manifest.to_string();
    for more in [below.to_string().trim(), other.trailing().as_str().unwrap_or_default().trim()] {
        if !more.is_empty() {
            text = format!("{}\n\n{more}\n", text.trim_end());
        }
    }
    Ok(if is_same(&text, found) { found.to_owned() } else { text })
}

/// Keeps what a user has asked for in place of what the generator would.
fn keep_own(made: &mut Table, found: &Table, is_old: impl Fn(&str) -> bool) {
    for (key, item) in found.iter().filter(|(key, _)| !is_old(key)) {
        if made.contains_key(key) {
            made.insert(key, item.clone());
        }
    }
}

/// Adds the entries of a table that another lacks; those with a header of their own come last.
fn add(own: &mut Table, table: &Table, is_old: impl Fn(&str) -> bool, below: &mut Item) {
    for (key, item) in table.iter().filter(|(key, _)| !is_old(key)) {
        if own.contains_key(key) {
            continue;
        }
        match below.as_table_mut().filter(|_| has_header(item)) {
            Some(below) => insert(below, table, key, item),
            None => insert(own, table, key, item),
        }
    }
}

/// Inserts an entry with the comments above it.
fn insert(into: &mut Table, from: &Table, key: &str, item: &Item) {
    match from.key(key) {
        Some(key) => drop(into.insert_formatted(key, item.clone())),
        None => drop(into.insert(key, item.clone())),
    }
}

/// Whether an item is written below a header in brackets, rather than as a value or with a dotted key.
fn has_header(item: &Item) -> bool {
    item.is_array_of_tables() || item.as_table().is_some_and(|table| !table.is_dotted())
}

/// A table without a header of its own: `[package.metadata]` needs no `[package]` before it.
fn implicit() -> Table {
    let mut table = Table::new();
    table.set_implicit(true);
    table
}

/// Keeps the version that a user has set, unless the configuration states one, and what the package inherits from a
/// workspace.
fn inherit(manifest: &mut DocumentMut, found: &Table, states_version: bool) {
    let Some(own) = manifest.get_mut("package").and_then(Item::as_table_mut) else { return };
    for (key, item) in found.iter() {
        let is_inherited = item.get("workspace").and_then(Item::as_bool) == Some(true);
        if own.contains_key(key) && (is_inherited || (key == "version" && !states_version)) {
            own.insert(key, item.clone());
        }
    }
}

/// Adds the features that a user has enabled by default.
fn add_defaults(manifest: &mut DocumentMut, other: &DocumentMut, written: &BTreeSet<String>) {
    let own = defaults(manifest.as_table());
    let is_new =
        |name: &String| !own.contains(name) && !written.contains(&format!("features.default.{name}"));
    let new: Vec<String> = defaults(other.as_table()).into_iter().filter(is_new).collect();
    let list = manifest.get_mut("features").and_then(|features| features.get_mut("default")?.as_array_mut());
    if let Some(list) = list {
        new.into_iter().for_each(|name| list.push(name));
    }
}

/// The features that are enabled by default.
fn defaults(manifest: &Table) -> Vec<String> {
    let list = manifest.get("features").and_then(|features| features.get("default")?.as_array());
    list.into_iter().flatten().filter_map(|name| name.as_str()).map(str::to_owned).collect()
}

/// Whether two manifests have the same content, apart from order and comments.
fn is_same(one: &str, other: &str) -> bool {
    let values = |text: &str| toml::from_str::<toml::Table>(text).ok();
    values(one).is_some_and(|one| Some(one) == values(other))
}

/// Returns the generated root of the crate with the user's modules in the one on disk.
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

/// The name of a declared module, unless it is part of the client.
fn foreign_module(item: &syn::Item) -> Option<String> {
    let syn::Item::Mod(module) = item else { return None };
    let name = module.ident.to_string();
    (!MODULES.contains(&name.trim_start_matches("r#"))).then_some(name)
}

/// Whether an item declares one of these modules or another crate, or exports items of these modules.
fn is_of(item: &syn::Item, modules: &[String]) -> bool {
    match item {
        syn::Item::Mod(_) => foreign_module(item).is_some(),
        syn::Item::ExternCrate(_) => true,
        syn::Item::Use(item) => starts_in(&item.tree, modules),
        _ => false,
    }
}

/// Whether every path of a `use` starts with one of these modules, after `self` or `crate`.
fn starts_in(tree: &syn::UseTree, modules: &[String]) -> bool {
    let is_known = |name: &syn::Ident| modules.contains(&name.to_string());
    match tree {
        syn::UseTree::Path(path) if path.ident == "self" || path.ident == "crate" => {
            starts_in(&path.tree, modules)
        }
        syn::UseTree::Path(path) => is_known(&path.ident),
        syn::UseTree::Name(name) => is_known(&name.ident),
        syn::UseTree::Rename(rename) => is_known(&rename.ident),
        syn::UseTree::Group(group) => group.items.iter().all(|tree| starts_in(tree, modules)),
        syn::UseTree::Glob(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: &str =
        "# Made.\n\n[package]\nname = \"a\"\nversion = \"0.1.0\"\n\n[dependencies]\nbytes = \"1\"\n";

    fn kept(found: &str) -> String {
        let merged =
            |found: &str, written: &str| manifest(MADE, found, &entries(written), false).expect("it is TOML");
        let text = merged(found, "[dependencies]\nbytes = \"1\"\nurl = \"2\"\n");
        assert_eq!(merged(&text, MADE), text, "it is there the next time");
        toml::from_str::<toml::Table>(&text).expect("it is TOML");
        text
    }

    #[test]
    fn a_manifest_keeps_what_it_did_not_make() {
        assert_eq!(kept(""), MADE);
        assert_eq!(kept(MADE), MADE);
        assert_eq!(kept("[dependencies]\nurl = \"2\"\n"), MADE, "what was made before");
        let found = MADE.replace("0.1.0", "0.2.0");
        assert_eq!(kept(&found), found);
        let stated = manifest(MADE, &found, &BTreeSet::new(), true);
        assert_eq!(stated.as_deref(), Ok(MADE), "a stated version");
        let more = kept(
            "[package]\npublish = false\n[package.metadata.docs]\na = 1\n[lints.rust]\nunsafe_code = \"forbid\"\n[dependencies]\nbytes = \"0\"\nmine = \"3\"\n",
        );
        let parts =
            ["name = \"a\"", "publish = false", "[package.metadata.docs]", "[lints.rust]", "mine = \"3\""];
        assert!(parts.iter().all(|part| more.contains(part)) && more.contains("bytes = \"1\""), "{more}");
    }

    #[test]
    fn a_manifest_keeps_odd_entries() {
        for odd in [
            "lints.workspace = true\n",
            "lints = { workspace = true }\ncargo-features = [\"a\"]\n",
            "[package]\nlicense.workspace = true\nmetadata.docs.rs.all-features = true\n",
            "[package]\nversion.workspace = true\n",
            "[package]\nversion = { workspace = true }\n",
            "[dependencies]\n# mine\nserde_json.workspace = true\n[dependencies.more]\nversion = \"1\"\n# the end\n",
            "[[bench]]\nname = \"b\"\n[target.'cfg(unix)'.dependencies]\nlibc = \"1\"\n",
        ] {
            let text = kept(odd);
            let kept_lines = odd
                .lines()
                .filter(|line| !line.starts_with("[package]") && !line.starts_with("[dependencies]"));
            kept_lines.for_each(|line| assert!(text.contains(line), "{line}: {text}"));
        }
        assert!(manifest(MADE, "[lints.rust]\nunsafe_code = forbid\n", &BTreeSet::new(), false).is_err());
    }

    #[test]
    fn features_are_on_by_default_that_a_user_adds() {
        let made = "[features]\ndefault = [\"reqwest\"]\n";
        let merged =
            |found: &str| manifest(made, found, &entries("[features]\ndefault = [\"charset\"]\n"), false);
        assert_eq!(
            merged("[features]\ndefault = [\"charset\", \"mine\"]\nmine = []\n").as_deref(),
            Ok("[features]\ndefault = [\"reqwest\", \"mine\"]\nmine = []\n")
        );
    }

    #[test]
    fn a_dependency_of_tests_that_a_user_adds_stays() {
        let made = "[dev-dependencies]\ntokio = \"1\"\n";
        let found = "[dev-dependencies]\ntokio = { version = \"1\", features = [\"full\"] }\n";
        assert_eq!(manifest(made, found, &BTreeSet::new(), false).as_deref(), Ok(found));
        assert_eq!(
            manifest(made, found, &entries(found), false).as_deref(),
            Ok(made),
            "what was made before"
        );
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
        let more = format!(
            "{made}mod ext {{\n    pub fn f() {{}}\n}}\nextern crate alloc;\npub use self::{{ext::f, mine::B}};\nmod mine;\n"
        );
        assert!(
            ["mod ext", "extern crate alloc;", "pub use self::{ext::f, mine::B};"].iter().all(|part| root(
                &made.replace("// 1", "// 2"),
                &more
            )
            .contains(part))
        );
        let changed = root("// 2\n//! Client.\n\nmod client;\n", found);
        assert_eq!(changed, "// 2\n//! Client.\n\nmod client;\n\nmod mine;\npub use mine::Extra;\n");
        assert_eq!(root("// 2\n//! Client.\n\nmod client;\n", &changed), changed);
    }
}
