//! Descriptions of which one value is something else. Each of nine values takes the place of each value of one API in four
//! versions; what a version has as the first does gets one of them, in turns, as another eight cost half a minute and say
//! little. Whatever it is, reading ends without a panic; what is said has a place in the document; every call is still
//! there but those that the place belongs to; and what is said nothing of changes nothing, or is what the place may hold.
//!
//! That holds up to the meaning of the document. What comes after takes longer and knows no documents: for one in
//! [`EMITTED`] the crate is emitted, and its code parses.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use cratewright::{
    analyse,
    config::Config,
    diagnostic::{Diagnostics, Place, Severity},
    document, emit,
    ir::Api,
    load, lower, name, normalise,
    pack::{self, Printer},
    resolve, route,
    source::{FileId, Files, Node, NodeId, Object, Value},
};

/// What is read. All values are tried in the first; in others, where they differ from it.
const VERSIONS: [(&str, &str); 4] = [
    ("openapi31", include_str!("../versions/openapi31.yaml")),
    ("openapi30", include_str!("../versions/openapi30.yaml")),
    ("openapi32", include_str!("../versions/openapi32.yaml")),
    ("swagger2", include_str!("../versions/swagger2.yaml")),
];

/// Of how many documents one is emitted.
const EMITTED: usize = 149;

/// What is put in: each kind of value, and references to the whole and to what is not a schema.
fn pieces() -> Vec<Value> {
    let text = |text: &str| Value::String(text.to_owned());
    let at = |value| Node::at(NodeId::root(FileId(0)), value);
    let reference = |to: &str| Value::Object(Object::from_iter([("$ref".to_owned(), at(text(to)))]));
    vec![
        Value::Null,
        Value::Bool(true),
        Value::Number(7.into()),
        text("x"),
        Value::Array(vec![at(text("x")), at(Value::Null)].into()),
        Value::Object(Object::default()),
        reference("#"),
        reference("#/paths/~1users"),
        reference("#/info"),
    ]
}

/// The keys and numbers that lead to each value below the root.
fn places(node: &Node, from: &[String], all: &mut Vec<Vec<String>>) {
    let children: Vec<(String, &Node)> = match &node.value {
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        Value::Object(entries) => entries.iter().map(|(key, child)| (key.clone(), child)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (key, child) in children {
        let place = [from, &[key]].concat();
        all.push(place.clone());
        places(child, &place, all);
    }
}

/// The value at a place.
fn at<'n>(root: &'n mut Node, place: &[String]) -> &'n mut Value {
    let node = place.iter().fold(root, |node, key| match &mut node.value {
        Value::Array(items) => key.parse().ok().and_then(|at: usize| items.get_mut(at)).expect("it is there"),
        Value::Object(entries) => entries.get_mut(key).expect("it is there"),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => unreachable!("it has children"),
    });
    &mut node.value
}

/// Everything up to the meaning of the document.
fn read(root: Node, files: &Files, diagnostics: &mut Diagnostics) -> Option<Api> {
    let root = normalise::run(root, files, &Config::default().types.overrides, diagnostics)?;
    let document = resolve::Document::new(document::build(root, diagnostics));
    Some(lower::run(&document, &Config::default(), diagnostics))
}

/// Everything from the meaning of the document to the crate, whose code is parsed to be laid out.
fn emitted(api: Api) -> Result<usize, String> {
    let (config, mut diagnostics) = (Config::default(), Diagnostics::new());
    let mut api = route::run(api, &config, &mut diagnostics);
    analyse::make_finite(&mut api, &mut diagnostics);
    analyse::fill_tags(&mut api);
    analyse::split_by_direction(&mut api);
    analyse::find_equal(&mut api);
    let facts = analyse::run(&api);
    let names = name::run(&api, &facts, &config);
    let mut printer = Printer::default();
    let mut take = |path: &str, tokens| printer.add(path, tokens);
    let needs = emit::run(&api, &facts, &names, &config, &emit::root(None), &mut take);
    let package = pack::run(printer, &needs, &api, &names, &config).map_err(|fault| fault.message)?;
    Ok(package.files.len())
}

/// A document as it is, and what it comes to.
struct Whole {
    version: &'static str,
    files: Files,
    root: Node,
    api: Api,
}

impl Whole {
    fn new(version: &'static str, text: &str) -> Self {
        let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
        let root = load::parse(&mut files, &mut diagnostics, format!("{version}.yaml"), text.to_owned());
        let root = root.expect("the document is well-formed");
        let api = read(root.clone(), &files, &mut diagnostics).expect("the document is sound");
        Self { version, files, root, api }
    }

    /// What is wrong with how a document with this value at this place is read.
    fn problems(&self, place: &[String], piece: &Value, is_emitted: bool) -> Vec<String> {
        let (mut root, mut diagnostics) = (self.root.clone(), Diagnostics::new());
        let old = std::mem::replace(at(&mut root, place), piece.clone());
        let api = read(root, &self.files, &mut diagnostics);
        let mut problems = self.misplaced(&diagnostics);
        let is_said = diagnostics.items().iter().any(|item| item.severity != Severity::Note);
        match api {
            None if !diagnostics.failed() => problems.push("nothing is read, and nothing is said".to_owned()),
            None => {}
            Some(api) => {
                let lost: Vec<String> = calls(&self.api).difference(&calls(&api)).cloned().collect();
                problems.extend(
                    lost.into_iter()
                        .filter(|call| !belongs(place, call))
                        .map(|call| format!("{call} is lost")),
                );
                if !is_said && !may_hold(place, &old, piece) && api != self.api {
                    problems.push("what it comes to differs, and nothing is said".to_owned());
                }
                if is_emitted {
                    problems.extend(emitted(api).err());
                }
            }
        }
        let shown = format!(
            "{}: {} at {}",
            self.version,
            Node::at(self.root.id, piece.clone()).to_json(),
            place.join(" ")
        );
        problems.into_iter().map(|problem| format!("{shown}: {problem}")).collect()
    }

    /// A place and what is there.
    fn shown(&self, place: &[String]) -> String {
        let mut root = self.root.clone();
        let value = std::mem::replace(at(&mut root, place), Value::Null);
        format!("{} {}", place.join(" "), Node::at(self.root.id, value).to_json())
    }

    /// What is said of no place in the document.
    fn misplaced(&self, diagnostics: &Diagnostics) -> Vec<String> {
        let count = self.files.node_count(self.root.id.file);
        let is_inside = |id: &NodeId| id.file == self.root.id.file && (id.ordinal as usize) < count;
        let said = diagnostics.items().iter();
        let misplaced = said.filter(|item| match &item.place {
            Some(Place::Node(id) | Place::Key(id)) => !is_inside(id),
            Some(Place::Position { .. } | Place::Path(_)) | None => true,
        });
        misplaced.map(|item| format!("{} is said of {:?}", item.message, item.place)).collect()
    }
}

/// The methods and paths of the calls.
fn calls(api: &Api) -> BTreeSet<String> {
    let operations = api.operations.iter();
    operations.map(|operation| format!("{} {}", operation.method.as_str(), operation.path)).collect()
}

/// Whether a call stands at a place or around it: a path item that is lost loses all of its calls.
fn belongs(place: &[String], call: &str) -> bool {
    let (method, path) = call.split_once(' ').expect("a call has a method and a path");
    match place {
        [section, rest @ ..] if section == "paths" => {
            let is_method = |key: &String| key.eq_ignore_ascii_case(method) || key == "parameters";
            rest.first().is_none_or(|key| key == path) && rest.get(1).is_none_or(is_method)
        }
        _ => false,
    }
}

/// Whether a value may take the place of another without a word.
fn may_hold(place: &[String], old: &Value, piece: &Value) -> bool {
    let keys: Vec<&str> =
        place.iter().map(String::as_str).filter(|key| key.parse::<usize>().is_err()).collect();
    let key = keys.last().copied().unwrap_or_default();
    match (old, piece) {
        // It counts as absent.
        (_, Value::Null) => true,
        // Any data.
        _ if ["default", "enum", "example", "examples", "const"].contains(&key) => true,
        // Another one of its kind; a number or a boolean as text.
        (Value::String(_), Value::String(_) | Value::Number(_) | Value::Bool(_)) => true,
        (Value::Bool(_), Value::Bool(_)) | (Value::Number(_), Value::Number(_)) => true,
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => true,
        // A schema that allows anything, in words of JSON Schema, and one where there was a flag.
        (Value::Object(_), Value::Bool(_)) | (Value::Bool(_), Value::Object(_)) => true,
        // One name in place of several, or several in place of one.
        (Value::Array(_), Value::String(_)) => ["type", "consumes", "produces"].contains(&key),
        (Value::String(_), Value::Array(_)) => key == "type",
        // As Swagger 2.0 has it.
        (Value::Object(_), Value::String(_)) => key == "discriminator",
        _ => false,
    }
}

/// Calls a closure with each number below a count, on as many threads as the machine has.
fn each<T: Send>(count: usize, one: impl Fn(usize) -> Vec<T> + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        numbers.take_while(|number| *number < count).flat_map(&one).collect::<Vec<T>>()
    };
    thread::scope(|scope| {
        let count = thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no document makes it panic")).collect()
    })
}

#[test]
fn one_wrong_value_is_survived() {
    let pieces = pieces();
    let (mut problems, mut known) = (Vec::new(), BTreeSet::new());
    for (version, text) in VERSIONS {
        let whole = Whole::new(version, text);
        let mut all = Vec::new();
        places(&whole.root, &[], &mut all);
        let is_known: Vec<bool> = all.iter().map(|place| known.contains(&whole.shown(place))).collect();
        let first = known.is_empty();
        known.extend(all.iter().map(|place| whole.shown(place)).filter(|_| first));
        problems.extend(each(all.len() * pieces.len(), |number| {
            let (at, which) = (number / pieces.len(), number % pieces.len());
            if is_known[at] && which != at % pieces.len() {
                return Vec::new();
            }
            whole.problems(&all[at], &pieces[which], number % EMITTED == 0)
        }));
    }
    let count = problems.len();
    problems.truncate(500);
    assert!(problems.is_empty(), "{count} problems:\n{}", problems.join("\n"));
}
