//! How one text deviates from another: hunks as in a unified diff, which find their place by the lines above them
//! instead of by numbers. What changes elsewhere in the other text leaves them as they are.

use similar::{DiffOp, TextDiff};

/// The lines of a text in hunks; empty if it does not deviate. `None` if it has less than two thirds of its lines in common with
/// the other, or lines above a hunk do not tell where it belongs: then the text itself says more.
pub fn between(common: &str, text: &str) -> Option<String> {
    if common == text {
        return Some(String::new());
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (common.lines().collect(), text.lines().collect());
    let diff = TextDiff::from_slices(&old, &new);
    let added: usize = diff.ops().iter().map(added_lines).sum();
    let mut said = String::new();
    for op in diff.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
        let (gone, start) = (op.old_range(), op.old_range().start);
        let above = (0..=start)
            .rev()
            .skip(usize::from(start > 0))
            .find(|above| *above == 0 && start == 0 || places(&old, &old[*above..gone.end]).count() == 1)?;
        said.push_str("@@\n");
        old[above..start].iter().for_each(|line| push(&mut said, ' ', line));
        old[gone].iter().for_each(|line| push(&mut said, '-', line));
        new[op.new_range()].iter().for_each(|line| push(&mut said, '+', line));
    }
    let is_kept = added * 3 <= new.len() && applied(common, &said).as_deref() == Some(text);
    is_kept.then_some(said)
}

/// How many lines of the new text an operation adds.
fn added_lines(op: &DiffOp) -> usize {
    if matches!(op, DiffOp::Equal { .. }) { 0 } else { op.new_range().len() }
}

/// Writes a line behind its mark; an empty line that is common has none, lest a blank end the line.
fn push(said: &mut String, mark: char, line: &str) {
    if !(mark == ' ' && line.is_empty()) {
        said.push(mark);
        said.push_str(line);
    }
    said.push('\n');
}

/// Where some lines stand in a text.
fn places<'a>(text: &'a [&str], lines: &'a [&str]) -> impl Iterator<Item = usize> + 'a {
    text.windows(lines.len().max(1)).enumerate().filter(move |(_, window)| *window == lines).map(|(at, _)| at)
}

/// A text from the other and its hunks. `None` if a hunk has no place there, or several.
pub fn applied(common: &str, hunks: &str) -> Option<String> {
    let old: Vec<&str> = common.lines().collect();
    let (mut text, mut done) = (Vec::new(), 0);
    let hunks = format!("\n{hunks}");
    for hunk in hunks.split("\n@@\n").skip(1) {
        let marked = |marks: &'static [char]| {
            let lines = hunk.lines().map(|line| if line.is_empty() { " " } else { line });
            lines.filter_map(move |line| line.strip_prefix(marks)).collect::<Vec<&str>>()
        };
        let (before, above, new) = (marked(&[' ', '-']), marked(&[' ']), marked(&['+']));
        let at = match above.len() {
            0 => old.starts_with(&before).then_some(0)?,
            _ => {
                let mut places = places(&old, &before);
                places.next().filter(|_| places.next().is_none())?
            }
        };
        text.extend(old.get(done..at + above.len())?);
        text.extend(new);
        done = at + before.len();
    }
    text.extend(old.get(done..)?);
    Some(text.into_iter().flat_map(|line| [line, "\n"]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: &str = "a\n\nb\nc\n\nb\nd\n";

    #[test]
    fn a_text_comes_back_from_its_hunks() {
        for text in [
            "a\n\nb\nc\n\nb\nx\nd\n",
            "x\na\n\nb\nc\n\nb\nd\n",
            "\nb\nc\n\nb\nd\n",
            "a\n\nb\nx\n\nb\nd\n+y\n",
        ] {
            let hunks = between(COMMON, text).expect("most lines are common");
            assert_eq!(applied(COMMON, &hunks).as_deref(), Some(text), "{hunks}");
        }
        assert_eq!(between(COMMON, COMMON).as_deref(), Some(""));
    }

    #[test]
    fn a_hunk_stands_below_what_is_there_once() {
        assert_eq!(between(COMMON, "a\n\nb\nc\n\nb\nx\nd\n").as_deref(), Some("@@\n c\n\n b\n+x\n"));
        assert_eq!(applied(COMMON, "@@\n b\n+x\n"), None, "there are two");
        assert_eq!(applied(COMMON, "@@\n z\n+x\n"), None, "there is none");
    }

    #[test]
    fn a_text_with_little_in_common_is_kept_whole() {
        assert_eq!(between(COMMON, "a\nx\ny\n"), None);
        assert_eq!(between(COMMON, "a\n\nb\nc\n\nb\nd"), None, "lines end");
    }
}
