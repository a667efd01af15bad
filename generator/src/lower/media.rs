//! Classifies media types.

use crate::ir::{Content, StreamKind};

/// Media types by how precisely values are modelled, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// JSON, or a type with the suffix `+json` (RFC 6839 §3.1).
    Json,
    /// `multipart/*`
    Multipart,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `text/*`, and XML, which is kept as text.
    Text,
    /// Anything else.
    Other,
}

/// How precisely a value in this media type is modelled.
pub(super) fn rank(media_type: &str) -> Rank {
    let essence = essence(media_type);
    if is_json(&essence) {
        Rank::Json
    } else if essence == "application/x-www-form-urlencoded" {
        Rank::Form
    } else if essence.starts_with("text/") || is_xml(&essence) {
        Rank::Text
    } else if essence.starts_with("multipart/") {
        Rank::Multipart
    } else {
        Rank::Other
    }
}

/// Whether values of this type are JSON: by name, by suffix (RFC 6839 §3.1), by a name that contains JSON and is not a
/// sequence, or because any type is allowed.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    if matches!(essence.as_str(), "*/*" | "application/*") {
        return true;
    }
    let is_json = match essence.rsplit_once('+') {
        Some((_, "xml" | "zip" | "cbor" | "yaml" | "gzip")) => false,
        _ => words(&essence).any(|word| word == "json"),
    };
    is_json && !is_sequence(&essence)
}

/// Whether a body of this type is a sequence of separate JSON values (OpenAPI 3.2 §4.14.4).
pub(crate) fn is_sequence(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence != "application/octet-stream"
        && words(&essence)
            .any(|word| matches!(word, "seq" | "stream" | "lines" | "jsonl" | "jsonlines" | "ndjson"))
}

/// How the items of a body of this type follow each other, if they can be read one by one.
pub(super) fn stream_kind(media_type: &str) -> Option<StreamKind> {
    let essence = essence(media_type);
    if essence == "text/event-stream" {
        return Some(StreamKind::Events);
    }
    let has = |names: &[&str]| words(&essence).any(|word| names.contains(&word));
    match has(&["json"]) {
        true if has(&["seq"]) => Some(StreamKind::Sequence),
        true if has(&["stream", "lines"]) => Some(StreamKind::Lines),
        _ if has(&["jsonl", "jsonlines", "ndjson"]) => Some(StreamKind::Lines),
        _ => None,
    }
}

fn words(essence: &str) -> impl Iterator<Item = &str> {
    essence.split(['/', '+', '.', '-'])
}

/// Whether the media type is a range.
pub(super) fn is_range(media_type: &str) -> bool {
    media_type.contains('*')
}

/// Whether values of this type are XML (RFC 7303 §4.2).
pub(super) fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// Whether a body of this type has named parts (RFC 7578).
pub(super) fn is_form_data(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "multipart/form-data" | "multipart/*")
}

/// The type without parameters, in lower case (RFC 9110 §8.3.1).
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The part after the slash, without parameters: `merge-patch+json`.
pub(super) fn subtype(media_type: &str) -> String {
    let essence = essence(media_type);
    essence.split_once('/').map_or(essence.as_str(), |(_, subtype)| subtype).to_owned()
}

/// The type to send: a range is replaced by the type of the content.
pub(super) fn concrete(media_type: &str, content: &Content) -> String {
    if !is_range(media_type) {
        return media_type.to_owned();
    }
    let sent = match content {
        Content::Json(_) => "application/json",
        Content::Form(..) => "application/x-www-form-urlencoded",
        Content::Multipart(_) => "multipart/form-data",
        Content::Text(_) => "text/plain",
        Content::Bytes => "application/octet-stream",
    };
    sent.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Rank, is_sequence, rank, stream_kind};
    use crate::ir::StreamKind;

    #[test]
    fn names_with_json_in_them_are_json() {
        let json = [
            "application/json; charset=utf-8",
            "text/json",
            "application/vnd.example.json",
            "application/problem+json",
            "application/json-patch+json",
            "application/x-json",
            "*/*",
        ];
        assert!(json.into_iter().all(|name| rank(name) == Rank::Json));
        let others = [
            "application/stream+json",
            "application/x-ndjson",
            "application/json-seq",
            "application/jsonl",
            "image/*",
        ];
        assert!(others.into_iter().all(|name| rank(name) == Rank::Other));
        assert!(others.into_iter().take(4).chain(["text/event-stream"]).all(is_sequence));
        assert!(!is_sequence("application/octet-stream"));
    }

    #[test]
    fn items_are_read_in_known_types() {
        let lines = [
            "application/jsonl; charset=utf-8",
            "application/x-ndjson",
            "text/x-jsonlines",
            "application/stream+json",
        ];
        assert!(lines.into_iter().all(|name| stream_kind(name) == Some(StreamKind::Lines)));
        let sequences = ["application/json-seq", "application/geo+json-seq"];
        assert!(sequences.into_iter().all(|name| stream_kind(name) == Some(StreamKind::Sequence)));
        assert_eq!(stream_kind("Text/Event-Stream"), Some(StreamKind::Events));
        let others = ["application/json", "application/octet-stream", "video/stream", "text/plain"];
        assert!(others.into_iter().all(|name| stream_kind(name).is_none()));
    }
}
