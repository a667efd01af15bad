//! YAML merge keys (`<<: *defaults`), which documents use although YAML 1.2 dropped them.

use crate::source::{Node, Object, Value};

/// The key that merges.
pub(super) const KEY: &str = "<<";

/// Puts the entries of merged mappings behind those that are written out, which win, as do earlier mappings over
/// later ones. A value that is no mapping, nor a list of mappings, stays as an entry like any other.
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
