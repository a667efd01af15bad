//! Files and the tree of values read from them: the types that later stages use to refer to the document. Knows
//! nothing of OpenAPI and does no I/O.
//!
//! A [`Node`] has no line or column, only a [`NodeId`]: its file and its number in document order (a mapping, then for
//! each entry its key and its value; a sequence, then its items). Positions are computed from that number when a
//! diagnostic needs them, so a clean run never pays for them.

mod boxed;
mod files;
mod format;
mod lines;
mod locate;
mod nearest;
mod nesting;
mod pointer;
mod token;

pub use boxed::{Boxed, Collection};
pub use files::{Files, Location, SourceFile};
pub use format::Format;
pub use locate::node_limit;
pub use nearest::nearest;
pub use nesting::too_deep;
pub use pointer::{Pointer, percent_decode};
pub use token::is_token;

use std::sync::LazyLock;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

/// The index of a file among those a run has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// Where a value was written: a file, and the value's number in that file's document order, counting keys.
///
/// The key of a mapping entry has the number before that of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    /// The file.
    pub file: FileId,
    /// The number in document order; the root is 0.
    pub ordinal: u32,
}

impl NodeId {
    /// The root of a file.
    pub fn root(file: FileId) -> Self {
        Self { file, ordinal: 0 }
    }

    /// The key of the mapping entry with this value.
    pub fn key(self) -> Self {
        Self { file: self.file, ordinal: self.ordinal.saturating_sub(1) }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it was written. Unchanged when the node moves within the tree.
    pub id: NodeId,
    /// The value.
    pub value: Value,
}

/// A JSON or YAML value. Mappings keep document order.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number
    Number(serde_json::Number),
    /// Text
    String(String),
    /// A sequence
    Array(Array),
    /// A mapping with text keys, in document order
    Object(Object),
}

/// The items of a sequence.
pub type Array = Boxed<Vec<Node>>;

/// The entries of a mapping, in document order.
pub type Object = Boxed<Entries>;

/// Entries by key, in document order.
pub type Entries = IndexMap<String, Node, RandomState>;

impl Collection for Vec<Node> {
    fn empty() -> &'static Self {
        static EMPTY: Vec<Node> = Vec::new();
        &EMPTY
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl Collection for Entries {
    fn empty() -> &'static Self {
        static EMPTY: LazyLock<Entries> = LazyLock::new(Entries::default);
        &EMPTY
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl Node {
    /// Creates a node with the place `id`.
    pub fn at(id: NodeId, value: Value) -> Self {
        Self { id, value }
    }

    /// The entry `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The entry `key` of a mapping.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.as_object_mut()?.get_mut(key)
    }

    /// The mapping, if this is one.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The mapping, if this is one, mutably.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.value {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items, if this is a sequence.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is a non-negative integer.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.value {
            Value::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// The name of this kind of value in messages.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The value as JSON, without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => serde_json::Value::Bool(*value),
            Value::Number(number) => serde_json::Value::Number(number.clone()),
            Value::String(text) => serde_json::Value::String(text.clone()),
            Value::Array(items) => items.iter().map(Node::to_json).collect(),
            Value::Object(entries) => {
                entries.iter().map(|(key, node)| (key.clone(), node.to_json())).collect()
            }
        }
    }
}
