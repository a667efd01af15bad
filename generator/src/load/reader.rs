//! Builds the tree from a text, numbering its nodes in document order.

use std::fmt;

use serde::de::{
    DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::{Deserialize, Deserializer};

use super::failure::{Failure, TOO_MANY_NODES};
use super::merge::{self, Repeated};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{FileId, Format, Node, NodeId, Object, Value, node_limit, too_deep};

/// Numbers the nodes of one file.
pub(super) struct Reader {
    file: FileId,
    next: u32,
    limit: u32,
    /// Whether `<<` merges: only in YAML.
    merges: bool,
    warnings: Vec<Diagnostic>,
}

impl Reader {
    pub(super) fn new(file: FileId, text: &str, format: Format) -> Self {
        Self { file, next: 0, limit: node_limit(text), merges: format == Format::Yaml, warnings: Vec::new() }
    }

    pub(super) fn into_warnings(self) -> Vec<Diagnostic> {
        self.warnings
    }

    pub(super) fn json(&mut self, text: &str) -> Result<Node, Failure> {
        let mut parser = serde_json::Deserializer::from_str(text);
        let root = ValueOf(self).deserialize(&mut parser);
        root.and_then(|root| parser.end().map(|()| root)).map_err(|error| Failure::json(&error, text))
    }

    /// Reads the first YAML document; others cannot be part of the tree.
    pub(super) fn yaml(&mut self, text: &str) -> Result<Node, Failure> {
        if let Some((line, column)) = too_deep(text) {
            return Err(Failure::too_deep(line, column));
        }
        let mut documents = serde_yaml::Deserializer::from_str(text);
        let Some(document) = documents.next() else {
            return Ok(Node::at(NodeId::root(self.file), Value::Null));
        };
        let root = ValueOf(self).deserialize(document).map_err(|error| Failure::yaml(&error))?;
        let more = documents.next().map(Option::<IgnoredAny>::deserialize);
        if more.is_some_and(|more| !matches!(more, Ok(None))) {
            let place = Place::Node(root.id);
            let message = "the file holds several documents; only the first is read";
            self.warnings.push(Diagnostic::new(Code::SeveralDocuments, place, message));
        }
        Ok(root)
    }

    fn number<E: Error>(&mut self) -> Result<NodeId, E> {
        if self.next >= self.limit {
            return Err(E::custom(TOO_MANY_NODES));
        }
        let id = NodeId { file: self.file, ordinal: self.next };
        self.next += 1;
        Ok(id)
    }

    /// Adds an entry to a mapping, replacing an earlier one with the same key or merging with it.
    fn insert(&mut self, entries: &mut Object, key: String, node: Node) {
        let id = node.id;
        let (index, earlier) = entries.insert_full(key, node);
        let (Some(earlier), Some((key, node))) = (earlier, entries.get_index_mut(index)) else { return };
        let fate = match merge::repeated(key, earlier, node) {
            Repeated::Joined => "what both entries say is read",
            Repeated::Extended => "what the later entry does not say itself is read from the earlier one",
            Repeated::Replaced => "the earlier entry is ignored",
        };
        let message = format!("the key `{key}` was there before; {fate}");
        self.warnings.push(Diagnostic::new(Code::DuplicateKey, Place::Key(id), message));
    }
}

/// Reads a value that has no number yet.
struct ValueOf<'r>(&'r mut Reader);

impl<'de> DeserializeSeed<'de> for ValueOf<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let id = self.0.number()?;
        deserializer.deserialize_any(Numbered { reader: self.0, id })
    }
}

/// Reads a value that has been numbered.
struct Numbered<'r> {
    reader: &'r mut Reader,
    id: NodeId,
}

impl<'de> DeserializeSeed<'de> for Numbered<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Numbered<'_> {
    fn node<E>(&self, value: Value) -> Result<Node, E> {
        Ok(Node::at(self.id, value))
    }
}

impl<'de> Visitor<'de> for Numbered<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        self.node(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        self.node(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        self.node(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        self.node(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        self.node(Value::Number(value.into()))
    }

    // An integer of more than 64 bits keeps its magnitude, as in JSON.
    fn visit_i128<E>(self, value: i128) -> Result<Node, E> {
        self.node(float(value as f64))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Node, E> {
        self.node(float(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        self.node(float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        self.node(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        self.node(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(ValueOf(&mut *self.reader))? {
            items.push(item);
        }
        // Large documents consist of these; keep no spare capacity.
        items.shrink_to_fit();
        self.node(Value::Array(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut entries = Object::default();
        let mut merged = Vec::new();
        while let Some(key) = access.next_key_seed(Key)? {
            self.reader.number::<A::Error>()?;
            let node = access.next_value_seed(ValueOf(&mut *self.reader))?;
            if self.reader.merges && key == merge::KEY {
                merged.push(node);
            } else {
                self.reader.insert(&mut entries, key, node);
            }
        }
        merge::apply(&mut entries, merged);
        if !entries.is_empty() {
            entries.shrink_to_fit();
        }
        self.node(Value::Object(entries))
    }

    /// A value with a custom tag is read without the tag.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (IgnoredAny, value) = access.variant()?;
        value.newtype_variant_seed(self)
    }
}

/// Converts a float; infinities, which JSON lacks, become YAML's text for them.
fn float(value: f64) -> Value {
    match serde_json::Number::from_f64(value) {
        Some(number) => Value::Number(number),
        None if value.is_nan() => Value::String(".nan".to_owned()),
        None if value > 0.0 => Value::String(".inf".to_owned()),
        None => Value::String("-.inf".to_owned()),
    }
}

/// Reads a key: any scalar as text, so that the status code `200` is `"200"`.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a scalar as the key of a mapping")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}
