//! How deep values nest in a YAML text, found out before it is parsed: the time that the parser takes grows with the square
//! of the depth of its brackets.

use saphyr_parser::{Event, Parser};

/// How deep values may nest, as in the JSON parser.
const DEEPEST: usize = 128;

/// How many brackets more than are closed a text may open, those in strings and comments counted, before it is looked at
/// more closely. So many cost no time worth a second look.
const SUSPICIOUS: usize = 2_000;

/// The line and column, from 1, at which values nest deeper than 128 levels in a YAML text, if so many brackets are open that
/// it takes long to parse.
pub fn too_deep(text: &str) -> Option<(usize, usize)> {
    let mut open = 0_usize;
    let is_suspicious = text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > SUSPICIOUS
    });
    if is_suspicious { deepest(text) } else { None }
}

fn deepest(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(next) => next,
            // What may be a key is read to its end before it is an event.
            Err(error) if error.info().contains("recursion limit") => {
                return Some((error.marker().line(), error.marker().col() + 1));
            }
            Err(_) => return None,
        };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some((span.start.line(), span.start.col() + 1));
        }
    }
    None
}
