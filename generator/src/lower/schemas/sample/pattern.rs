//! Texts that match a regular expression.
//!
//! A text is made from the syntax tree of the expression: of alternatives the first, of characters a plain one, of
//! repetitions as few as there must be. A look-around, which the syntax lacks, makes the expression unreadable.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How long a text may become.
const LONGEST: usize = 2_000;

/// The characters that are preferred where several are allowed.
const PLAIN: &[char] = &['a', 'A', '1', '0', '-', '_'];

/// A text that matches, with a length in this range if repetitions allow it.
pub(super) fn text(pattern: &str, least: usize, most: usize) -> Option<String> {
    let tree = regex_syntax::parse(pattern).ok()?;
    let mut found = None;
    for extra in 0..=least.min(LONGEST) {
        let mut text = String::new();
        write(&tree, extra, &mut text)?;
        let length = text.chars().count();
        if length > most {
            break;
        }
        found = Some(text);
        if length >= least {
            break;
        }
    }
    found
}

/// Writes a text of an expression, with this many more repetitions than there must be.
fn write(tree: &Hir, extra: usize, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let times = repetition.min.saturating_add(u32::try_from(extra).ok()?).min(most);
            for _ in 0..times {
                write(&repetition.sub, extra, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, extra, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, extra, text))?,
        HirKind::Alternation(alternatives) => write(alternatives.first()?, extra, text)?,
    }
    Some(())
}

/// A character of a class: a plain one if it has one, otherwise its first.
fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let has = |wanted: &&char| ranges.iter().any(|(first, last)| first <= *wanted && *wanted <= last);
    PLAIN.iter().find(has).copied().or_else(|| ranges.first().map(|(first, _)| *first))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn texts_match_their_pattern() {
        let made = |pattern, least, most| text(pattern, least, most).unwrap_or_default();
        assert_eq!(made("^AC[0-9a-fA-F]{3}$", 5, 5), "ACaaa");
        assert_eq!(made("^[b-z]+$", 3, 5), "bbb");
        assert_eq!(made("^(one|two)-\\d{2}$", 0, 100), "one-11");
        assert_eq!(made("^#?[A-F]{6}$", 7, 7), "#AAAAAA");
        assert_eq!(made("x", 0, 10), "x");
        assert_eq!(text("^(?=a)b", 0, 10), None);
    }
}
