// needs: | crates:
//! Steps through a JSON text (RFC 8259), one token at a time, and checks its grammar.

use std::borrow::Cow;

/// A position in a JSON text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'j> {
    text: &'j str,
    at: usize,
}

/// Why a text is not JSON.
#[derive(Debug)]
pub(super) struct Malformed {
    /// What is wrong.
    pub(super) message: String,
    /// The byte at which it is.
    pub(super) at: usize,
}

type Scanned<T> = Result<T, Malformed>;

impl<'j> Scanner<'j> {
    /// The start of a text, behind the byte order mark if there is one (section 8.1).
    pub(super) fn new(text: &'j str) -> Self {
        let rest = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        Scanner { text, at: text.len() - rest.len() }
    }

    /// The text.
    pub(super) fn text(&self) -> &'j str { self.text }

    /// The current byte offset.
    pub(super) fn at(&self) -> usize { self.at }

    /// Moves to a byte at which a value starts.
    pub(super) fn move_to(&mut self, at: usize) { self.at = at; }

    /// Passes over whitespace (section 2), and returns the byte that follows, which is not passed over.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.next() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                byte => return byte,
            }
        }
    }

    #[inline]
    fn next(&self) -> Option<u8> { self.text.as_bytes().get(self.at).copied() }

    #[inline]
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.next() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// The error of a text that does not go on as expected.
    #[cold]
    fn expected(&self, what: &str) -> Malformed {
        let end = if self.at < self.text.len() { "" } else { ", found the end of the text" };
        self.wrong(format!("expected {what}{end}"))
    }

    #[cold]
    fn wrong(&self, message: impl Into<String>) -> Malformed { Malformed { message: message.into(), at: self.at } }

    /// The error of a text that does not go on with a value.
    #[cold]
    pub(super) fn no_value(&self) -> Malformed { self.expected("a value") }

    /// Checks that nothing but whitespace follows.
    pub(super) fn finish(&mut self) -> Scanned<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the text")),
        }
    }

    /// Takes `null`, `true` or `false` (section 3).
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Scanned<()> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(self.expected(&format!("`{word}`")));
        }
        self.at += word.len();
        Ok(())
    }

    /// Enters an array or an object, whose bracket is next.
    #[inline]
    pub(super) fn open(&mut self) { self.at += 1; }

    /// Whether an item follows; leaves the array if none does. The first item follows the bracket, others a comma
    /// (section 5).
    #[inline]
    pub(super) fn item(&mut self, is_first: bool) -> Scanned<bool> { self.step(is_first, b']', "`,` or `]`") }

    /// Whether a member follows; leaves the object if none does (section 4).
    #[inline]
    pub(super) fn member(&mut self, is_first: bool) -> Scanned<bool> { self.step(is_first, b'}', "`,` or `}`") }

    #[inline]
    fn step(&mut self, is_first: bool, close: u8, either: &str) -> Scanned<bool> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.at += 1;
                if self.peek() == Some(close) { Err(self.wrong("trailing comma")) } else { Ok(true) }
            }
            _ => Err(self.expected(either)),
        }
    }

    /// Takes the name and colon of the next member if the text has them as `head`, such as `"name":`. Returns whether it
    /// does. One comparison then replaces scanning the name and looking it up.
    #[inline]
    pub(super) fn take_head(&mut self, is_first: bool, head: &str) -> bool {
        let mut ahead = *self;
        let byte = ahead.peek();
        if !is_first {
            if byte != Some(b',') {
                return false;
            }
            ahead.at += 1;
            ahead.peek();
        }
        let is_next = ahead.text.as_bytes()[ahead.at..].starts_with(head.as_bytes());
        if is_next {
            self.at = ahead.at + head.len();
        }
        is_next
    }

    /// Reads the name of a member and the colon behind it; see [`string`](Self::string).
    pub(super) fn name<'s>(&mut self, scratch: &'s mut String) -> Scanned<&'s str>
    where
        'j: 's,
    {
        self.quote()?;
        let name = self.string(scratch)?;
        self.colon()?;
        Ok(name)
    }

    /// Reads the name of a member and the colon behind it; see [`lasting_string`](Self::lasting_string).
    pub(super) fn lasting_name(&mut self) -> Scanned<Cow<'j, str>> {
        self.quote()?;
        let name = self.lasting_string()?;
        self.colon()?;
        Ok(name)
    }

    /// Checks that the name of a member is next.
    fn quote(&mut self) -> Scanned<()> {
        if self.peek() == Some(b'"') { Ok(()) } else { Err(self.expected("the name of a member")) }
    }

    fn colon(&mut self) -> Scanned<()> {
        self.peek();
        if self.take(b':') { Ok(()) } else { Err(self.expected("`:`")) }
    }

    /// Reads a string, whose quote is next: a part of the text, or of `scratch` if it has escapes.
    #[inline]
    pub(super) fn string<'s>(&mut self, scratch: &'s mut String) -> Scanned<&'s str>
    where
        'j: 's,
    {
        let (start, is_whole) = self.start_of_string();
        if is_whole {
            return Ok(start);
        }
        scratch.clear();
        scratch.push_str(start);
        self.rest_of_string(|part| scratch.push_str(part))?;
        Ok(scratch)
    }

    /// Reads a string, whose quote is next: a part of the text, or a text of its own if it has escapes.
    pub(super) fn lasting_string(&mut self) -> Scanned<Cow<'j, str>> {
        let (start, is_whole) = self.start_of_string();
        if is_whole {
            return Ok(Cow::Borrowed(start));
        }
        let mut text = start.to_owned();
        self.rest_of_string(|part| text.push_str(part))?;
        Ok(Cow::Owned(text))
    }

    /// Reads a string, whose quote is next, up to its first escape. Returns that part, and whether it is the whole
    /// string.
    #[inline]
    fn start_of_string(&mut self) -> (&'j str, bool) {
        self.at += 1;
        let start = self.at;
        self.at = end_of_run(self.text.as_bytes(), start);
        let part = &self.text[start..self.at];
        (part, self.take(b'"'))
    }

    /// Reads a string from an escape on, and gives each part to `part`.
    fn rest_of_string(&mut self, mut part: impl FnMut(&str)) -> Scanned<()> {
        while !self.take(b'"') {
            match self.next() {
                Some(b'\\') => part(self.escape()?.encode_utf8(&mut [0; 4])),
                Some(_) => return Err(self.wrong("a control character in a string must be escaped")),
                None => return Err(self.expected("`\"`")),
            }
            let start = self.at;
            self.at = end_of_run(self.text.as_bytes(), start);
            part(&self.text[start..self.at]);
        }
        Ok(())
    }

    /// Reads an escape (section 7), whose backslash is next.
    fn escape(&mut self) -> Scanned<char> {
        self.at += 1;
        let character = match self.next() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.expected("an escape that JSON has")),
        };
        self.at += 1;
        Ok(character)
    }

    /// Reads `uXXXX`, or two of them that are a surrogate pair.
    fn unicode_escape(&mut self) -> Scanned<char> {
        let start = *self;
        let first = self.code_unit()?;
        let is_half = matches!(first, 0xD800..=0xDBFF);
        let is_pair = is_half && self.text.as_bytes()[self.at..].starts_with(b"\\u");
        self.at += usize::from(is_pair);
        let second = if is_pair { Some(self.code_unit()?) } else { None };
        match char::decode_utf16([Some(first), second].into_iter().flatten()).next() {
            Some(Ok(character)) => Ok(character),
            _ => Err(start.wrong("a lone surrogate, which is not a character")),
        }
    }

    /// Reads `uXXXX`.
    fn code_unit(&mut self) -> Scanned<u16> {
        self.at += 1;
        let digits = self.text.get(self.at..self.at + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at += 4;
                Ok(unit)
            }
            None => Err(self.expected("four hexadecimal digits")),
        }
    }

    /// Reads a whole number of up to 18 digits; `None`, and nothing is read, if the next number is another.
    #[inline]
    pub(super) fn short_integer(&mut self) -> Option<i64> {
        let rest = &self.text.as_bytes()[self.at..];
        let sign = usize::from(rest.first() == Some(&b'-'));
        let (mut value, mut length) = (0_i64, sign);
        while let Some(digit) = rest.get(length).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
            // within 18 digits nothing overflows
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
            length += 1;
        }
        let digits = length - sign;
        let is_plain = match rest.get(length) {
            Some(b'.' | b'e' | b'E') => false,
            _ => digits == 1 || ((2..=18).contains(&digits) && rest[sign] != b'0'),
        };
        if !is_plain {
            return None;
        }
        self.at += length;
        Some(if sign == 1 { -value } else { value })
    }

    /// Reads a number as it is written (section 6).
    pub(super) fn number(&mut self) -> Scanned<&'j str> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    /// Passes over at least one digit.
    fn digits(&mut self) -> Scanned<()> {
        let start = self.at;
        while self.next().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.expected("a digit")) }
    }

    /// Passes over a value, however deep it nests.
    pub(super) fn skip(&mut self) -> Scanned<()> {
        // for each array and object that was entered, whether it is an object
        let mut entered = Vec::new();
        loop {
            let (byte, mut is_first) = (self.peek(), false);
            match byte {
                Some(b'[' | b'{') => {
                    self.open();
                    entered.push(byte == Some(b'{'));
                    is_first = true;
                }
                _ => self.skip_scalar(byte)?,
            }
            while let Some(is_object) = entered.last() {
                let goes_on = if *is_object { self.member(is_first)? } else { self.item(is_first)? };
                if goes_on {
                    break;
                }
                entered.pop();
                is_first = false;
            }
            match entered.last() {
                None => return Ok(()),
                Some(true) => self.skip_name()?,
                Some(false) => {}
            }
        }
    }

    fn skip_scalar(&mut self, byte: Option<u8>) -> Scanned<()> {
        match byte {
            Some(b'"') => self.skip_string(),
            Some(b'-' | b'0'..=b'9') => self.number().map(drop),
            Some(b'n') => self.word("null"),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            _ => Err(self.no_value()),
        }
    }

    fn skip_name(&mut self) -> Scanned<()> {
        self.quote()?;
        self.skip_string()?;
        self.colon()
    }

    fn skip_string(&mut self) -> Scanned<()> {
        self.at = end_of_run(self.text.as_bytes(), self.at + 1);
        self.rest_of_string(|_| ())
    }
}

/// The first byte from `start` on that does not stand for itself in a string: a quote, a backslash or a control
/// character; else the end.
#[inline]
fn end_of_run(text: &[u8], start: usize) -> usize {
    const EACH: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = EACH * 0x80;
    let mut at = start;
    // Eight bytes at a time: a subtraction borrows into the highest bit of the first byte that is 0, or too small.
    while let Some(bytes) = text.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()) {
        let word = u64::from_le_bytes(bytes);
        let (quote, backslash) = (word ^ (EACH * 0x22), word ^ (EACH * 0x5C));
        let is_zero = |word: u64| word.wrapping_sub(EACH) & !word;
        let is_control = word.wrapping_sub(EACH * 0x20) & !word;
        let found = (is_zero(quote) | is_zero(backslash) | is_control) & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1F);
    text.get(at..).and_then(|rest| rest.iter().position(is_special)).map_or(text.len(), |offset| at + offset)
}
