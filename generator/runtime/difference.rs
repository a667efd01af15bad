// needs: asked codec json_path redact shown value | crates: http
//! In what a request differs from an expected one, and by how much.

use std::collections::BTreeSet;

use http::{HeaderMap, HeaderName};

use super::asked::Asked;
use super::codec::from_json;
use super::json_path::{Step, render};
use super::redact::WORD;
use super::shown::is_secret;
use super::value::Value;

/// How many characters of a value are shown.
const MOST: usize = 80;

/// One difference of a request from an expected one.
#[derive(Debug)]
pub(super) struct Difference {
    /// How far it leads away: the expectation with the least of all is the nearest.
    pub(super) weight: usize,
    pub(super) text: String,
}

/// All differences; none if the request is the expected one.
pub(super) fn differences(asked: &Asked, expected: &Asked) -> Vec<Difference> {
    let mut found = Vec::new();
    if asked.method != expected.method {
        found.push(Difference { weight: 50, text: is_not("the method", &asked.method, &expected.method) });
    }
    if asked.path != expected.path {
        let weight = 10 + 20 * unlike(&asked.path, &expected.path);
        found.push(Difference { weight, text: is_not("the path", &asked.path, &expected.path) });
    }
    found.extend(query(asked, expected).into_iter().map(|text| Difference { weight: 5, text }));
    found.extend(headers(asked, expected).into_iter().map(|text| Difference { weight: 3, text }));
    found.extend(body(asked, expected).map(|text| Difference { weight: 2, text }));
    found
}

/// The request that differs least from another, and how; `None` of none.
pub(super) fn nearest<'a>(asked: &Asked, others: &'a [Asked]) -> Option<(&'a Asked, String)> {
    let compared = others.iter().map(|other| (other, differences(asked, other)));
    let (nearest, found) = compared.min_by_key(|(_, found)| found.iter().map(|one| one.weight).sum::<usize>())?;
    let texts: Vec<String> = found.into_iter().map(|difference| difference.text).collect();
    Some((nearest, texts.join("; ")))
}

/// How many segments of two paths differ.
fn unlike(path: &str, other: &str) -> usize {
    let (segments, others) = (path.split('/').count(), other.split('/').count());
    let unlike = path.split('/').zip(other.split('/')).filter(|(one, other)| one != other);
    unlike.count() + segments.abs_diff(others)
}

/// Compares by name: the order of parameters means nothing, that of the values of one does.
fn query(asked: &Asked, expected: &Asked) -> Vec<String> {
    let all = |of: &Asked, name: &str| {
        let values = of.query.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone());
        Some(values.collect::<Vec<_>>().join(", ")).filter(|_| of.query.iter().any(|(key, _)| key == name))
    };
    let names: BTreeSet<&String> = asked.query.iter().chain(&expected.query).map(|(name, _)| name).collect();
    let compared = names.into_iter().map(|name| {
        let subject = format!("the query parameter `{name}`");
        differs(&subject, all(asked, name).as_deref(), all(expected, name).as_deref(), false)
    });
    compared.flatten().collect()
}

fn headers(asked: &Asked, expected: &Asked) -> Vec<String> {
    let all = |of: &HeaderMap, name: &HeaderName| {
        let values: Vec<_> = of.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        Some(values.join(", ")).filter(|_| of.contains_key(name))
    };
    let names = asked.own.iter().chain(&expected.own);
    let names: BTreeSet<&str> = names.map(HeaderName::as_str).collect();
    let compared = names.into_iter().map(|name| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let subject = format!("the header `{name}`");
        let (asked, expected) = (all(&asked.headers, &name), all(&expected.headers, &name));
        differs(&subject, asked.as_deref(), expected.as_deref(), is_secret(&name))
    });
    compared.flatten().collect()
}

/// Compares JSON by value, and anything else by its bytes.
fn body(asked: &Asked, expected: &Asked) -> Option<String> {
    if expected.is_streamed || asked.body == expected.body {
        return None;
    }
    if let (Ok(asked), Ok(expected)) = (from_json::<Value>(&asked.body), from_json::<Value>(&expected.body)) {
        return json(&mut Vec::new(), &asked, &expected);
    }
    Some(match (std::str::from_utf8(&asked.body), std::str::from_utf8(&expected.body)) {
        (Ok(asked), Ok(expected)) => text(asked, expected),
        _ => format!("the body is {} bytes that are not the {} expected", asked.body.len(), expected.body.len()),
    })
}

/// What is said of texts that differ, from their first difference on.
fn text(asked: &str, expected: &str) -> String {
    let same = asked.char_indices().zip(expected.chars()).find(|((_, one), other)| one != other);
    let at = same.map_or(asked.len().min(expected.len()), |((at, _), _)| at);
    let shown = |text: &str| match &text[at..] {
        "" if at == 0 => "empty".to_owned(),
        "" => "at its end".to_owned(),
        rest => shortened(rest),
    };
    let subject = if at == 0 { "the body".to_owned() } else { format!("the body from byte {at} on") };
    is_not(&subject, &shown(asked), &shown(expected))
}

/// The first difference of two values.
fn json(steps: &mut Vec<Step>, asked: &Value, expected: &Value) -> Option<String> {
    match (asked, expected) {
        (Value::Object(asked), Value::Object(expected)) => {
            let names = expected.iter().map(|(name, _)| name);
            let others = asked.iter().map(|(name, _)| name).filter(|name| expected.get(name).is_none());
            names
                .chain(others)
                .find_map(|name| below(steps, Step::Member(name.to_owned()), asked.get(name), expected.get(name)))
        }
        (Value::Array(asked), Value::Array(expected)) => (0..asked.len().max(expected.len()))
            .find_map(|index| below(steps, Step::Item(index), asked.get(index), expected.get(index))),
        _ if asked == expected => None,
        _ => differs(&spot(steps), Some(&asked.to_string()), Some(&expected.to_string()), false),
    }
}

fn below(steps: &mut Vec<Step>, step: Step, asked: Option<&Value>, expected: Option<&Value>) -> Option<String> {
    steps.push(step);
    let found = match (asked, expected) {
        (Some(asked), Some(expected)) => json(steps, asked, expected),
        (asked, expected) => {
            let (asked, expected) = (asked.map(Value::to_string), expected.map(Value::to_string));
            differs(&spot(steps), asked.as_deref(), expected.as_deref(), false)
        }
    };
    steps.pop();
    found
}

fn spot(steps: &[Step]) -> String { format!("`{}` of the body", render(steps.iter())) }

/// What is said of two values that differ. Those of secrets are not shown.
fn differs(subject: &str, asked: Option<&str>, expected: Option<&str>, is_secret: bool) -> Option<String> {
    let shown = |value: &str| if is_secret { "(not shown)".to_owned() } else { shortened(value) };
    match (asked, expected) {
        // a secret that a recording does not hold: anything fits, also nothing
        (_, Some(expected)) if expected.trim_matches('"') == WORD => None,
        (Some(asked), Some(expected)) if asked == expected => None,
        (Some(_), Some(_)) if is_secret => Some(format!("{subject} has another value")),
        (Some(asked), Some(expected)) => Some(is_not(subject, &shortened(asked), &shortened(expected))),
        (Some(asked), None) => Some(format!("{subject} is {}, and not expected", shown(asked))),
        (None, Some(expected)) => Some(format!("{subject} is missing, expected {}", shown(expected))),
        (None, None) => None,
    }
}

fn is_not(subject: &str, asked: &str, expected: &str) -> String { format!("{subject} is {asked}, not {expected}") }

/// The start of a text, on one line.
fn shortened(text: &str) -> String {
    let mut out = String::new();
    for (index, letter) in text.chars().enumerate() {
        match letter {
            _ if index == MOST => {
                out.push('…');
                break;
            }
            letter if letter.is_control() => out.extend(letter.escape_default()),
            letter => out.push(letter),
        }
    }
    out
}
