// needs: percent request_error | crates:
//! Fills parameters into a path template.
//!
//! Takes `/iam/users/{userId}` and the percent-encoded parameters; returns a path that can only lead to the operation.
//! A segment made of parameters must not be empty, and no segment may become `.` or `..`, which servers and URL
//! parsers resolve to another resource (RFC 3986 section 5.2.4) and which percent-encoding does not prevent.

use super::percent::{Keep, encode};
use super::request_error::{RequestError, RequestPart};

/// Appends the path of a template to a URL, with the query that the template contains. A fragment, which some documents
/// use to distinguish operations, is dropped.
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

/// Checks a segment that parameters were filled into.
fn check(template: &str, segment: &str) -> Result<(), RequestError> {
    if next_parameter(template).is_none() {
        return Ok(());
    }
    let problem = match segment.split('/').find(|part| is_dots(part)) {
        None if segment.is_empty() => "is empty, which would change the path".to_owned(),
        None => return Ok(()),
        Some(dots) => format!("makes a path segment `{dots}`, which would change the path"),
    };
    let (mut names, mut rest) = (Vec::new(), template);
    while let Some((_, name, after)) = next_parameter(rest) {
        names.push(name);
        rest = after;
    }
    Err(RequestError::new(RequestPart::Path, &names.join("`, `"), &problem))
}

/// Whether URL parsers treat a segment as `.` or `..`; `%2e` is a dot to them.
fn is_dots(segment: &str) -> bool {
    after_dot(segment).is_some_and(|rest| rest.is_empty() || after_dot(rest) == Some(""))
}

fn after_dot(text: &str) -> Option<&str> { [".", "%2e", "%2E"].into_iter().find_map(|dot| text.strip_prefix(dot)) }

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

/// Splits at the first `{name}`: the text before, the name, the text after.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}
