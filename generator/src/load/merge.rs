//! Merges mappings: those of YAML merge keys (`<<: *defaults`), which documents use although YAML 1.2 dropped them,
//! and those with the same key.

use crate::source::{Node, Object, Value};

/// The key that merges.
pub(super) const KEY: &str = "<<";

/// Appends the entries of merged mappings. Explicit entries take precedence, as do earlier mappings over later ones. A
/// value that is neither a mapping nor a list of mappings stays a normal entry.
pub(super) fn apply(entries: &mut Object, merged: Vec<Node>) {
    for node in merged {
        match node.value {
            Value::Object(defaults) => merge(entries, defaults),
            Value::Array(items) if items.iter().all(|item| item.as_object().is_some()) => {
                for item in items {
                    if let Value::Object(defaults) = item.value {
                        merge(entries, defaults);
                    }
                }
            }
            value => {
                entries.insert(KEY.to_owned(), Node::at(node.id, value));
            }
        }
    }
}

fn merge(entries: &mut Object, defaults: Object) {
    for (key, node) in defaults {
        entries.entry(key).or_insert(node);
    }
}

/// What happened to an entry whose key is repeated.
pub(super) enum Repeated {
    /// Two mappings without a common key were joined.
    Joined,
    /// The later entry got what only the earlier one has.
    Extended,
    /// The later entry replaced the earlier one.
    Replaced,
}

/// Combines the values of a repeated key: mappings without common keys, and entries of a path, each of which is an
/// operation.
pub(super) fn repeated(key: &str, earlier: Node, later: &mut Node) -> Repeated {
    let (Value::Object(earlier), Value::Object(later)) = (earlier.value, &mut later.value) else {
        return Repeated::Replaced;
    };
    let meet = earlier.keys().any(|key| later.contains_key(key));
    if meet && !key.starts_with('/') {
        return Repeated::Replaced;
    }
    merge(later, earlier);
    if meet { Repeated::Extended } else { Repeated::Joined }
}
