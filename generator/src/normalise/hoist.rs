//! Hoists reference targets. Every target that is not a component becomes one, named after its pointer, and a `$ref`
//! takes its old place, so that a target is one type however it is reached. Then every `$ref` and every value of a
//! discriminator's `mapping` is rewritten to the plain form `#/components/<section>/<name>`.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::locate::{Found, MAX_CHAIN, find, find_mut, locate, reference, shown};
use super::shape::{Form, Kind};
use super::walk::{Fate, each, walk};
use super::{Version, hoist_name, marker};
use crate::diagnostic::{Code, Diagnostics};
use crate::load::{FILES, UNREAD};
use crate::source::{Node, NodeId, Object, Pointer, Value};

/// The plain form of a reference, or what is wrong with it.
type Outcome = Result<String, (Code, String)>;

/// A place that becomes a component.
struct Move {
    kind: Kind,
    name: String,
}

struct Hoist<'n> {
    root: &'n Node,
    version: Version,
    /// Outcomes by kind and original text.
    outcomes: HashMap<(Kind, &'n str), Outcome>,
    /// Moves in order of first use.
    moves: IndexMap<Pointer, Move>,
    /// Names given to moved places, per section.
    given: HashSet<(&'static str, String)>,
    /// Subtrees whose references have not been read yet.
    pending: Vec<(&'n Node, Kind)>,
}

/// Brings all references to the plain form.
pub(super) fn run(root: &mut Node, version: Version, diagnostics: &mut Diagnostics) {
    let (outcomes, moves) = read(root, version);
    relocate(root, moves);
    rewrite(root, &outcomes, diagnostics);
    break_cycles(root, diagnostics);
    // Nothing refers to the remains of other files.
    if let Some(entries) = root.as_object_mut() {
        entries.shift_remove(FILES);
    }
}

/// Outcomes by kind, then by original text.
type Outcomes = HashMap<Kind, HashMap<String, Outcome>>;

fn read(root: &Node, version: Version) -> (Outcomes, IndexMap<Pointer, Move>) {
    let mut hoist = Hoist {
        root,
        version,
        outcomes: HashMap::new(),
        moves: IndexMap::new(),
        given: HashSet::new(),
        pending: vec![(root, Kind::Root)],
    };
    hoist.adopt();
    while let Some((node, kind)) = hoist.pending.pop() {
        each(node, kind, &mut |node, kind| hoist.visit(node, kind));
    }
    let mut outcomes = Outcomes::new();
    #[expect(clippy::iter_over_hash_type, reason = "from one hash map into another")]
    for ((kind, text), outcome) in hoist.outcomes {
        outcomes.entry(kind).or_default().insert(text.to_owned(), outcome);
    }
    (outcomes, hoist.moves)
}

impl<'n> Hoist<'n> {
    /// Names the target of a component that is only a reference after that component: in a multi-file document, the
    /// components give places their names.
    fn adopt(&mut self) {
        let sections = self.root.get("components").and_then(Node::as_object).into_iter().flatten();
        for (section, entries) in sections {
            let Some(kind) = Kind::of_section(section) else { continue };
            for (name, node) in entries.as_object().into_iter().flatten() {
                let Some(text) = reference(node).filter(|_| is_only_described(node)) else { continue };
                if let Ok((found, None)) = self.follow(kind, text)
                    && !self.moves.contains_key(&found.pointer)
                {
                    self.relocate(found, kind, name.clone());
                }
            }
        }
    }

    fn visit(&mut self, node: &'n Node, kind: Kind) {
        if kind == Kind::Discriminator {
            let mapping = node.get("mapping").and_then(Node::as_object).into_iter().flatten();
            let targets = mapping.map(|(_, target)| target).chain(node.get("defaultMapping"));
            for text in targets.filter_map(Node::as_str) {
                self.read(Kind::Schema, text);
            }
        } else if let Some(text) = reference(node) {
            self.read(kind, text);
        }
    }

    fn read(&mut self, kind: Kind, text: &'n str) {
        if !self.outcomes.contains_key(&(kind, text)) {
            let outcome = self.resolve(kind, text);
            self.outcomes.insert((kind, text), outcome);
        }
    }

    fn resolve(&mut self, kind: Kind, text: &'n str) -> Outcome {
        match self.follow(kind, text)? {
            (_, Some(plain)) => Ok(plain),
            (found, None) => self.hoist(kind, found),
        }
    }

    /// The place with content that a reference leads to, and its plain form if it is a component.
    fn follow(&self, kind: Kind, text: &'n str) -> Result<(Found<'n>, Option<String>), (Code, String)> {
        let mut next = text;
        for _ in 0..MAX_CHAIN {
            let found = self.find(kind, next)?;
            let expected =
                matches!(found.form, Form::One(there) if there == kind) || found.form == Form::Opaque;
            let content =
                found.node.as_object().is_some() || kind == Kind::Schema && found.node.as_bool().is_some();
            if !expected || !content {
                let message = format!("what stands at `{}` is not {}", shown(text), kind.noun());
                return Err((Code::UnresolvedReference, message));
            }
            if let Some(plain) = plain(kind, &found.pointer) {
                return Ok((found, Some(plain)));
            }
            match reference(found.node).filter(|_| self.is_alias(found.node)) {
                Some(further) => next = further,
                None => return Ok((found, None)),
            }
        }
        Err((Code::ReferenceCycle, format!("`{}` leads back to itself", shown(text))))
    }

    fn find(&self, kind: Kind, text: &str) -> Result<Found<'n>, (Code, String)> {
        // A mapping may name a schema without a pointer.
        let bare = || Pointer::root().join("components").join(kind.section().unwrap_or_default()).join(text);
        let named = (!text.starts_with('#')).then(|| locate(self.root, bare())).flatten();
        if let Some(found) = named {
            return Ok(found);
        }
        find(self.root, text)
    }

    /// Whether a reference has no siblings that count.
    fn is_alias(&self, node: &Node) -> bool {
        matches!(self.version, Version::V20 | Version::V30)
            || node.as_object().is_some_and(|entries| entries.len() == 1)
    }

    /// Marks a place to become a component.
    fn hoist(&mut self, kind: Kind, found: Found<'n>) -> Outcome {
        let Some(section) = kind.section() else {
            return Err((Code::UnsupportedReference, format!("{} is not referred to", kind.noun())));
        };
        if let Some(known) = self.moves.get(&found.pointer) {
            return match known.kind == kind {
                true => Ok(format!("#/components/{section}/{}", known.name)),
                false => Err((Code::UnresolvedReference, format!("it is used as {}", known.kind.noun()))),
            };
        }
        let name = self.free_name(section, hoist_name::candidates(&found.pointer, "Schema"));
        let outcome = Ok(format!("#/components/{section}/{name}"));
        self.relocate(found, kind, name);
        outcome
    }

    fn relocate(&mut self, found: Found<'n>, kind: Kind, name: String) {
        self.moves.insert(found.pointer, Move { kind, name });
        if found.form == Form::Opaque {
            self.pending.push((found.node, kind));
        }
    }

    /// The first name not yet taken by a component, otherwise one with a number.
    fn free_name(&mut self, section: &'static str, names: Vec<String>) -> String {
        let components = self.root.get("components").and_then(|components| components.get(section));
        let taken = |name: &str| components.and_then(|entries| entries.get(name)).is_some();
        let base = names.first().cloned().unwrap_or_default();
        let numbered = (2..).map(|count| format!("{base}{count}"));
        let free = |name: &String| !taken(name) && self.given.insert((section, name.clone()));
        names.into_iter().chain(numbered).find(free).unwrap_or(base)
    }
}

/// The plain form of a reference to a component or a path.
fn plain(kind: Kind, pointer: &Pointer) -> Option<String> {
    match (pointer.segments(), kind.section()) {
        ([components, section, name], Some(expected))
            if components == "components" && section == expected =>
        {
            Some(format!("#/components/{section}/{name}"))
        }
        ([paths, template], None) if paths == "paths" && kind == Kind::PathItem => {
            Some(format!("#/paths/{template}"))
        }
        _ => None,
    }
}

/// Moves places into the components, deepest first so that the other pointers stay valid.
fn relocate(root: &mut Node, moves: IndexMap<Pointer, Move>) {
    let mut order: Vec<usize> = (0..moves.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(depth(&moves, index)));
    let mut taken: Vec<Option<Node>> = vec![None; moves.len()];
    for index in order {
        if let Some((pointer, target)) = moves.get_index(index) {
            taken[index] = take(root, pointer, target);
        }
    }
    for (target, node) in moves.into_values().zip(taken) {
        if let (Some(section), Some(node)) = (target.kind.section(), node) {
            insert(root, section, target.name, node);
        }
    }
}

fn depth(moves: &IndexMap<Pointer, Move>, index: usize) -> usize {
    moves.get_index(index).map_or(0, |(pointer, _)| pointer.segments().len())
}

fn take(root: &mut Node, pointer: &Pointer, target: &Move) -> Option<Node> {
    let node = find_mut(root, pointer)?;
    let text = format!("#/components/{}/{}", target.kind.section()?, target.name);
    let mut left = Object::default();
    left.insert("$ref".to_owned(), Node::at(node.id, Value::String(text)));
    let left = Node::at(node.id, Value::Object(left));
    let mut node = std::mem::replace(node, left);
    // `true` and `false` are schemas too; convert them to objects, which can be marked.
    if let Some(value) = node.as_bool() {
        let mut entries = Object::default();
        if !value {
            entries.insert(marker::NEVER.to_owned(), Node::at(node.id, Value::Bool(true)));
        }
        node.value = Value::Object(entries);
    }
    Some(node)
}

/// Whether a node is a reference with only descriptions beside it.
fn is_only_described(node: &Node) -> bool {
    let mut keys = node.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    keys.all(|key| ["$ref", "description", "summary", "title"].contains(&key))
}

/// Adds a component to its section. Descriptions beside a reference with the same name are kept.
fn insert(root: &mut Node, section: &str, name: String, mut node: Node) {
    let id = root.id;
    let components = entry(root, "components", id);
    let section = components.and_then(|components| entry(components, section, id));
    if let Some(Value::Object(entries)) = section.map(|section| &mut section.value) {
        let known = entries.get(&name).and_then(Node::as_object).into_iter().flatten();
        let said = known.filter(|(key, _)| *key != "$ref").map(|(key, value)| (key.clone(), value.clone()));
        if let Some(own) = node.as_object_mut() {
            own.extend(said.collect::<Vec<_>>());
        }
        entries.insert(name, node);
    }
}

/// The mapping under a key, created if missing.
fn entry<'n>(node: &'n mut Node, key: &str, id: NodeId) -> Option<&'n mut Node> {
    let child = node.as_object_mut()?.entry(key.to_owned());
    let child = child.or_insert_with(|| Node::at(id, Value::Object(Object::default())));
    if child.as_object().is_none() {
        child.value = Value::Object(Object::default());
    }
    Some(child)
}

fn rewrite(root: &mut Node, outcomes: &Outcomes, diagnostics: &mut Diagnostics) {
    let none = HashMap::new();
    walk(root, Kind::Root, &mut |node, kind| {
        if kind == Kind::Discriminator {
            rewrite_mapping(node, outcomes.get(&Kind::Schema).unwrap_or(&none), diagnostics);
            return Fate::Keep;
        }
        rewrite_reference(node, kind, outcomes.get(&kind).unwrap_or(&none), diagnostics)
    });
}

fn rewrite_reference(
    node: &mut Node,
    kind: Kind,
    outcomes: &HashMap<String, Outcome>,
    diagnostics: &mut Diagnostics,
) -> Fate {
    let Some(Node { id, value: Value::String(text) }) = node.get_mut("$ref") else { return Fate::Keep };
    match outcomes.get(text.as_str()) {
        // References that replaced their targets are already in plain form.
        None => return Fate::Keep,
        Some(Ok(plain)) => {
            plain.clone_into(text);
            return Fate::Keep;
        }
        Some(Err(_)) if text == UNREAD => {}
        Some(Err((code, message))) => diagnostics.report(*code, *id, message.clone()),
    }
    if let Some(entries) = node.as_object_mut() {
        entries.shift_remove("$ref");
    }
    match kind {
        Kind::Schema | Kind::Response | Kind::Header => Fate::Keep,
        _ => Fate::Drop,
    }
}

fn rewrite_mapping(node: &mut Node, outcomes: &HashMap<String, Outcome>, diagnostics: &mut Diagnostics) {
    let Some(entries) = node.as_object_mut() else { return };
    let mut leads = |target: &mut Node| {
        let Value::String(text) = &mut target.value else { return true };
        match outcomes.get(text.as_str()) {
            Some(Err(_)) if text == UNREAD => {}
            Some(Err((code, message))) => diagnostics.report(*code, target.id, message.clone()),
            Some(Ok(plain)) => plain.clone_into(text),
            None => {}
        }
        !matches!(outcomes.get(text.as_str()), Some(Err(_)))
    };
    if let Some(mapping) = entries.get_mut("mapping").and_then(Node::as_object_mut) {
        mapping.retain(|_, target| leads(target));
    }
    entries.retain(|key, target| key != "defaultMapping" || leads(target));
}

/// Breaks cycles of components that only refer to each other.
fn break_cycles(root: &mut Node, diagnostics: &mut Diagnostics) {
    let Some(components) = root.get_mut("components").and_then(Node::as_object_mut) else { return };
    for (section, entries) in components.iter_mut() {
        let prefix = format!("#/components/{section}/");
        while let Some(name) = entries.as_object().and_then(|entries| on_cycle(entries, &prefix)) {
            let Some(node) = entries.get_mut(&name) else { break };
            let id = node.get("$ref").map_or(node.id, |reference| reference.id);
            diagnostics.report(Code::ReferenceCycle, id, format!("`{name}` leads back to itself"));
            if let Some(entries) = node.as_object_mut() {
                entries.shift_remove("$ref");
            }
        }
    }
}

/// The first component on a cycle of references.
fn on_cycle(entries: &Object, prefix: &str) -> Option<String> {
    let mut settled: HashSet<&str> = HashSet::new();
    for name in entries.keys() {
        let mut chain: Vec<&str> = Vec::new();
        let mut seen: HashSet<&str> = HashSet::new();
        let mut next = Some(name.as_str());
        while let Some(current) = next.filter(|current| !settled.contains(current)) {
            if !seen.insert(current) {
                return Some(current.to_owned());
            }
            chain.push(current);
            next = entries.get(current).and_then(reference).and_then(|text| text.strip_prefix(prefix));
        }
        settled.extend(chain);
    }
    None
}
