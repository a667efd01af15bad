// needs: percent request_error | crates:
//! Fills the parameters into a path template.
//!
//! In: `/iam/users/{userId}` and the parameters' text, already percent-encoded. Out: a path that leads nowhere but to
//! the operation: a segment of the template that is made of parameters may not be empty, and no segment of the path may
//! become `.` or `..`, which servers and URL parsers resolve to another resource (RFC 3986 section 5.2.4), and which
//! percent-encoding does not prevent.

use super::percent::{Keep, encode};
use super::request_error::{RequestError, RequestPart};

/// Appends the path of a template to a URL, with the query that it spells out. A fragment, which some documents use to tell
/// operations apart, is not part of it.
pub fn expand(template: &str, values: &[(&'static str, String)], url: &mut String) -> Result<(), RequestError> {
    let whole = template.split_once('#').map_or(template, |(whole, _)| whole);
    let (path, query) = whole.split_once('?').map_or((whole, None), |(path, query)| (path, Some(query)));
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            url.push('/');
        }
        let start = url.len();
        fill(segment, values, url)?;
        check(segment, &url[start..])?;
    }
    if let Some(query) = query {
        url.push('?');
        fill(query, values, url)?;
    }
    Ok(())
}

/// Checks what a segment has become, if parameters had a part in it.
fn check(template: &str, segment: &str) -> Result<(), RequestError> {
    let problem = match segment.split('/').find(|part| is_dots(part)) {
        _ if next_parameter(template).is_none() => return Ok(()),
        None if segment.is_empty() => "is empty, and the path would be another".to_owned(),
        None => return Ok(()),
        Some(dots) => format!("makes a path segment `{dots}`, and the path would be another"),
    };
    let (mut names, mut rest) = (Vec::new(), template);
    while let Some((_, name, after)) = next_parameter(rest) {
        names.push(name);
        rest = after;
    }
    Err(RequestError::new(RequestPart::Path, &names.join("`, `"), &problem))
}

/// Whether a segment is `.` or `..`, as URL parsers see it: `%2e` is a dot to them.
fn is_dots(segment: &str) -> bool {
    segment.len() <= 6 && matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..")
}

/// Appends a part of a template with its parameters filled in.
fn fill(template: &str, values: &[(&'static str, String)], text: &mut String) -> Result<(), RequestError> {
    let mut rest = template;
    while let Some((literal, name, after)) = next_parameter(rest) {
        let value = values.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        let value = value.ok_or_else(|| RequestError::new(RequestPart::Path, name, "has no value"))?;
        text.push_str(&encode(literal, Keep::Literal));
        text.push_str(value);
        rest = after;
    }
    text.push_str(&encode(rest, Keep::Literal));
    Ok(())
}

/// What stands before the first `{name}`, the name, and what follows.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}
