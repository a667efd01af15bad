// needs: budget decode_error deviation fit kind number scanner | crates:
//! Pulls values out of a complete JSON text (RFC 8259).
//!
//! The text must be UTF-8 (section 8.1; a byte order mark is skipped), hold one value (section 2), and nest no deeper
//! than a thread of 128 KiB can bear, if no more is allowed (section 9 allows a limit): some hundred arrays, or structs
//! the fewer the larger they are. What is skipped unread may nest to any depth. NaN and the infinities
//! (section 6) and lone surrogates (section 8.2, which no Rust string can hold) are refused.
//!
//! A lenient reader reads on where a value is not what was asked for, and remembers the place: a scalar that can mean
//! one thing only is taken for it, and [`rewind`](Reader::rewind) lets others keep what they cannot read.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::budget::{self, ARRAY, Allowance, Budget, OBJECT};
pub use super::decode_error::DecodeError;
use super::deviation;
use super::fit::Fit;
pub use super::kind::Kind;
use super::number::Decimal;
use super::scanner::{Malformed, Scanner};

/// A place in a JSON text, from which values are read one after the other.
#[derive(Debug)]
pub struct Reader<'j> {
    scanner: Scanner<'j>,
    /// The last string with escapes.
    scratch: String,
    depth: usize,
    /// What reading may still cost.
    budget: Budget,
    /// An array or object was opened and nothing read from it yet.
    opened: bool,
    /// The next value is read over another one.
    repeats: bool,
    /// Whether it reads on where a value is not what was asked for.
    lenient: bool,
    /// What it read on from.
    overcome: Vec<DecodeError>,
    /// How well the types that read so far fit the text.
    fit: Fit,
}

/// Where a reader stands, to come back to.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    offset: usize,
    depth: usize,
    stack: usize,
    overcome: usize,
}

impl Place {
    /// How many arrays and objects it stands in.
    pub fn depth(&self) -> usize { self.depth }
}

impl<'j> Reader<'j> {
    /// A reader at the start of a text.
    pub fn new(json: &'j [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(json);
        let text = text.map_err(|error| DecodeError::syntax("the text is not UTF-8", error.valid_up_to()))?;
        budget::forget();
        Ok(Reader {
            scanner: Scanner::new(text),
            scratch: String::new(),
            depth: 0,
            budget: Budget::new(json.len(), Allowance::DEFAULT),
            opened: false,
            repeats: false,
            lenient: false,
            overcome: Vec::new(),
            fit: Fit::new(json.len()),
        })
    }

    /// A reader of nothing, which only fails: what was read in part is blank after it.
    pub fn nothing() -> Self {
        Reader {
            scanner: Scanner::new(""),
            scratch: String::new(),
            depth: 0,
            budget: Budget::new(0, Allowance::DEFAULT),
            opened: false,
            repeats: true,
            lenient: false,
            overcome: Vec::new(),
            fit: Fit::new(0),
        }
    }

    /// The same reader, at the start of a text whose reading may cost so much.
    #[must_use]
    pub fn allowing(self, allowance: Allowance) -> Self {
        Reader { budget: Budget::new(self.scanner.text().len(), allowance), ..self }
    }

    /// The same reader, lenient.
    #[must_use]
    pub fn lenient(self) -> Self { Reader { lenient: true, ..self } }

    /// Another reader at the same place, to try how well a type fits what follows; it is not lenient.
    #[must_use]
    pub fn fork(&self) -> Self {
        Reader {
            scanner: self.scanner,
            scratch: String::new(),
            depth: self.depth,
            budget: self.budget,
            opened: self.opened,
            repeats: false,
            lenient: false,
            overcome: Vec::new(),
            fit: self.fit.fork(),
        }
    }

    /// Goes on where a fork stands, as if this reader had read what the fork did.
    pub fn adopt(&mut self, fork: Self) {
        self.fit = self.fit.joined(&fork.fit);
        (self.scanner, self.budget) = (fork.scanner, fork.budget);
        (self.depth, self.opened) = (fork.depth, fork.opened);
    }

    /// Gives up a fork, and says whether another one may be tried: a text in which unions stand within unions could
    /// otherwise have its innermost values read any number of times.
    pub fn abandon(&mut self, fork: &Self) -> bool {
        budget::forget();
        self.fit.abandon(&fork.fit, fork.offset().saturating_sub(self.offset()))
    }

    /// Accounts for what was read ahead up to a byte; `false` if so much was that nothing is to be read ahead again.
    pub fn rereads(&mut self, offset: usize) -> bool { self.fit.spend(offset.saturating_sub(self.offset())) }

    /// Whether it reads on where a value is not what was asked for.
    pub fn is_lenient(&self) -> bool { self.lenient }

    /// Where it stands, which is before a value.
    pub fn place(&self) -> Place {
        let (stack, overcome) = (self.budget.stack(), self.overcome.len());
        Place { offset: self.offset(), depth: self.depth, stack, overcome }
    }

    /// Goes back to a place; `false` if this was done so often that nothing is to be read again.
    #[cold]
    pub fn rewind(&mut self, place: &Place) -> bool {
        let may_read = self.fit.spend(self.offset().saturating_sub(place.offset));
        self.scanner.move_to(place.offset);
        (self.depth, self.opened, self.repeats) = (place.depth, false, false);
        self.budget.reset(place.stack);
        self.overcome.truncate(place.overcome);
        may_read
    }

    /// Remembers a place at which the text is not what was asked for, and was read all the same.
    #[cold]
    pub fn overcome(&mut self, error: DecodeError) {
        if self.lenient && self.overcome.len() < deviation::MOST {
            self.overcome.push(error);
        }
    }

    /// The places at which the text is not what was asked for.
    pub(super) fn into_overcome(self) -> Vec<DecodeError> { self.overcome }

    /// Notes that the next value is read over another one, that of a member of the same name.
    pub fn repeat(&mut self) { self.repeats = true; }

    /// Whether the next value is read over another one.
    pub fn take_repeat(&mut self) -> bool { std::mem::take(&mut self.repeats) }

    /// Notes that a value was kept which its type does not know, such as a new word of an enum.
    pub fn surprise(&mut self) { self.fit.surprises += 1; }

    /// Notes a member that its object's type does not name, or one that it requires and that is absent.
    pub fn stray(&mut self) { self.fit.strays += 1; }

    /// How badly what a fork has read fitted the types it was read as; lower is better.
    pub fn score(&self) -> (usize, usize) { (self.fit.surprises, self.fit.strays) }

    /// The byte of the text it stands at.
    pub fn offset(&self) -> usize { self.scanner.at() }

    /// Checks that nothing follows.
    pub fn finish(&mut self) -> Result<(), DecodeError> { Ok(self.scanner.finish()?) }

    /// What the next value is.
    #[inline]
    pub fn kind(&mut self) -> Result<Kind, DecodeError> {
        match self.scanner.peek().and_then(Kind::of) {
            Some(kind) => Ok(kind),
            None => Err(self.scanner.no_value().into()),
        }
    }

    fn expect(&mut self, expected: Kind) -> Result<(), DecodeError> {
        let found = self.kind()?;
        if found == expected { Ok(()) } else { Err(self.mismatch(&expected, &found)) }
    }

    /// The error of a value that is not what was asked for.
    #[cold]
    pub fn mismatch(&self, expected: &dyn fmt::Display, found: &dyn fmt::Display) -> DecodeError {
        DecodeError::mismatch(expected, found, self.offset())
    }

    /// Reads `null`.
    pub fn null(&mut self) -> Result<(), DecodeError> {
        self.expect(Kind::Null)?;
        Ok(self.scanner.word("null")?)
    }

    /// Reads `null` if it is next, and says whether it was.
    pub fn take_null(&mut self) -> Result<bool, DecodeError> {
        let is_null = self.kind()? == Kind::Null;
        if is_null {
            self.null()?;
        }
        Ok(is_null)
    }

    /// Reads a boolean; `"true"` too if lenient.
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        if self.kind()? != Kind::Bool {
            return self.read_text(Kind::Bool, |text| text.parse().ok());
        }
        let is_true = self.scanner.peek() == Some(b't');
        self.scanner.word(if is_true { "true" } else { "false" })?;
        Ok(is_true)
    }

    /// Reads a number as it is written.
    pub fn number(&mut self) -> Result<&'j str, DecodeError> {
        self.expect(Kind::Number)?;
        Ok(self.scanner.number()?)
    }

    /// Reads a whole number that fits; `3.0` and `3e2` are whole, and `"3"` is one if lenient.
    pub fn i64(&mut self) -> Result<i64, DecodeError> {
        if self.kind()? == Kind::Number
            && let Some(value) = self.scanner.short_integer()
        {
            return Ok(value);
        }
        self.whole("a 64-bit integer", |number| number.whole()?.try_into().ok())
    }

    /// Reads a whole number that is not negative and fits.
    pub fn u64(&mut self) -> Result<u64, DecodeError> {
        self.whole("a 64-bit integer that is not negative", |number| number.whole()?.try_into().ok())
    }

    /// Reads a whole number of up to 128 bits.
    pub fn i128(&mut self) -> Result<i128, DecodeError> { self.whole("a 128-bit integer", Decimal::whole) }

    /// Reads a whole number of up to 128 bits that is not negative.
    pub fn u128(&mut self) -> Result<u128, DecodeError> {
        self.whole("a 128-bit integer that is not negative", Decimal::whole_unsigned)
    }

    fn whole<T: FromStr>(&mut self, expected: &str, take: fn(&Decimal) -> Option<T>) -> Result<T, DecodeError> {
        if self.kind()? != Kind::Number {
            return self.read_text(Kind::Number, |text| take(&Decimal::parse(text)?));
        }
        let start = self.offset();
        let literal = self.number()?;
        let value = literal.parse().ok().or_else(|| Decimal::parse(literal).as_ref().and_then(take));
        value.ok_or_else(|| DecodeError::mismatch(&expected, &shown(literal), start))
    }

    /// Reads a number as the nearest float, if that is finite; `"1.5"` too if lenient.
    pub fn f64(&mut self) -> Result<f64, DecodeError> {
        if self.kind()? != Kind::Number {
            return self.read_text(Kind::Number, float);
        }
        let start = self.offset();
        // a whole number has the same nearest float, but for the sign of zero
        if let Some(value) = self.scanner.short_integer().filter(|value| *value != 0) {
            return Ok(value as f64);
        }
        self.scanner.move_to(start);
        let value = self.scanner.number()?.parse().ok().filter(|value: &f64| value.is_finite());
        value.ok_or_else(|| out_of_range(start))
    }

    /// Reads a number as the nearest float of 32 bits, if that is finite.
    pub fn f32(&mut self) -> Result<f32, DecodeError> {
        let finite = |text: &str| text.parse().ok().filter(|value: &f32| value.is_finite());
        if self.kind()? != Kind::Number {
            return self.read_text(Kind::Number, |text| Decimal::parse(text).and(finite(text)));
        }
        let start = self.offset();
        finite(self.number()?).ok_or_else(|| out_of_range(start))
    }

    /// Reads a string; a number, `true` and `false` as they are written too if lenient.
    pub fn str(&mut self) -> Result<&str, DecodeError> {
        if self.kind()? != Kind::String {
            return self.as_text();
        }
        Ok(self.scanner.string(&mut self.scratch)?)
    }

    /// Reads a string that does not borrow the reader.
    pub(super) fn lasting_str(&mut self) -> Result<Cow<'j, str>, DecodeError> {
        self.expect(Kind::String)?;
        Ok(self.scanner.lasting_string()?)
    }

    /// Reads a string to keep.
    pub fn string(&mut self) -> Result<String, DecodeError> { self.str().map(str::to_owned) }

    /// Reads a number, `true` or `false` as it is written; what stands in a string too if lenient.
    pub fn literal(&mut self) -> Result<Cow<'j, str>, DecodeError> {
        match self.kind()? {
            Kind::Number | Kind::Bool => self.raw().map(Cow::Borrowed),
            _ => self.read_text(Kind::Number, |text| Some(text.to_owned())).map(Cow::Owned),
        }
    }

    /// Reads the text of a string as a value of another kind, if this reader is lenient.
    #[cold]
    fn read_text<T>(&mut self, expected: Kind, take: impl FnOnce(&str) -> Option<T>) -> Result<T, DecodeError> {
        let found = self.kind()?;
        let error = self.mismatch(&expected, &found);
        if !self.lenient || found != Kind::String {
            return Err(error);
        }
        let text = self.scanner.string(&mut self.scratch)?;
        match take(text) {
            Some(value) => {
                self.overcome(error);
                Ok(value)
            }
            None => Err(error),
        }
    }

    /// Reads a number or a boolean as the text that it is written in, if this reader is lenient.
    #[cold]
    fn as_text(&mut self) -> Result<&'j str, DecodeError> {
        let found = self.kind()?;
        let error = self.mismatch(&Kind::String, &found);
        match found {
            Kind::Number | Kind::Bool if self.lenient => {
                self.overcome(error);
                self.raw()
            }
            _ => Err(error),
        }
    }

    /// Enters an array; [`next_item`](Self::next_item) follows.
    pub fn open_array(&mut self) -> Result<(), DecodeError> {
        self.expect(Kind::Array)?;
        self.open(ARRAY)
    }

    /// Whether an item of the array follows; leaves the array if none does.
    pub fn next_item(&mut self) -> Result<bool, DecodeError> {
        let more = self.scanner.item(std::mem::take(&mut self.opened))?;
        if !more {
            self.depth -= 1;
            self.budget.leave(ARRAY);
        }
        Ok(more)
    }

    /// Enters an object; [`next_key`](Self::next_key) follows.
    pub fn open_object(&mut self) -> Result<(), DecodeError> {
        self.expect(Kind::Object)?;
        self.open(OBJECT)
    }

    /// Reads the name of the next member, whose value follows. Leaves the object and returns `None` after the last one.
    pub fn next_key(&mut self) -> Result<Option<&str>, DecodeError> {
        if !self.next_member()? {
            return Ok(None);
        }
        Ok(Some(self.scanner.name(&mut self.scratch)?))
    }

    /// Like [`next_key`](Self::next_key), but the name does not borrow the reader.
    pub(super) fn next_name(&mut self) -> Result<Option<Cow<'j, str>>, DecodeError> {
        if !self.next_member()? {
            return Ok(None);
        }
        Ok(Some(self.scanner.lasting_name()?))
    }

    /// Whether a member follows. Leaves the object after the last one.
    fn next_member(&mut self) -> Result<bool, DecodeError> {
        let more = self.scanner.member(std::mem::take(&mut self.opened))?;
        if !more {
            self.depth -= 1;
            self.budget.leave(OBJECT);
        }
        Ok(more)
    }

    /// Takes the name of the next member if it is written like `head`, which is `"name":`, and says whether it was.
    #[inline]
    pub(super) fn take_head(&mut self, head: &str) -> bool {
        let is_next = self.scanner.take_head(self.opened, head);
        self.opened &= !is_next;
        is_next
    }

    fn open(&mut self, stack: usize) -> Result<(), DecodeError> {
        self.enter(stack)?;
        self.scanner.open();
        self.depth += 1;
        self.opened = true;
        Ok(())
    }

    /// Begins to read what needs so many bytes of the stack.
    pub fn enter(&mut self, stack: usize) -> Result<(), DecodeError> {
        if self.budget.enter(stack) { Ok(()) } else { Err(self.too_deep()) }
    }

    /// Has read what needed so many bytes of the stack.
    pub fn leave(&mut self, stack: usize) { self.budget.leave(stack); }

    #[cold]
    fn too_deep(&self) -> DecodeError {
        let message = format!(
            "nested deeper than {} levels of such values; `ClientBuilder::stack_limit` allows more",
            self.depth
        );
        DecodeError::syntax(message, self.offset())
    }

    /// Takes memory for values.
    pub fn take_memory(&mut self, bytes: usize) -> Result<(), DecodeError> {
        if self.budget.take(bytes) { Ok(()) } else { Err(self.too_large()) }
    }

    #[cold]
    fn too_large(&self) -> DecodeError {
        let message =
            "the values take too much memory for a text of this size; `ClientBuilder::expansion_limit` allows more";
        DecodeError::syntax(message, self.offset())
    }

    /// Passes over a value.
    pub fn skip(&mut self) -> Result<(), DecodeError> { Ok(self.scanner.skip()?) }

    /// Passes over a value and returns its text.
    pub fn raw(&mut self) -> Result<&'j str, DecodeError> {
        let start = self.start()?;
        self.skip()?;
        Ok(&self.scanner.text()[start..self.offset()])
    }

    /// The byte at which the next value starts.
    pub fn start(&mut self) -> Result<usize, DecodeError> { self.kind().map(|_| self.offset()) }
}

#[cold]
fn out_of_range(offset: usize) -> DecodeError {
    DecodeError::mismatch(&"a number that a float can hold", &"one out of range", offset)
}

/// The nearest float to a JSON number, if it is finite.
fn float(text: &str) -> Option<f64> {
    Decimal::parse(text)?;
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

/// A literal for a message, cut if it is very long.
#[cold]
fn shown(literal: &str) -> String {
    literal.get(..40).map_or_else(|| literal.to_owned(), |start| format!("{start}…"))
}

impl From<Malformed> for DecodeError {
    #[cold]
    fn from(error: Malformed) -> Self { DecodeError::syntax(error.message, error.at) }
}
