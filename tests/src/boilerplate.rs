//! What generated crates have in common. The case `boilerplate/plain` keeps it, and another case keeps how its crate
//! deviates from that: of the files that the plain crate has too the lines that differ, in `boilerplate.diff`, and all
//! other files as they are.

use std::{collections::BTreeMap, path::Path};

use cratewright::pipeline::Output;

use crate::{case, golden, hunks};

/// The case that keeps what is common.
pub const PLAIN: &str = "boilerplate/plain";

/// The only resource of the plain crate. The files that are about it are not common.
const RESOURCE: &str = "oddments";

/// The file that says how a crate deviates.
const DEVIATIONS: &str = "boilerplate.diff";

/// Files by their paths.
type Files = BTreeMap<String, String>;

/// What a crate is called, and what is in it: the words in which every crate differs from every other.
#[derive(Clone, Debug)]
pub struct Names {
    package: String,
    title: String,
    version: String,
    /// The module and the type of its resource, if it has one alone.
    resource: Option<(String, String)>,
}

impl Names {
    /// Those of a crate.
    pub fn of(output: &Output) -> Self {
        let files = output.package.files.iter();
        let mut resources = files.filter_map(|(path, text)| {
            let module = path.strip_prefix("src/resources/")?.strip_suffix(".rs")?;
            let (_, behind) = text.split_once("\npub struct ")?;
            Some((module.to_owned(), behind.split(['<', ' ']).next()?.to_owned()))
        });
        let resource = resources.next().filter(|_| resources.next().is_none());
        let info = &output.api.info;
        let (title, version) = (info.title.clone(), info.version.clone());
        Self { package: output.names.package.clone(), title, version, resource }
    }

    /// Holds the names of a crate, which are filled into what is expected of it, to those that were asked for: the name
    /// of the package, and the `info` of the document.
    ///
    /// # Panics
    ///
    /// Where one differs.
    pub fn assert_asked_for(&self, package: &str, document: &Path) {
        let text = std::fs::read_to_string(document).expect("the document can be read");
        let document: serde_yaml::Value = serde_yaml::from_str(&text).expect("the document is YAML");
        let stated = |key: &str| document["info"][key].as_str().map(str::to_owned);
        assert_eq!(self.package, package, "the name of the package");
        for (key, own) in [("title", &self.title), ("version", &self.version)] {
            assert!(stated(key).is_none_or(|stated| stated == *own), "the {key} of {package} is `{own}`");
        }
    }

    /// Each word of these names, and the word of the others that takes its place.
    fn replaced_by(&self, other: &Self) -> Vec<(String, String)> {
        let snake = |names: &Self| names.package.replace('-', "_");
        let mut pairs = vec![
            (self.package.clone(), other.package.clone()),
            (snake(self), snake(other)),
            (self.title.clone(), other.title.clone()),
            (self.version.clone(), other.version.clone()),
        ];
        if let (Some((module, ty)), Some((other_module, other_ty))) = (&self.resource, &other.resource) {
            pairs.extend([(module.clone(), other_module.clone()), (ty.clone(), other_ty.clone())]);
        }
        pairs
    }
}

/// The common files, and the names in them.
#[derive(Debug)]
pub struct Boilerplate {
    files: Files,
    names: Names,
}

impl Boilerplate {
    /// Generates it from the case that keeps it, so that a change in all crates is a difference in that case alone.
    ///
    /// # Panics
    ///
    /// Where that case is not there or does not generate.
    pub fn generate() -> Self {
        let plain = case::all().into_iter().find(|case| case.name == PLAIN).expect("the case is checked in");
        let output = plain.run().output.expect("the case generates");
        let names = Names::of(&output);
        let mut files = output.package.files;
        files.retain(|path, _| !golden::is_copied(path) && !path.contains(RESOURCE));
        Self { files, names }
    }

    /// The common files with the names of a crate in them.
    fn filled(&self, names: &Names) -> Files {
        let pairs = self.names.replaced_by(names);
        let fill = |text: &String| pairs.iter().fold(text.clone(), |text, (from, to)| text.replace(from, to));
        self.files.iter().map(|(path, text)| (path.clone(), fill(text))).collect()
    }

    /// Compares what a folder keeps with the files of a crate; the differences, as unified diffs.
    pub fn compare(&self, folder: &Path, names: &Names, actual: &Files) -> Vec<String> {
        let common = self.filled(names);
        let expected = whole(&common, &golden::read(folder));
        let differences = golden::compare(folder, &kept(&common, actual));
        match expected {
            // The crate is the expected one, and would be kept otherwise: or there is no difference at all.
            Ok(expected) if expected == *actual => differences,
            Ok(expected) => golden::changed(&expected, actual),
            Err(problem) => [vec![problem], differences].concat(),
        }
    }
}

/// What a case keeps of a crate.
fn kept(common: &Files, actual: &Files) -> Files {
    let mut kept = actual.clone();
    let mut deviations = String::new();
    for (path, common) in common {
        let Some(text) = actual.get(path) else {
            deviations.push_str(&format!("=== {path} is not there\n"));
            continue;
        };
        let Some(hunks) = hunks::between(common, text) else { continue };
        kept.remove(path);
        if !hunks.is_empty() {
            deviations.push_str(&format!("=== {path}\n{hunks}"));
        }
    }
    if !deviations.is_empty() {
        kept.insert(DEVIATIONS.to_owned(), deviations);
    }
    kept
}

/// The crate that a case expects: what it keeps, and what is common. An error where the deviations fit the common files
/// no longer.
fn whole(common: &Files, kept: &Files) -> Result<Files, String> {
    let mut files: Files = common.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    let deviations = kept.get(DEVIATIONS).map(|text| format!("\n{text}")).unwrap_or_default();
    for section in deviations.split("\n=== ").skip(1) {
        let (path, hunks) = section.split_once('\n').unwrap_or((section, ""));
        if let Some(path) = path.strip_suffix(" is not there") {
            files.remove(path);
            continue;
        }
        let text = files.get(path).and_then(|text| hunks::applied(text, hunks));
        let text = text.ok_or_else(|| format!("{DEVIATIONS} does not fit the common {path}"))?;
        files.insert(path.to_owned(), text);
    }
    let own = kept.iter().filter(|(path, _)| *path != DEVIATIONS);
    files.extend(own.map(|(path, text)| (path.clone(), text.clone())));
    Ok(files)
}
