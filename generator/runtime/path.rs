// needs: percent request_error | crates:
//! Fills parameters into a path template.
//!
//! Takes `/iam/users/{userId}` and the percent-encoded parameters; returns a path that can only lead to the operation.
//! A segment made of parameters must not be empty, and no segment may become `.` or `..`, which servers and URL
//! parsers resolve to another resource (RFC 3986 section 5.2.4) and which percent-encoding does not prevent.

use super::percent::{Keep, encode};
use super::request_error::{RequestError, RequestPart};

/// Expands a template to a path, with the query that the template contains. A fragment, which some documents use to
/// distinguish operations, is dropped.
pub fn expand(template: &str, values: &[(&'static str, String)]) -> Result<String, RequestError> {
    let whole = template.split_once('#').map_or(template, |(whole, _)| whole);
    let (path, query) = whole.split_once('?').map_or((whole, None), |(path, query)| (path, Some(query)));
    let segments: Result<Vec<_>, _> = path.split('/').map(|segment| expand_segment(segment, values)).collect();
    let path = segments?.join("/");
    match query {
        Some(query) => Ok(format!("{path}?{}", fill(query, values)?.0)),
        None => Ok(path),
    }
}

fn expand_segment(template: &str, values: &[(&'static str, String)]) -> Result<String, RequestError> {
    let (segment, names) = fill(template, values)?;
    match segment.as_str() {
        _ if names.is_empty() => Ok(segment),
        "" => Err(RequestError::new(RequestPart::Path, &names.join("`, `"), "is empty, which would change the path")),
        _ => match segment.split('/').find(|part| is_dots(part)) {
            Some(dots) => {
                let problem = format!("makes a path segment `{dots}`, which would change the path");
                Err(RequestError::new(RequestPart::Path, &names.join("`, `"), &problem))
            }
            None => Ok(segment),
        },
    }
}

/// Whether URL parsers treat a segment as `.` or `..`; `%2e` is a dot to them.
fn is_dots(segment: &str) -> bool { matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..") }

/// Fills the parameters into a part of a template; also returns their names.
fn fill<'t>(template: &'t str, values: &[(&'static str, String)]) -> Result<(String, Vec<&'t str>), RequestError> {
    let (mut text, mut names, mut rest) = (String::new(), Vec::new(), template);
    while let Some((literal, name, after)) = next_parameter(rest) {
        let value = values.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
        let value = value.ok_or_else(|| RequestError::new(RequestPart::Path, name, "has no value"))?;
        text.push_str(&encode(literal, Keep::Literal));
        text.push_str(value);
        names.push(name);
        rest = after;
    }
    text.push_str(&encode(rest, Keep::Literal));
    Ok((text, names))
}

/// Splits at the first `{name}`: the text before, the name, the text after.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((literal, name, after))
}
