//! Joins blocks in as few lines as possible, for lists of short texts.

use super::wrap::WIDTH;

/// What a rule is written as, and what where that would be misread.
pub(super) const RULES: [&str; 2] = ["***", "___"];

/// Appends a block to compact text. A paragraph continues the one before it: separate paragraphs would make the list loose.
pub fn append(text: &mut String, block: &str) {
    if block.is_empty() {
        return;
    }
    let last = text.rsplit('\n').next().unwrap_or_default();
    let first = block.split('\n').next().unwrap_or_default();
    let separator = match (is_paragraph(last), is_paragraph(first)) {
        _ if text.is_empty() => "",
        (true, true) => {
            let joins = last.chars().count() + 2 + first.chars().count() <= WIDTH;
            match (joins, ends_sentence(last)) {
                (true, true) => " ",
                (true, false) => ". ",
                (false, true) => "\n",
                (false, false) => ".\n",
            }
        }
        _ if needs_blank(last, first) => "\n\n",
        _ => "\n",
    };
    text.push_str(separator);
    text.push_str(block);
}

/// Merges a list into the paragraph that introduces it, if both fit one short line. Returns whether it did.
pub(super) fn announce(text: &mut String, items: &[String]) -> bool {
    let last = text.rsplit('\n').next().unwrap_or_default();
    let length: usize = items.iter().map(|item| item.chars().count()).sum();
    let fits = last.chars().count() + length <= WIDTH;
    let said: Option<Vec<&str>> = items.iter().map(|item| item.get(2..).filter(|_| is_line(item))).collect();
    match said.filter(|_| fits && last.ends_with(':') && is_paragraph(last)) {
        Some(said) => {
            text.push(' ');
            text.push_str(&said.join("; "));
            true
        }
        None => false,
    }
}

/// Whether an item is one line of text, without a nested list, quotation or code.
fn is_line(item: &str) -> bool {
    !item.contains('\n') && item.get(2..).is_some_and(is_paragraph)
}

/// Whether a rendered block is a paragraph, to which a sentence can be added. A paragraph never starts like another
/// block, because its text is escaped.
pub fn is_paragraph(block: &str) -> bool {
    let counted = block.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_counted = counted.len() < block.len() && (counted.starts_with(". ") || counted.starts_with(") "));
    let others = ["- ", "* ", "> ", "# ", "##", "| ", "```", " "];
    // The last part of a code block with a blank line only ends like code.
    let is_end_of_code = block.lines().next_back().is_some_and(|line| line.starts_with("```"));
    let is_other = is_counted || is_end_of_code || others.iter().any(|begin| block.starts_with(begin));
    !is_other && !block.is_empty() && !RULES.contains(&block)
}

/// Whether a text ends with punctuation, so that a sentence can follow directly.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', ')', '*', '_']).ends_with(['.', '!', '?', ':', ';'])
}

/// Whether a block needs a blank line before it to not become part of the previous one, judging by the adjoining
/// lines.
fn needs_blank(last: &str, first: &str) -> bool {
    let stands_alone = last.starts_with(['#', '`']) || RULES.contains(&last);
    let begins = |begin: char| last.starts_with(begin) && first.starts_with(begin);
    // Only a list starting at one can interrupt a paragraph (CommonMark §5.3).
    let counts_on = first.starts_with(|c: char| c.is_ascii_digit())
        && !["1.", "1)"].iter().any(|one| first.starts_with(one));
    match is_paragraph(first) {
        true => !stands_alone,
        false => first.starts_with('|') || begins('>') || counts_on,
    }
}
