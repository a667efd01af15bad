//! The same formats, read from the whole body by what their specifications say, word for word.

use std::time::Duration;

use runtime::runtime::codec::from_json;
use runtime::runtime::value::Value;

use super::Kind;

/// The items of a body, and whether an error ends it.
pub(super) fn told(kind: Kind, body: &[u8]) -> (Vec<String>, bool) {
    match kind {
        Kind::Events | Kind::JsonEvents => events(&String::from_utf8_lossy(body), kind == Kind::Events),
        Kind::Lines => values(body.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))),
        Kind::Records => records(body),
        Kind::Download => (Vec::new(), false),
    }
}

/// An event as text.
pub(super) fn shown(data: &str, event: &str, id: &str, retry: Option<Duration>) -> String {
    format!("{data:?} {event:?} {id:?} {retry:?}")
}

/// The lines of a stream (HTML, section 9.2.5), and whether the last one has an end.
fn lines(text: &str) -> (Vec<String>, bool) {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let has_end = text.ends_with('\n');
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    if has_end || text.is_empty() {
        lines.pop();
    }
    (lines, has_end)
}

/// Interprets an event stream (HTML, section 9.2.6). Beyond it: an end at `[DONE]`, JSON data, and an error if nothing
/// in the body is of a stream.
fn events(text: &str, is_text: bool) -> (Vec<String>, bool) {
    let (lines, has_end) = lines(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    let (mut data, mut event, mut id, mut retry) = (String::new(), String::new(), String::new(), None);
    let (mut told, mut is_stream, mut is_other) = (Vec::new(), false, false);
    let count = lines.len();
    for (index, line) in lines.into_iter().enumerate() {
        let is_cut_off = index + 1 == count && !has_end;
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        let is_field = matches!(name, "data" | "event" | "id" | "retry" | "");
        is_other |= !is_field && !line.is_empty();
        if is_cut_off {
            break;
        }
        is_stream |= is_field && !line.is_empty();
        match name {
            _ if line.is_empty() => {
                let (data, event) = (std::mem::take(&mut data), std::mem::take(&mut event));
                let Some(data) = data.strip_suffix('\n') else { continue };
                match (data.trim(), is_text) {
                    ("[DONE]", _) => return (told, false),
                    ("", false) => {}
                    (_, true) => told.push(shown(data, &event, &id, retry)),
                    (_, false) => match from_json::<Value>(data.as_bytes()) {
                        Ok(value) => told.push(shown(&value.to_string(), &event, &id, retry)),
                        Err(_) => return (told, true),
                    },
                }
            }
            "data" => data.extend([value, "\n"]),
            "event" => event = value.to_owned(),
            "id" if !value.contains('\0') => id = value.to_owned(),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                retry = value.parse().ok().map(Duration::from_millis).or(retry);
            }
            _ => {}
        }
    }
    (told, is_other && !is_stream)
}

/// Values, one after the other, up to one that is not JSON. Blank ones are left out.
fn values<'t>(texts: impl Iterator<Item = &'t [u8]>) -> (Vec<String>, bool) {
    let mut told = Vec::new();
    for text in texts.filter(|text| !text.trim_ascii().is_empty()) {
        match from_json::<Value>(text) {
            Ok(value) => told.push(value.to_string()),
            Err(_) => return (told, true),
        }
    }
    (told, false)
}

/// The records of a JSON text sequence (RFC 7464 section 2.2), each of which may hold several texts, an LF behind each.
/// A record whose text is cut off is an error (section 2.4), and so is a number or a word without whitespace behind it.
fn records(body: &[u8]) -> (Vec<String>, bool) {
    let mut told = Vec::new();
    for record in body.split(|byte| *byte == 0x1E) {
        let mut start = 0;
        while start < record.len() {
            let text = &record[start..];
            let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
            // an LF inside of a text is not the end of it
            let end = ends.chain([text.len()]).find(|end| is_whole(&text[..*end])).unwrap_or(text.len());
            let is_bare = !matches!(text.trim_ascii_start().first(), Some(b'{' | b'[' | b'"'));
            let part = &text[..end];
            start += end;
            if part.trim_ascii().is_empty() {
                continue;
            }
            let is_cut_off = is_bare && part.trim_ascii_end().len() == part.len();
            match from_json::<Value>(part) {
                Ok(value) if !is_cut_off => told.push(value.to_string()),
                _ => return (told, true),
            }
        }
    }
    (told, false)
}

/// Whether no string is open at the end of a text, and no more brackets are opened than closed.
fn is_whole(text: &[u8]) -> bool {
    let (mut depth, mut in_string, mut is_escaped) = (0_usize, false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth == 0 && !in_string
}
