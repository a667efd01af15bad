//! The bodies of success that a document shows, with the types of their operations.
//!
//! In: the IR, for the types; the document, for the bodies, whose members stay in its order.

use cratewright::{
    ir::{Operation, Outcome, Payload, Shape, Status, Type},
    pipeline::Output,
    source::{Node, Pointer, Value},
};

use super::Body;
use crate::samples::{
    document::{Document, escape},
    rust_type, targets,
};

/// The one media type that is looked for.
const JSON: &str = "application/json";

/// A response of success in JSON: what it is of, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The `operationId`, or what stands for it, and the status.
    pub operation: String,
    /// The type, as a program beside the crate writes it.
    pub ty: String,
    /// The JSON pointer of its media type.
    pub media: String,
}

impl Reply {
    /// A body of it.
    pub(super) fn body(&self, json: String, is_shown: bool) -> Body {
        let Self { operation, ty, media } = self.clone();
        Body { operation, is_shown, ty, media, json }
    }
}

/// Every response of success in JSON whose type can be named.
pub fn replies(document: &Document, output: &Output) -> Vec<Reply> {
    let mut replies = Vec::new();
    for operation in &output.api.operations {
        let Some((pointer, _)) = targets::find(document, operation) else { continue };
        let responses = document.root.pointer(&format!("{pointer}/responses"));
        let keys = responses.and_then(serde_json::Value::as_object).into_iter().flat_map(|all| all.keys());
        for key in keys.filter(|key| key.starts_with('2')) {
            let response = document.place(&format!("{pointer}/responses/{}", escape(key)));
            let media = document.place(&format!("{response}/content/{}", escape(JSON)));
            let ty = success(operation, output, key);
            let ty = ty.and_then(|ty| rust_type::path(ty, &output.names, &output.names.library()));
            if let Some(ty) = ty.filter(|_| document.root.pointer(&media).is_some()) {
                replies.push(Reply { operation: format!("{} {key}", operation.id), ty, media });
            }
        }
    }
    replies
}

/// The type of a JSON body with this status.
fn success<'o>(operation: &'o Operation, output: &'o Output, key: &str) -> Option<&'o Type> {
    let payload = match &operation.success {
        Outcome::None => return None,
        Outcome::One { statuses, payload } => statuses.iter().any(|one| is(*one, key)).then_some(payload)?,
        Outcome::Several(id) => {
            let Shape::Cases(cases) = &output.api.type_def(*id).shape else { return None };
            let is_json = |media_type: &str| media_type == JSON;
            let mut cases = cases.iter().filter(|case| is(case.status, key));
            let case = cases.find(|case| case.media_type.as_deref().is_some_and(is_json))?;
            case.payload.as_ref()?
        }
    };
    match payload {
        Payload::Json(ty) => Some(ty),
        _ => None,
    }
}

fn is(status: Status, key: &str) -> bool {
    match status {
        Status::Exact(code) => code.to_string() == key,
        Status::Range(digit) => format!("{digit}XX").eq_ignore_ascii_case(key),
        Status::Default => false,
    }
}

/// The bodies that the document shows, `root` being all of it.
pub fn shown(replies: &[Reply], document: &Document, root: &Node) -> Vec<Body> {
    let mut bodies = Vec::new();
    for reply in replies {
        for pointer in examples(document, &reply.media) {
            if let Some(node) = Pointer::parse(&pointer).and_then(|pointer| pointer.find(root)) {
                let mut json = String::new();
                write(node, &mut json);
                bodies.push(reply.body(json, true));
            }
        }
    }
    bodies
}

/// Where the examples of a media type stand, and that of its schema.
fn examples(document: &Document, media: &str) -> Vec<String> {
    let named = document.root.pointer(&format!("{media}/examples")).and_then(serde_json::Value::as_object);
    let named = named.into_iter().flat_map(|named| named.keys());
    let named =
        named.map(|key| format!("{}/value", document.place(&format!("{media}/examples/{}", escape(key)))));
    let schema = document.place(&format!("{media}/schema"));
    named.chain([format!("{media}/example"), format!("{schema}/example")]).collect()
}

/// Writes a value as compact JSON, its members in the order of the document.
fn write(node: &Node, out: &mut String) {
    let scalar = |out: &mut String| out.push_str(&node.to_json().to_string());
    match &node.value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                write(item, out);
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Value::Object(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                out.push(if index == 0 { '{' } else { ',' });
                out.push_str(&serde_json::Value::from(key.as_str()).to_string());
                out.push(':');
                write(value, out);
            }
            out.push_str(if entries.is_empty() { "{}" } else { "}" });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => scalar(out),
    }
}
