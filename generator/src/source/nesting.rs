//! Checks the nesting depth of a YAML text before it is parsed: the parser takes time quadratic in the depth of
//! brackets.

use saphyr_parser::{Event, Parser};

/// The maximum nesting depth, as in the JSON parser.
const DEEPEST: usize = 128;

/// How many more brackets a text may open than close, including those in strings and comments, before it is checked
/// closely. Fewer take negligible time.
const SUSPICIOUS: usize = 2_000;

/// The line and column, from 1, at which a YAML text nests deeper than 128 levels, if it has so many open brackets
/// that parsing would take long.
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
            // A possible key is read to its end before it becomes an event.
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
