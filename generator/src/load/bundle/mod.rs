//! Combines the files that a document refers to into one tree.
//!
//! Takes the tree of the main file, and adds the tree of every other file under [`FILES`] by its path from the main
//! file's folder. Every reference then points into the combined tree: `models/user.yml#/Name` becomes
//! `#/x-cratewright-files/models~1user.yml/Name`. Knows nothing of OpenAPI except what references look like.
//!
//! Each file is read once, however it is named. A file that may not or cannot be read is reported at the reference,
//! which becomes [`UNREAD`]; later stages do not report it again.

mod open;
mod remote;
mod scan;
mod uri;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::config::Inputs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::source::{Files, Node, NodeId, Object, Pointer, Value};
use open::Opener;
use scan::Role;
use uri::{Target, Url};

/// The key in the main file's tree that holds the trees of the other files.
pub const FILES: &str = "x-cratewright-files";

/// Replaces a reference whose file was not read; the failure has been reported.
pub const UNREAD: &str = "#/x-cratewright-unread";

/// The location a file was read from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Home {
    /// On disk: a path from the main file's folder.
    Disk(String),
    /// On the network.
    Net(Url),
}

/// A loaded file.
struct Loaded {
    home: Home,
    /// Taken out while its references are processed.
    tree: Node,
}

/// A part of a file whose references are to be followed.
struct Part {
    file: usize,
    at: Pointer,
}

struct Bundle<'a> {
    opener: Opener<'a>,
    diagnostics: &'a mut Diagnostics,
    /// The first is the main file.
    loaded: Vec<Loaded>,
    /// The result for each file, by location.
    known: HashMap<Home, Result<usize, Diagnostic>>,
    /// The URL that the document gives for itself.
    own_url: Option<Url>,
    pending: VecDeque<Part>,
    /// Parts within data that are followed because something refers to them.
    parts: HashSet<(usize, Pointer)>,
    /// References that already point into the combined tree.
    done: HashSet<NodeId>,
}

/// Adds every file that `root`, read from `path`, refers to.
pub(super) fn run(
    root: Node,
    path: &Path,
    files: &mut Files,
    diagnostics: &mut Diagnostics,
    allowed: &Inputs,
) -> Node {
    let own_url = root.get("$self").and_then(Node::as_str).and_then(Url::parse);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let home = Home::Disk(name);
    let mut bundle = Bundle {
        opener: Opener::new(files, path, allowed),
        diagnostics,
        loaded: vec![Loaded { home: home.clone(), tree: root }],
        known: HashMap::from([(home, Ok(0))]),
        own_url,
        pending: VecDeque::from([Part { file: 0, at: Pointer::root() }]),
        parts: HashSet::new(),
        done: HashSet::new(),
    };
    while let Some(part) = bundle.pending.pop_front() {
        bundle.follow(&part);
    }
    assemble(bundle.loaded)
}

/// Combines all files into one tree.
fn assemble(loaded: Vec<Loaded>) -> Node {
    let mut trees = loaded.into_iter();
    let Some(Loaded { tree: mut root, .. }) = trees.next() else {
        return Node::at(NodeId::root(crate::source::FileId(0)), Value::Null);
    };
    let files: Object = trees.map(|file| (file.home.to_string(), file.tree)).collect();
    let id = root.id;
    if let (false, Some(entries)) = (files.is_empty(), root.as_object_mut()) {
        entries.insert(FILES.to_owned(), Node::at(id, Value::Object(files)));
    }
    root
}

impl Bundle<'_> {
    /// Rewrites the references in a part of a file.
    fn follow(&mut self, part: &Part) {
        let id = self.loaded[part.file].tree.id;
        let mut tree = std::mem::replace(&mut self.loaded[part.file].tree, Node::at(id, Value::Null));
        // A bare name, which OpenAPI allows in a mapping, means a component of the same file.
        let names = components(&tree);
        if let Some(node) = find_mut(&mut tree, &part.at) {
            scan::scan(node, &mut |text, id, role| {
                if self.done.contains(&id) {
                    return;
                }
                if let Some(rewritten) = self.rewrite(part.file, text, id, role, &names) {
                    *text = rewritten;
                    self.done.insert(id);
                }
            });
        }
        self.loaded[part.file].tree = tree;
    }

    /// The new text of a reference; `None` if it stays.
    fn rewrite(
        &mut self,
        from: usize,
        text: &str,
        id: NodeId,
        role: Role,
        names: &HashSet<String>,
    ) -> Option<String> {
        let (target, fragment) = uri::split(text);
        let is_name = !text.contains('#') && names.contains(text);
        if is_name && (from == 0 || role == Role::Mapping) {
            return (from != 0).then(|| self.pointer(from, &format!("/components/schemas/{}", escape(text))));
        }
        if role == Role::Mapping && !text.contains('#') && !looks_like_a_file(text) {
            return None;
        }
        if target == Target::Same {
            let fragment = fragment.unwrap_or_default();
            self.follow_data(from, fragment);
            // An anchor is not a pointer, and stays valid in the combined tree.
            let is_pointer = fragment.is_empty() || fragment.starts_with('/');
            return (from != 0 && is_pointer).then(|| self.pointer(from, fragment));
        }
        match self.open(from, target, text) {
            Ok(file) => {
                let fragment = fragment.filter(|fragment| *fragment != "/").unwrap_or_default();
                self.follow_data(file, fragment);
                Some(match fragment.is_empty() || fragment.starts_with('/') {
                    true => self.pointer(file, fragment),
                    false => format!("#{fragment}"),
                })
            }
            Err(diagnostic) => {
                self.diagnostics.push(Diagnostic { place: Some(Place::Node(id)), ..diagnostic });
                Some(UNREAD.to_owned())
            }
        }
    }

    /// The file that a reference names, read on first use.
    fn open(&mut self, from: usize, target: Target, text: &str) -> Result<usize, Diagnostic> {
        let home = match (target, &self.loaded[from].home) {
            (Target::Path(path), Home::Disk(base)) => self.opener.home(base, &path),
            (Target::Path(path), Home::Net(base)) => Home::Net(base.join(&path)),
            // URLs next to the document's own URL are files next to the document.
            (Target::Url(url), _) => match self.own_url.as_ref().and_then(|own| own.below(&url)) {
                Some(_) if self.own_url.as_ref() == Some(&url) => return Ok(0),
                Some(below) => Home::Disk(crate::source::percent_decode(below)),
                None => Home::Net(url),
            },
            (Target::Same | Target::Other, _) => {
                let place = Place::Path(String::new());
                let message = format!("`{text}` names neither a file nor a URL");
                return Err(Diagnostic::new(Code::UnsupportedReference, place, message));
            }
        };
        if let Some(known) = self.known.get(&home) {
            return known.clone();
        }
        let opened =
            self.opener.open(&home, self.loaded.len(), self.diagnostics).map(|opened| match opened {
                open::Opened::Again(file) => file,
                open::Opened::New(tree) => {
                    let file = self.loaded.len();
                    self.loaded.push(Loaded { home: home.clone(), tree });
                    self.pending.push_back(Part { file, at: Pointer::root() });
                    file
                }
            });
        self.known.insert(home, opened.clone());
        opened
    }

    /// Follows the references of something within data that a pointer refers to.
    fn follow_data(&mut self, file: usize, fragment: &str) {
        if !fragment.split('/').any(scan::is_data) {
            return;
        }
        if let Some(at) = Pointer::parse(&format!("#{fragment}"))
            && self.parts.insert((file, at.clone()))
        {
            self.pending.push_back(Part { file, at });
        }
    }

    /// The pointer in the combined tree for a pointer in a file.
    fn pointer(&self, file: usize, fragment: &str) -> String {
        match file {
            0 => format!("#{fragment}"),
            _ => format!("#/{FILES}/{}{fragment}", escape(&self.loaded[file].home.to_string())),
        }
    }
}

/// The component names of a file.
fn components(tree: &Node) -> HashSet<String> {
    let sections = tree.get("components").and_then(Node::as_object).into_iter().flatten();
    let entries = sections.filter_map(|(_, section)| section.as_object()).flatten();
    entries.map(|(name, _)| name.clone()).collect()
}

fn looks_like_a_file(text: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|ending| text.to_ascii_lowercase().ends_with(ending))
}

/// Escapes a pointer segment for use in a fragment.
fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1").replace('%', "%25")
}

fn find_mut<'n>(root: &'n mut Node, pointer: &Pointer) -> Option<&'n mut Node> {
    pointer.segments().iter().try_fold(root, |node, segment| match &mut node.value {
        Value::Object(entries) => entries.get_mut(segment),
        Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

impl std::fmt::Display for Home {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Disk(path) => f.write_str(path),
            Self::Net(url) => url.fmt(f),
        }
    }
}

/// The folder that contains a file.
fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
