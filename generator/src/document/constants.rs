//! The constants of `enum`, and what other tools' extensions say of them.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    facts::ConstantFacts,
    reader::{Builder, Fields},
};
use crate::source::{Node, NodeId};

/// Lists of names by position, in order of precedence.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];

/// Lists of descriptions by position, in order of precedence.
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// Names and descriptions by value, under `values`.
const BY_VALUE: &str = "x-ms-enum";

/// A name and a description.
type Said = (Option<String>, Option<String>);

impl Builder<'_> {
    /// Reads `enum`: the values, and the facts about each.
    pub(super) fn constants(&mut self, fields: &mut Fields) -> (Vec<Value>, Vec<ConstantFacts>) {
        let written: Vec<(NodeId, Value)> =
            self.list(fields.take("enum"), "enum", |_, node| Some((node.id, node.to_json())));
        let (names, descriptions) = (lists(fields, NAMES), lists(fields, DESCRIPTIONS));
        let by_value = by_value(fields.take(BY_VALUE).as_ref());
        let at =
            |lists: &[Node], index: usize| lists.iter().find_map(|list| text(list.as_array()?.get(index)?));
        let facts = written.iter().enumerate().map(|(index, (origin, value))| {
            let (name, description) = by_value.get(&value.to_string()).cloned().unwrap_or_default();
            ConstantFacts {
                origin: *origin,
                name: at(&names, index).or(name),
                description: at(&descriptions, index).or(description),
            }
        });
        let facts = facts.collect();
        (written.into_iter().map(|(_, value)| value).collect(), facts)
    }
}

/// The lists under these keys that exist.
fn lists(fields: &mut Fields, keys: [&str; 2]) -> Vec<Node> {
    keys.into_iter().filter_map(|key| fields.take(key)).collect()
}

/// What `x-ms-enum` says, by a constant's JSON text.
fn by_value(extension: Option<&Node>) -> HashMap<String, Said> {
    let listed = extension.and_then(|node| node.get("values")?.as_array());
    let entries = listed.into_iter().flatten().filter_map(|entry| {
        let said = |key: &str| entry.get(key).and_then(text);
        Some((entry.get("value")?.to_json().to_string(), (said("name"), said("description"))))
    });
    entries.collect()
}

fn text(node: &Node) -> Option<String> {
    node.as_str().map(str::to_owned)
}
