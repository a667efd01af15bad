//! Finds the lines of a text.

/// The line starts of a text, to convert between byte offsets and positions.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    /// The number of characters before every [`STRIDE`]th byte: a minified document may be one line of many megabytes,
    /// which must not be scanned for each column.
    characters: Vec<usize>,
}

/// The distance in bytes between character counts.
const STRIDE: usize = 4096;

impl Lines {
    /// Finds the lines of a text.
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        let counts = bytes.chunks(STRIDE).scan(0, |total, chunk| {
            *total += count(chunk);
            Some(*total)
        });
        Self { starts, characters: std::iter::once(0).chain(counts).collect() }
    }

    /// The line and column, both from 1, of a byte offset. Columns count characters.
    pub(super) fn position(&self, text: &str, byte: usize) -> (usize, usize) {
        let byte = byte.min(text.len());
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        (line, self.characters_before(text, byte) - self.characters_before(text, start) + 1)
    }

    fn characters_before(&self, text: &str, byte: usize) -> usize {
        let chunk = byte / STRIDE;
        self.characters[chunk] + count(&text.as_bytes()[chunk * STRIDE..byte])
    }

    /// The byte range of a line, numbered from 1, without its line break.
    pub(super) fn bytes(&self, text: &str, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
        Some(start..end)
    }

    /// The byte offset of a line and column, or the end of the line if the column is beyond it.
    pub(super) fn byte(&self, text: &str, line: usize, column: usize) -> Option<usize> {
        let bytes = self.bytes(text, line)?;
        let line = &text[bytes.clone()];
        let offset = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
        Some(bytes.start + offset)
    }
}

/// The number of characters that start in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_before_their_break() {
        let text = "a: ä\r\nöö: b\n";
        let lines = Lines::new(text);
        let b = text.find('b').expect("it is there");
        assert_eq!(lines.position(text, 0), (1, 1));
        assert_eq!(lines.position(text, b), (2, 5));
        assert_eq!(lines.byte(text, 2, 5), Some(b));
        assert_eq!(&text[lines.bytes(text, 1).expect("line 1")], "a: ä");
        assert_eq!(lines.bytes(text, 4), None);
    }

    #[test]
    fn a_column_behind_the_line_is_its_end() {
        let text = "ab\ncd";
        let lines = Lines::new(text);
        assert_eq!(lines.byte(text, 1, 99), Some(2));
        assert_eq!(lines.position(text, 99), (2, 3));
    }

    #[test]
    fn columns_of_a_long_line_are_counted_from_near_by() {
        let text = "ä".repeat(3 * STRIDE) + "\n" + &"ö".repeat(STRIDE) + "x";
        let lines = Lines::new(&text);
        assert_eq!(lines.position(&text, 4 * STRIDE), (1, 2 * STRIDE + 1));
        assert_eq!(lines.position(&text, text.len() - 1), (2, STRIDE + 1));
    }
}
