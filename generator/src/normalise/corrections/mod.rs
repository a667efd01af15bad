//! Applies `[corrections]` to the tree as read, because pointers in the configuration are those of the document. The
//! result is what the document should have been in its own version. Entries that match nothing, contradict each other
//! or cannot be applied are errors, and the tree stays unchanged.
//!
//! | correction | becomes |
//! |---|---|
//! | `optional` | the name is removed from `required` of its object; `required: false` of a parameter or body |
//! | `nullable` | `nullable: true`, in 2.0 `x-nullable: true`; a reference moves into an `allOf` beside it |
//! | `any`, a type | the schema without its former type |
//! | a media type | the `content` of the response, also in 2.0 |
//! | `discriminator` | `discriminator.propertyName`, in 2.0 `discriminator` |
//! | `server` | `servers`; in 2.0 `host`, `basePath` and `schemes` are removed |

mod glob;
mod kinds;
mod misfit;
mod response;
pub(crate) mod schemas;
pub(crate) mod select;
mod value;

use indexmap::IndexMap;

use self::{
    kinds::Kinds,
    select::{Selected, node_at},
};
use super::{Version, locate::find_mut, shape::Kind};
use crate::config::{Changes, Correction};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Node, NodeId, Object, Value};

/// What an entry says about a place.
struct Said<'c> {
    key: &'c str,
    is_glob: bool,
    change: Changes,
}

/// The changes at a place, and the entries they come from.
#[derive(Default)]
struct Due<'c> {
    said: Vec<Said<'c>>,
}

/// The changes, by node.
type Plan<'c> = IndexMap<NodeId, (Selected, Due<'c>)>;

/// Corrects the tree; on failure reports errors, leaves it unchanged and returns `false`.
pub(super) fn run(
    root: &mut Node,
    version: Version,
    corrections: &[Correction],
    diagnostics: &mut Diagnostics,
) -> bool {
    let kinds = Kinds::of(root, version);
    let mut plan = Plan::new();
    let mut sound = true;
    for correction in corrections {
        if let Err(found) = add(root, &kinds, correction, &mut plan) {
            sound = false;
            found.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
        }
    }
    if !sound {
        return false;
    }
    let mut plan: Vec<(Selected, Due<'_>)> = plan.into_values().collect();
    // Apply inner places first: they are gone once an outer one is replaced.
    plan.sort_by_key(|(place, _)| std::cmp::Reverse(place.pointer.segments().len()));
    for (place, due) in plan {
        let kind = kinds.kind(place.id).unwrap_or(Kind::Schema);
        apply(root, &place, kind, &due.together(), version);
    }
    true
}

impl Due<'_> {
    /// The changes of exact keys, plus those of globs.
    fn together(&self) -> Changes {
        let mut all = Changes::default();
        let (globs, exact): (Vec<&Said<'_>>, Vec<&Said<'_>>) =
            self.said.iter().partition(|said| said.is_glob);
        for said in exact.into_iter().chain(globs) {
            all.add(said.change.clone());
        }
        all
    }
}

/// Adds an entry to the plan.
fn add<'c>(
    root: &Node,
    kinds: &Kinds,
    correction: &'c Correction,
    plan: &mut Plan<'c>,
) -> Result<(), Vec<Diagnostic>> {
    let key = &correction.key;
    let report = |code, message: String, help: Option<String>| Diagnostic {
        help,
        ..Diagnostic::new(code, key.place.clone(), message)
    };
    let selection = select::select(root, &key.value)
        .map_err(|(message, help)| vec![report(Code::CorrectionUnmatched, message, help)])?;
    let mut wrong = Vec::new();
    for one in correction.changes.split() {
        let mut misfit = None;
        let mut fits = false;
        for place in &selection.places {
            let found = content(root, kinds, place, &one);
            let refusal = misfit::refusal(root, kinds, &found, &one);
            match refusal {
                None => {
                    fits = true;
                    let said = Said { key: &key.value, is_glob: selection.is_glob, change: one.clone() };
                    wrong.extend(take(plan, found, said).err().map(|(other, what)| {
                        let message = format!("`{}` and `{other}` give one place {what}", key.value);
                        let help = "an entry without `*` wins over one with it; of two alike, remove one";
                        report(Code::CorrectionContradicted, message, Some(help.to_owned()))
                    }));
                }
                Some(refusal) => misfit = misfit.or(Some(refusal)),
            }
        }
        // A glob applies only to those matches that the correction fits.
        if let Some(refusal) = misfit.filter(|_| !fits || !selection.is_glob) {
            let message = format!("at `{}` {refusal}", key.value);
            wrong.push(report(Code::CorrectionMisplaced, message, None));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Records a change; the error is the other key and the difference, if an entry of the same rank contradicts it.
fn take<'c>(plan: &mut Plan<'c>, place: Selected, said: Said<'c>) -> Result<(), (&'c str, &'static str)> {
    let (known, due) = plan.entry(place.id).or_insert_with(|| (place.clone(), Due::default()));
    for object in place.objects {
        if !known.objects.contains(&object) {
            known.objects.push(object);
        }
    }
    let alike = due.said.iter().filter(|other| other.is_glob == said.is_glob);
    let found = alike.filter_map(|other| Some((other.key, said.change.contradiction(&other.change)?))).next();
    due.said.push(said);
    found.map_or(Ok(()), Err)
}

/// The place to change: the target, if a part other than a schema is a reference.
fn content(root: &Node, kinds: &Kinds, place: &Selected, change: &Changes) -> Selected {
    let is_schema = kinds.kind(place.id) == Some(Kind::Schema);
    if is_schema && change.discriminator.is_none() {
        return place.clone();
    }
    match schemas::end(root, &place.pointer) {
        Some((pointer, node)) if node.id != place.id => {
            Selected { pointer, id: node.id, objects: Vec::new() }
        }
        Some(_) | None => place.clone(),
    }
}

/// Makes the changes at one place.
fn apply(root: &mut Node, place: &Selected, kind: Kind, due: &Changes, version: Version) {
    if due.optional && kind == Kind::Schema {
        not_required(root, place);
    }
    let Some(node) = find_mut(root, &place.pointer) else { return };
    if due.optional
        && let (true, Some(entries)) = (kind != Kind::Schema, node.as_object_mut())
    {
        set(entries, "required", place.id, Value::Bool(false));
    }
    match kind {
        Kind::Response => response::correct(node, due, version),
        Kind::Root | Kind::PathItem | Kind::Operation => {
            if let (Some(url), Some(entries)) = (&due.server, node.as_object_mut()) {
                server(entries, place.id, url);
            }
        }
        _ => value::correct(node, kind, due, version),
    }
    if let (Some(property), Some(entries)) = (&due.discriminator, node.as_object_mut()) {
        discriminator(entries, place.id, property, version);
    }
}

/// Removes a property from the `required` lists of its object.
fn not_required(root: &mut Node, place: &Selected) {
    let [object @ .., _, name] = place.pointer.segments() else { return };
    let object = object.iter().cloned().collect();
    let holders: Vec<_> = place
        .objects
        .iter()
        .chain([&object])
        .flat_map(|object| schemas::requiring(root, object, name))
        .collect();
    for holder in holders {
        let list = find_mut(root, &holder.join("required"));
        if let Some(Value::Array(names)) = list.map(|list| &mut list.value) {
            names.retain(|one| one.as_str() != Some(name));
        }
    }
    // A boolean `required` is a mistake that is read as if the name were in the list.
    if let Some(entries) = find_mut(root, &place.pointer).and_then(Node::as_object_mut)
        && entries.get("required").is_some_and(|flag| flag.as_bool().is_some())
    {
        entries.shift_remove("required");
    }
}

fn server(entries: &mut Object, id: NodeId, url: &str) {
    for key in ["host", "basePath", "schemes"] {
        entries.shift_remove(key);
    }
    let url = Node::at(id, Value::String(url.to_owned()));
    let server = Node::at(id, Value::Object(Object::from_iter([("url".to_owned(), url)])));
    set(entries, "servers", id, Value::Array(vec![server].into()));
}

fn discriminator(entries: &mut Object, id: NodeId, property: &str, version: Version) {
    let name = Node::at(id, Value::String(property.to_owned()));
    match entries.get_mut("discriminator").and_then(Node::as_object_mut) {
        Some(known) => drop(known.insert("propertyName".to_owned(), name)),
        None if version == Version::V20 => drop(entries.insert("discriminator".to_owned(), name)),
        None => {
            let object = Object::from_iter([("propertyName".to_owned(), name)]);
            set(entries, "discriminator", id, Value::Object(object));
        }
    }
}

fn set(entries: &mut Object, key: &str, id: NodeId, value: Value) {
    entries.insert(key.to_owned(), Node::at(id, value));
}

/// Whether a place is a property of an object.
fn is_property(root: &Node, kinds: &Kinds, place: &Selected) -> bool {
    let [outer @ .., _] = place.pointer.segments() else { return false };
    let map = outer.iter().cloned().collect();
    let is_named = outer.last().is_some_and(|keyword| keyword == "properties");
    is_named && node_at(root, &map).is_some_and(|map| kinds.is_map_of_schemas(map.id))
}
