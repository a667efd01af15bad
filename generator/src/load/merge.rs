//! Mappings that become one: those of YAML merge keys (`<<: *defaults`), which documents use although YAML 1.2 dropped
//! them, and those that stand under one key twice.

use crate::source::{Node, Object, Value};

/// The key that merges.
pub(super) const KEY: &str = "<<";

/// Puts the entries of merged mappings behind those that are written out, which win, as do earlier mappings over
/// later ones. A value that is not a mapping, nor a list of mappings, stays as an entry like any other.
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

/// What became of an entry whose key comes again.
pub(super) enum Repeated {
    /// The two are mappings without a common key, and now one.
    Joined,
    /// The later entry has been given what only the earlier one says.
    Extended,
    /// The later entry stands alone.
    Replaced,
}

/// Brings together what stands under a key and what stood there before: mappings that have no key in common, and the
/// entries of a path, each of which is an operation of its own.
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
