//! The order of the modules is a rule: each uses only those before it, and an external crate, the disk or the
//! terminal only where the design says.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use syn::visit::{self, Visit};

/// The modules in order; those in one row may not use each other.
const ORDER: &[&[&str]] = &[
    &["source"],
    &["diagnostic"],
    &["language"],
    &["markdown"],
    &["config"],
    &["load"],
    &["normalise"],
    &["document"],
    &["resolve"],
    &["ir"],
    &["lower"],
    &["route"],
    &["analyse", "diff", "reconcile"],
    &["name"],
    &["emit"],
    &["pack"],
    &["write"],
    &["pipeline"],
    &["build", "cli"],
];

/// Crates, paths and macros that stay within some modules.
const CONFINED: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostic"]),
    ("base64", &["reconcile"]),
    ("clap", &["cli"]),
    ("deunicode", &["language"]),
    ("heck", &["language"]),
    ("html5gum", &["markdown"]),
    ("openapiv3", &["document", "resolve", "lower"]),
    ("petgraph", &["analyse"]),
    ("prettyplease", &["pack"]),
    ("proc_macro2", &["emit", "name", "pack"]),
    ("pulldown_cmark", &["markdown"]),
    ("quote", &["emit", "name", "pack"]),
    ("saphyr_parser", &["source"]),
    ("same_file", &["write"]),
    ("serde_yaml", &["load"]),
    ("sha2", &["load"]),
    ("similar", &["write"]),
    ("syn", &["pack"]),
    ("time", &["reconcile"]),
    ("toml", &["config", "pack"]),
    ("toml_edit", &["config", "pack"]),
    ("ureq", &["load"]),
    ("url", &["load", "reconcile"]),
    ("uuid", &["reconcile"]),
    ("std::fs", &["load", "write"]),
    ("std::process", &["build", "cli"]),
    ("std::env", &["build", "cli", "load"]),
    ("println", &["build", "cli"]),
    ("eprintln", &["build", "cli"]),
    ("print", &["build", "cli"]),
    ("eprint", &["build", "cli"]),
];

/// What a file uses: paths, as text, outside of its tests.
#[derive(Default)]
struct Uses {
    paths: Vec<String>,
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let is_test = item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if !is_test {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        flatten(&item.tree, String::new(), &mut self.paths);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.paths.push(segments.join("::"));
        visit::visit_path(self, path);
    }
}

/// Every path that a `use` tree names.
fn flatten(tree: &syn::UseTree, prefix: String, paths: &mut Vec<String>) {
    let join =
        |name: &syn::Ident| if prefix.is_empty() { name.to_string() } else { format!("{prefix}::{name}") };
    match tree {
        syn::UseTree::Path(path) => flatten(&path.tree, join(&path.ident), paths),
        syn::UseTree::Group(group) => {
            group.items.iter().for_each(|tree| flatten(tree, prefix.clone(), paths))
        }
        syn::UseTree::Name(name) => paths.push(join(&name.ident)),
        syn::UseTree::Rename(rename) => paths.push(join(&rename.ident)),
        syn::UseTree::Glob(_) => paths.push(prefix),
    }
}

/// Every source file and the module it belongs to.
fn sources() -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut pending = vec![root.clone()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("a folder lists its entries").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.file_name().is_none_or(|name| name != "tests.rs")
                && path.extension().is_some_and(|extension| extension == "rs")
            {
                let below = path.strip_prefix(&root).expect("it is below the root");
                let first = below.components().next().expect("a file has a name").as_os_str();
                let module = first.to_string_lossy().trim_end_matches(".rs").to_owned();
                found.insert(path, module);
            }
        }
    }
    found
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|row| row.contains(&module))
}

fn uses(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a source file is text");
    let file = syn::parse_file(&text).expect("a source file is Rust");
    let mut uses = Uses::default();
    uses.visit_file(&file);
    uses.paths
}

/// Whether `path` starts with the segments of `prefix`: a path into a crate or module, or the macro itself.
fn within(path: &str, prefix: &str) -> bool {
    let is_macro = prefix.contains("print");
    (path == prefix && (is_macro || prefix.contains("::")))
        || path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with("::"))
}

#[test]
fn modules_use_only_those_before_them() {
    let mut wrong = Vec::new();
    for (path, module) in sources() {
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(own) = rank(&module) else {
            wrong.push(format!("{}: `{module}` is not in the order", path.display()));
            continue;
        };
        for used in uses(&path) {
            let Some(target) = used.strip_prefix("crate::").and_then(|rest| rest.split("::").next()) else {
                continue;
            };
            let allowed = target == module || rank(target).is_none_or(|rank| rank < own);
            if !allowed {
                wrong.push(format!("{}: `{used}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that run the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn crates_disk_and_terminal_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for (path, module) in sources() {
        for used in uses(&path) {
            for (confined, homes) in CONFINED {
                if within(&used, confined) && !homes.contains(&module.as_str()) && module != "main" {
                    wrong.push(format!("{}: `{used}` belongs to {homes:?}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "used outside of their modules:\n{}", wrong.join("\n"));
}

#[test]
fn the_library_lists_its_modules_in_order() {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let ranks: Vec<usize> = declared(&library).iter().filter_map(|module| rank(module)).collect();
    assert!(ranks.len() > 10, "the library declares its modules");
    assert!(ranks.is_sorted(), "the library declares its modules in the order of the design");
}

/// The names of the modules that a file declares, in order.
fn declared(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a source file is text");
    let file = syn::parse_file(&text).expect("a source file is Rust");
    let modules = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    });
    modules.collect()
}

/// What a file uses by the path of its folder, `super`, that does not stand before it there.
fn uses_ahead(folder: &Path, name: &str, order: &[String]) -> Vec<String> {
    let own = order.iter().position(|other| other == name);
    let stands_before = |used: &str| {
        let target = used.strip_prefix("super::").and_then(|rest| rest.split("::").next());
        target.is_none_or(|target| {
            order.iter().position(|other| other == target).is_some_and(|at| Some(at) < own)
        })
    };
    uses(&folder.join(format!("{name}.rs"))).into_iter().filter(|used| !stands_before(used)).collect()
}

#[test]
fn files_of_language_and_markdown_use_only_those_before_them() {
    let mut wrong = Vec::new();
    for module in ["language", "markdown"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module);
        let mut order = declared(&folder.join("mod.rs"));
        order.retain(|name| name != "tests");
        for name in order.iter().filter(|name| folder.join(format!("{name}.rs")).exists()) {
            let ahead = uses_ahead(&folder, name, &order).into_iter();
            wrong.extend(ahead.map(|used| format!("{module}/{name}: `{used}`")));
        }
        assert!(order.len() > 10, "{module} declares its files");
    }
    assert!(wrong.is_empty(), "arrows that run the wrong way:\n{}", wrong.join("\n"));
}

/// What asks about schemas knows nothing of what builds types from the answers.
#[test]
fn questions_about_schemas_build_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lower/schemas");
    let files = declared(&folder.join("mod.rs"));
    let mut wrong = Vec::new();
    for name in files.iter().map(String::as_str).chain(["mod"]) {
        for used in uses(&folder.join(format!("{name}.rs"))) {
            let is_above = used.starts_with("super::super::") && !used.starts_with("super::super::media::");
            if is_above || used.contains("Lowering") || (name == "mod" && used.starts_with("super::")) {
                wrong.push(format!("{name}: `{used}`"));
            }
        }
    }
    assert!(files.len() > 10, "the module declares its files");
    assert!(wrong.is_empty(), "these lead to what builds types:\n{}", wrong.join("\n"));
}
