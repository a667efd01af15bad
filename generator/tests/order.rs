//! The order of the modules is a rule: each uses only those before it, and an external crate, the disk or the
//! terminal only where the design says.

use std::{
    collections::{BTreeMap, BTreeSet},
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
    ("openapiv3", &["document", "resolve"]),
    ("petgraph", &["analyse"]),
    ("prettyplease", &["pack"]),
    ("proc_macro2", &["emit", "name", "pack"]),
    ("pulldown_cmark", &["markdown"]),
    ("quote", &["emit", "name", "pack"]),
    ("regex_syntax", &["lower"]),
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

/// Files of one module that need each other, and why they cannot be separated.
const CIRCLES: &[(&[&str], &str)] = &[(
    &["lower/schemas/all_of", "lower/schemas/class", "lower/schemas/merged"],
    "a descent: the class of a schema is that of its merged branches, each of which has a class",
)];

/// What a file uses: paths, as text, outside of its tests.
#[derive(Default)]
struct Uses {
    paths: Vec<String>,
    /// The names that it imports or hands on, and the paths that they stand for.
    names: BTreeMap<String, String>,
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let is_test = item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if !is_test {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.flatten(&item.tree, String::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.paths.push(segments.join("::"));
        visit::visit_path(self, path);
    }
}

impl Uses {
    /// Adds every path that a `use` tree names.
    fn flatten(&mut self, tree: &syn::UseTree, prefix: String) {
        let join = |name: &syn::Ident| match name.to_string() {
            name if prefix.is_empty() => name,
            name if name == "self" => prefix.clone(),
            name => format!("{prefix}::{name}"),
        };
        let (path, name) = match tree {
            syn::UseTree::Path(path) => return self.flatten(&path.tree, join(&path.ident)),
            syn::UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.flatten(tree, prefix.clone()));
            }
            syn::UseTree::Glob(_) => return self.paths.push(prefix),
            syn::UseTree::Name(name) => (join(&name.ident), None),
            syn::UseTree::Rename(rename) => (join(&rename.ident), Some(rename.rename.to_string())),
        };
        let name = name.or_else(|| path.rsplit("::").next().map(str::to_owned)).unwrap_or_default();
        self.names.insert(name, path.clone());
        self.paths.push(path);
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
    read(path).paths
}

fn read(path: &Path) -> Uses {
    let text = fs::read_to_string(path).expect("a source file is text");
    let file = syn::parse_file(&text).expect("a source file is Rust");
    let mut uses = Uses::default();
    uses.visit_file(&file);
    uses
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

/// The files of the generator by their modules (`emit/record`), and what each uses.
struct Sources {
    files: BTreeMap<String, Uses>,
}

impl Sources {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let files = sources().into_keys().map(|path| {
            let below = path.strip_prefix(&root).expect("it is below the root").with_extension("");
            let name = below.to_string_lossy().replace('\\', "/");
            (name.strip_suffix("/mod").unwrap_or(&name).to_owned(), read(&path))
        });
        Self { files: files.filter(|(name, _)| name != "lib" && name != "main").collect() }
    }

    /// The path from the root of the crate that a path in a file stands for; `None` for another crate's.
    fn absolute(&self, file: &str, path: &str) -> Option<String> {
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        let above = |file: &str| file.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
        let base = match first {
            "crate" => String::new(),
            "self" => file.to_owned(),
            "super" => {
                let mut base = above(file);
                let mut rest = rest;
                while let Some(more) = rest.strip_prefix("super::") {
                    (base, rest) = (above(&base), more);
                }
                return Some(format!("{base}/{}", rest.replace("::", "/")));
            }
            _ if self.files.contains_key(&format!("{file}/{first}")) => format!("{file}/{first}"),
            _ => {
                let named = self.files[file].names.get(first).filter(|named| *named != path)?;
                self.absolute(file, named)?
            }
        };
        Some(format!("{base}/{}", rest.replace("::", "/")))
    }

    /// The file that defines what a path from the root names, following re-exports.
    fn definer(&self, path: &str, depth: usize) -> Option<String> {
        let path = path.trim_matches('/');
        let mut file = path;
        while !self.files.contains_key(file) {
            file = file.rsplit_once('/')?.0;
        }
        let rest = path[file.len()..].trim_start_matches('/');
        let (name, below) = rest.split_once('/').unwrap_or((rest, ""));
        let handed_on = self.files[file].names.get(name).filter(|_| depth < 8);
        let behind = handed_on.and_then(|named| self.absolute(file, named));
        let behind = behind.and_then(|named| self.definer(&format!("{named}/{below}"), depth + 1));
        Some(behind.unwrap_or_else(|| file.to_owned()))
    }

    /// The files that a file uses, and the paths by which it does. What the file of a module defines is for the files
    /// below it, so that their arrows up to it are not counted.
    fn arrows(&self, file: &str) -> BTreeMap<String, Vec<&str>> {
        let mut arrows: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for path in &self.files[file].paths {
            let definer = self.absolute(file, path).and_then(|absolute| self.definer(&absolute, 0));
            let is_above = |other: &str| file.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'));
            if let Some(other) = definer.filter(|other| other != file && !is_above(other)) {
                arrows.entry(other).or_default().push(path);
            }
        }
        arrows
    }
}

/// Everything that can be reached from a file along arrows.
fn reached<'a>(from: &'a str, arrows: &'a BTreeMap<&str, BTreeMap<String, Vec<&str>>>) -> BTreeSet<&'a str> {
    let (mut found, mut pending) = (BTreeSet::new(), vec![from]);
    while let Some(file) = pending.pop() {
        let next = arrows[file].keys().map(String::as_str);
        pending.extend(next.filter(|file| found.insert(*file)).collect::<Vec<_>>());
    }
    found
}

#[test]
fn files_do_not_need_each_other() {
    let sources = Sources::read();
    let arrows: BTreeMap<&str, _> =
        sources.files.keys().map(|file| (file.as_str(), sources.arrows(file))).collect();
    let reached: BTreeMap<&str, _> = arrows.keys().map(|file| (*file, reached(file, &arrows))).collect();
    let circles: BTreeSet<Vec<&str>> = arrows
        .keys()
        .map(|file| reached[file].iter().copied().filter(|other| reached[other].contains(file)).collect())
        .collect();
    let known: BTreeSet<Vec<&str>> =
        CIRCLES.iter().map(|(files, _)| files.to_vec()).chain([Vec::new()]).collect();
    let new = circles.difference(&known).map(|circle| {
        let ties = circle.iter().flat_map(|file| {
            let within = arrows[file].iter().filter(|(other, _)| circle.contains(&other.as_str()));
            within.map(move |(other, paths)| format!("\n    {file} -> {other}: {}", paths.join(", ")))
        });
        format!("{}{}", circle.join(", "), ties.collect::<String>())
    });
    let new: Vec<String> = new.collect();
    let gone: Vec<&Vec<&str>> = known.difference(&circles).filter(|circle| !circle.is_empty()).collect();
    assert!(sources.files.len() > 200, "the generator has files");
    assert!(new.is_empty(), "files that need each other:\n{}", new.join("\n"));
    assert!(gone.is_empty(), "circles that are gone, and still listed: {gone:?}");
}
