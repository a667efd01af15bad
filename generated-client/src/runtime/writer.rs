// needs: number | crates: itoa zmij
//! Writes compact JSON (RFC 8259): UTF-8, with only the escapes that section 7 requires.

use std::fmt;
use std::io::Write as _;

use itoa::Buffer;
use zmij::Buffer as FloatBuffer;

use super::number::Number;

/// Why a value cannot be written as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(String);

impl EncodeError {
    /// Creates an error from a message.
    pub fn new(message: impl Into<String>) -> Self { EncodeError(message.into()) }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str(&self.0) }
}

impl std::error::Error for EncodeError {}

/// The bytes that must be escaped in a string.
const ESCAPED: [bool; 256] = {
    let mut escaped = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        escaped[byte] = true;
        byte += 1;
    }
    escaped[b'"' as usize] = true;
    escaped[b'\\' as usize] = true;
    escaped
};

/// How many bytes a text has room for at first.
const ROOM: usize = 128;

/// Whether a string needs no escapes.
pub(super) const fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if ESCAPED[bytes[at] as usize] {
            return false;
        }
        at += 1;
    }
    true
}

/// A JSON text under construction. Commas are inserted automatically.
#[derive(Debug, Default)]
pub struct Writer {
    text: Vec<u8>,
    /// The first error, kept until the end so that no step has to check.
    fault: Option<EncodeError>,
    form: Form,
}

/// What the text is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Form {
    #[default]
    Json,
    /// A scalar outside of JSON.
    Bare,
    /// `null`, an array or an object, where a scalar was expected.
    NotScalar,
}

impl Writer {
    /// An empty text.
    pub fn new() -> Self { Self::default() }

    /// An empty text with room for what most values need at least.
    pub(super) fn with_room() -> Self { Writer { text: Vec::with_capacity(ROOM), ..Self::default() } }

    /// An empty text for a scalar outside of JSON: a string has no quotes and escapes.
    pub(super) fn bare() -> Self { Writer { form: Form::Bare, ..Self::default() } }

    /// Returns the scalar's text; `None` if the value is not a scalar.
    pub(super) fn finish_bare(self) -> Result<Option<String>, EncodeError> {
        let is_scalar = self.form == Form::Bare;
        // only whole strings were written
        self.finish().map(|text| String::from_utf8(text).ok().filter(|_| is_scalar))
    }

    /// Notes that the value is not a scalar.
    fn compound(&mut self) {
        if self.form == Form::Bare {
            self.form = Form::NotScalar;
        }
    }

    /// Returns the text, or the first error.
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> { self.fault.map_or(Ok(self.text), Err) }

    /// Records an error; only the first is kept.
    pub fn fail(&mut self, error: EncodeError) { self.fault.get_or_insert(error); }

    /// The text written so far.
    pub fn written(&self) -> &[u8] { &self.text }

    /// Inserts text at a byte offset.
    pub fn insert(&mut self, at: usize, text: &[u8]) { self.text.splice(at..at, text.iter().copied()); }

    /// Removes the text after a byte offset.
    pub fn truncate(&mut self, at: usize) { self.text.truncate(at); }

    /// Writes a comma before a value unless it is the first. The last byte tells: no value ends in `[`, `{` or `:`.
    fn separate(&mut self) {
        if !matches!(self.text.last(), None | Some(b'[' | b'{' | b':')) {
            self.text.push(b',');
        }
    }

    fn literal(&mut self, literal: &str) {
        self.separate();
        self.text.extend_from_slice(literal.as_bytes());
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.compound();
        self.literal("null");
    }

    /// Writes a boolean.
    pub fn bool(&mut self, value: bool) { self.literal(if value { "true" } else { "false" }); }

    /// Writes a whole number.
    pub fn i64(&mut self, value: i64) { self.literal(Buffer::new().format(value)); }

    /// Writes a whole number that is not negative.
    pub fn u64(&mut self, value: u64) { self.literal(Buffer::new().format(value)); }

    /// Writes a whole number of up to 128 bits.
    pub fn i128(&mut self, value: i128) { self.literal(Buffer::new().format(value)); }

    /// Writes a whole number of up to 128 bits that is not negative.
    pub fn u128(&mut self, value: u128) { self.literal(Buffer::new().format(value)); }

    /// Writes a float in the fewest digits that read back the same, whole floats without `.0`. NaN and the infinities,
    /// which JSON cannot represent, are an error.
    pub fn f64(&mut self, value: f64) {
        // a whole float below 9e15 is written as an integer
        if value.fract() == 0.0 && value.abs() < 9e15 && (value != 0.0 || value.is_sign_positive()) {
            self.i64(value as i64);
        } else if (1e-4..1e16).contains(&value.abs()) {
            // quicker where there is no exponent, which it writes in a longer form
            let mut buffer = FloatBuffer::new();
            let text = buffer.format_finite(value);
            self.literal(text.strip_suffix(".0").unwrap_or(text));
        } else if value.is_finite() {
            self.debug(&value);
        } else {
            self.not_finite(&value);
        }
    }

    /// Writes a 32-bit float in the same way.
    pub fn f32(&mut self, value: f32) {
        if value.is_finite() {
            self.debug(&value);
        } else {
            self.not_finite(&value);
        }
    }

    /// Writes a float as the standard library does, but without `.0`.
    fn debug(&mut self, value: &dyn fmt::Debug) {
        self.separate();
        // writing to memory cannot fail
        let _ = write!(self.text, "{value:?}");
        if self.text.ends_with(b".0") {
            self.text.truncate(self.text.len() - 2);
        }
    }

    #[cold]
    fn not_finite(&mut self, value: &dyn fmt::Display) {
        self.fail(EncodeError::new(format!("{value} cannot be written as a JSON number")));
        self.null();
    }

    /// Writes a number exactly as it was read.
    pub fn number(&mut self, number: &Number) {
        self.separate();
        // writing to memory cannot fail
        let _ = write!(self.text, "{number}");
    }

    /// Writes a string.
    pub fn string(&mut self, text: &str) {
        if self.form == Form::Bare {
            return self.text.extend_from_slice(text.as_bytes());
        }
        self.separate();
        self.text.push(b'"');
        let mut rest = text.as_bytes();
        while let Some(at) = rest.iter().position(|byte| ESCAPED[usize::from(*byte)]) {
            self.text.extend_from_slice(&rest[..at]);
            self.escape(rest[at]);
            rest = &rest[at + 1..];
        }
        self.text.extend_from_slice(rest);
        self.text.push(b'"');
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            b'"' | b'\\' => byte,
            _ => return self.text.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        };
        self.text.extend_from_slice(&[b'\\', short]);
    }

    /// Opens an array.
    pub fn open_array(&mut self) {
        self.compound();
        self.separate();
        self.text.push(b'[');
    }

    /// Closes an array.
    pub fn close_array(&mut self) { self.text.push(b']'); }

    /// Opens an object.
    pub fn open_object(&mut self) {
        self.compound();
        self.separate();
        self.text.push(b'{');
    }

    /// Writes the name of a member; its value follows.
    pub fn key(&mut self, name: &str) {
        self.string(name);
        self.text.push(b':');
    }

    /// Writes a prepared `"name":`; its value follows.
    pub(super) fn head(&mut self, head: &str) { self.literal(head); }

    /// Closes an object.
    pub fn close_object(&mut self) { self.text.push(b'}'); }
}
