// needs: | crates: bytes
//! Splits a body that arrives in chunks into its lines or records.

use bytes::{Buf as _, Bytes, BytesMut};

/// Where a line or a record ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ends {
    /// At LF, CR or CRLF, as in an event stream (HTML, section 9.2.5).
    Any,
    /// At LF or CRLF, as in JSON Lines.
    Newline,
    /// Before RS, as in a JSON text sequence (RFC 7464 section 2.2), and at an LF between JSON texts: waiting for the
    /// next RS would hold back each record until another one follows.
    Record(Nesting),
}

/// How deep a byte of a JSON text lies.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nesting {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

/// RS, with which each record starts.
const RECORD: u8 = 0x1E;

impl Nesting {
    /// Takes in a byte; returns whether a record ends at it.
    fn ends_at(&mut self, byte: u8) -> bool {
        match byte {
            RECORD => {
                *self = Self::default();
                return true;
            }
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_string => self.is_escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            b'\n' => return self.depth == 0,
            _ => {}
        }
        false
    }
}

/// A line or a record is longer than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// The part of a body that has arrived and is not read yet.
#[derive(Debug)]
pub(super) struct Splitter {
    ends: Ends,
    buffer: BytesMut,
    /// How many bytes of the buffer were searched for an end.
    searched: usize,
    /// Whether the last line ended at CR, so that an LF behind it belongs to that end.
    after_return: bool,
}

impl Splitter {
    pub(super) fn new(ends: Ends) -> Self { Self { ends, buffer: BytesMut::new(), searched: 0, after_return: false } }

    /// Adds a chunk.
    pub(super) fn push(&mut self, chunk: &[u8]) { self.buffer.extend_from_slice(chunk); }

    /// The next whole line or record, without its end; `None` if more of the body is needed.
    pub(super) fn next(&mut self, limit: usize) -> Result<Option<Bytes>, TooLong> {
        if self.after_return && !self.buffer.is_empty() {
            self.after_return = false;
            if self.buffer.starts_with(b"\n") {
                self.buffer.advance(1);
            }
        }
        let Some(length) = self.length() else {
            self.searched = self.buffer.len();
            return if self.searched > limit { Err(TooLong) } else { Ok(None) };
        };
        if length > limit {
            return Err(TooLong);
        }
        self.searched = 0;
        match self.ends {
            Ends::Any => self.after_return = self.buffer.get(length) == Some(&b'\r'),
            // an LF belongs to its record: it says that a number is whole
            Ends::Record(_) if self.buffer.get(length) == Some(&b'\n') => {
                return Ok(Some(self.buffer.split_to(length + 1).freeze()));
            }
            Ends::Newline | Ends::Record(_) => {}
        }
        let line = self.buffer.split_to(length).freeze();
        self.buffer.advance(1);
        Ok(Some(self.trimmed(line)))
    }

    /// What is left at the end of the body: a line or a record without an end.
    pub(super) fn rest(&mut self) -> Bytes {
        self.searched = 0;
        let rest = std::mem::take(&mut self.buffer).freeze();
        self.trimmed(rest)
    }

    /// The length of the next line or record.
    fn length(&mut self) -> Option<usize> {
        let unsearched = self.buffer.get(self.searched..)?;
        let offset = match &mut self.ends {
            Ends::Any => unsearched.iter().position(|byte| matches!(byte, b'\n' | b'\r')),
            Ends::Newline => unsearched.iter().position(|byte| *byte == b'\n'),
            Ends::Record(nesting) => unsearched.iter().position(|byte| nesting.ends_at(*byte)),
        };
        offset.map(|offset| self.searched + offset)
    }

    /// A line without the CR of its CRLF.
    fn trimmed(&self, line: Bytes) -> Bytes {
        match self.ends {
            Ends::Newline if line.ends_with(b"\r") => line.slice(..line.len() - 1),
            _ => line,
        }
    }
}
