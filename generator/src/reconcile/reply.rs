//! Checks a reply against the documented response for its status and media type.

use std::collections::HashMap;

use serde_json::Value;

use super::{Body, Document, Exchange, Finding, Note, Report, Untrue, document, walk::Walk};
use crate::{
    ir::{Operation, Outcome, Payload, Shape, Status},
    lower::media::{essence, is_json, is_sequence},
};

/// Checks the reply of an exchange against its operation.
pub(super) fn check(
    document: Document<'_>,
    operation: &Operation,
    (index, exchange): (usize, &Exchange),
    report: &mut Report,
) {
    let note = |says: String| Note { exchange: index, says };
    let Some(response) = document::response(document.tree, operation, exchange.status) else {
        let says =
            format!("`{}` answers {}, of which the document says nothing", operation.id, exchange.status);
        report.notes.push(note(says));
        return;
    };
    let Body::Bytes(body) = &exchange.body else { return };
    if operation.method.as_str() == "HEAD" || (body.is_empty() && response.content.is_empty()) {
        return;
    }
    if body.is_empty() {
        report.notes.push(note(format!("`{}` answers {} without a body", operation.id, exchange.status)));
        return;
    }
    let json = serde_json::from_slice::<Value>(body);
    let stated = exchange.media_type.as_deref().map(essence);
    match media_type(&response, stated.as_deref(), json.as_ref().ok(), exchange.status) {
        Media::Documented(at) => {
            let (name, schema) = &response.content[at];
            let seen = (response.place.clone(), name.clone());
            if !report.seen.contains(&seen) {
                report.seen.push(seen);
            }
            let Some(ty) = json_type(document, operation, response.status, name) else { return };
            let value = match json {
                Ok(value) => value,
                Err(error) => {
                    report.notes.push(note(format!("the body of `{}` is not JSON: {error}", operation.id)));
                    return;
                }
            };
            let spot = report.spots.body(&response.place, schema);
            let mut walk = Walk {
                document,
                exchange: index,
                spots: &mut report.spots,
                found: &mut report.found,
                findings: Vec::new(),
                path: "$".to_owned(),
                is_trial: false,
                depth: 0,
                known: HashMap::new(),
            };
            walk.value(ty, spot, &value);
            let found = walk.findings;
            report.findings.extend(found);
        }
        Media::Other(name) => {
            let spot = report.spots.body(&response.place, &response.place.join("schema"));
            let says = format!("the body is {name}");
            let untrue = Untrue::MediaType(name);
            if report.found.insert((spot, untrue.clone())) {
                report.findings.push(Finding { exchange: index, spot, untrue, says });
            }
        }
        Media::Nothing => {}
    }
}

/// How the media type of a reply relates to the document.
enum Media {
    /// A documented one, by index.
    Documented(usize),
    /// An undocumented one.
    Other(String),
    /// Nothing to base a correction on.
    Nothing,
}

/// Finds the documented media type of a reply: an exact match, JSON by another name, a matching range, or the only one
/// if the reply states none.
fn media_type(
    response: &document::Response,
    stated: Option<&str>,
    json: Option<&Value>,
    status: u16,
) -> Media {
    let content = &response.content;
    let position = |is: &dyn Fn(&str) -> bool| content.iter().position(|(name, _)| is(name));
    let is_json_body = json.is_some_and(|value| value.is_object() || value.is_array());
    let json_documented = position(&|name| is_json(name));
    let Some(stated) = stated else {
        return match (json_documented, content.len()) {
            (Some(at), _) if is_json_body => Media::Documented(at),
            (_, 1) => Media::Documented(0),
            _ => Media::Nothing,
        };
    };
    if content.is_empty() {
        // The client returns an undocumented error body as received.
        return match (200..300).contains(&status) {
            true => Media::Other(stated.to_owned()),
            false => Media::Nothing,
        };
    }
    let same = position(&|name| essence(name) == stated);
    let alike = || json_documented.filter(|_| (is_json(stated) && !is_sequence(stated)) || is_json_body);
    let ranged = || position(&|name| in_range(&essence(name), stated));
    match same.or_else(alike).or_else(ranged) {
        Some(at) => Media::Documented(at),
        None => Media::Other(stated.to_owned()),
    }
}

/// Whether a media type is in a range such as `text/*`.
fn in_range(range: &str, name: &str) -> bool {
    let whole = range.split_once('/').filter(|(_, subtype)| *subtype == "*").map(|(kind, _)| kind);
    whole.is_some_and(|kind| kind == "*" || name.split('/').next() == Some(kind))
}

/// The type of a response's JSON body in a media type.
fn json_type<'a>(
    document: Document<'a>,
    operation: &'a Operation,
    status: Status,
    media_type: &str,
) -> Option<&'a crate::ir::Type> {
    let payloads =
        [&operation.success, &operation.failure].into_iter().flat_map(|outcome| -> Vec<&'a Payload> {
            match outcome {
                Outcome::None => Vec::new(),
                Outcome::One { statuses, payload } => {
                    if statuses.contains(&status) {
                        vec![payload]
                    } else {
                        Vec::new()
                    }
                }
                Outcome::Several(id) => match &document.api.type_def(*id).shape {
                    Shape::Cases(cases) => cases
                        .iter()
                        .filter(|case| case.status == status)
                        .filter(|case| !case.by_media_type || case.media_type.as_deref() == Some(media_type))
                        .filter_map(|case| case.payload.as_ref())
                        .collect(),
                    Shape::Record(_)
                    | Shape::Enumeration(_)
                    | Shape::Union(_)
                    | Shape::Alias(_)
                    | Shape::Multipart(_) => Vec::new(),
                },
            }
        });
    let mut types = payloads.filter_map(|payload| match payload {
        Payload::Json(ty) | Payload::TextOrJson(ty) => Some(ty),
        Payload::Text(_) | Payload::Bytes => None,
    });
    types.next().filter(|_| is_json(media_type))
}
