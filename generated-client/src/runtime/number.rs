// needs: | crates:
//! A JSON number that keeps what was written.
//!
//! RFC 8259 section 6 sets no limit on the range or precision of a number, so no Rust type holds all of them. A
//! `Number` is an `i64`, a `u64` or an `f64` where that writes back the same characters, and the characters themselves
//! where it does not: any number is sent on as it came.

use std::fmt;

/// A JSON number, kept as it is written where no type of Rust holds it.
#[derive(Clone, Debug)]
pub struct Number(Form);

#[derive(Clone, Debug)]
enum Form {
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    Text(Box<str>),
}

impl Number {
    /// The number a literal stands for; `None` if the text is not a JSON number.
    pub fn parse(literal: &str) -> Option<Self> { Decimal::parse(literal).map(|_| Self::from_literal(literal)) }

    /// A number from a finite float; `None` for NaN and the infinities, which JSON cannot say.
    pub fn from_f64(value: f64) -> Option<Self> { value.is_finite().then(|| Self::from_literal(&shortest(value))) }

    /// A number from a literal already known to be one.
    pub(super) fn from_literal(literal: &str) -> Self {
        let form = match (literal.parse(), literal.parse()) {
            // of whole numbers only `-0` would lose its sign
            (Ok(value), _) if literal != "-0" => Form::Signed(value),
            (_, Ok(value)) => Form::Unsigned(value),
            _ => match literal.parse() {
                Ok(value) if shortest(value) == literal => Form::Float(value),
                _ => Form::Text(literal.into()),
            },
        };
        Number(form)
    }

    /// The value if it is whole and fits; `3.0` and `3e2` are whole.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Form::Signed(value) => Some(*value),
            _ => self.as_i128().and_then(|value| value.try_into().ok()),
        }
    }

    /// The value if it is whole, not negative, and fits.
    pub fn as_u64(&self) -> Option<u64> { self.as_i128().and_then(|value| value.try_into().ok()) }

    /// The value if it is whole and fits.
    pub fn as_i128(&self) -> Option<i128> {
        match &self.0 {
            Form::Signed(value) => Some(i128::from(*value)),
            Form::Unsigned(value) => Some(i128::from(*value)),
            Form::Float(_) | Form::Text(_) => Decimal::parse(&self.to_string())?.whole(),
        }
    }

    /// The nearest float; `None` if it is out of range.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.0 {
            Form::Signed(value) => Some(*value as f64),
            Form::Unsigned(value) => Some(*value as f64),
            Form::Float(value) => Some(*value),
            Form::Text(literal) => literal.parse().ok().filter(|value: &f64| value.is_finite()),
        }
    }
}

/// The literal.
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Form::Signed(value) => value.fmt(out),
            Form::Unsigned(value) => value.fmt(out),
            Form::Float(value) => out.write_str(&shortest(*value)),
            Form::Text(literal) => out.write_str(literal),
        }
    }
}

/// Two numbers are equal if they have the same value, however they are written: `1.0` is `1`.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Form::Signed(a), Form::Signed(b)) => a == b,
            (Form::Unsigned(a), Form::Unsigned(b)) => a == b,
            _ => Decimal::parse(&self.to_string()) == Decimal::parse(&other.to_string()),
        }
    }
}

impl Eq for Number {}

impl From<i64> for Number {
    fn from(value: i64) -> Self { Number(Form::Signed(value)) }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self { Number(i64::try_from(value).map_or(Form::Unsigned(value), Form::Signed)) }
}

/// The shortest text that reads back as the same finite float; whole floats go without `.0`.
pub(super) fn shortest(value: f64) -> String {
    let mut text = format!("{value:?}");
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    text
}

/// The value of a literal as `digits * 10^exponent`, digits without zeros at either end.
#[derive(PartialEq)]
pub(super) struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Takes a literal apart by the grammar of RFC 8259 section 6.
    pub(super) fn parse(literal: &str) -> Option<Self> {
        let (negative, rest) = literal.strip_prefix('-').map_or((false, literal), |rest| (true, rest));
        let (mantissa, power) = match rest.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, exponent(power)?),
            None => (rest, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, is_digits(fraction).then_some(fraction)?),
            None => (mantissa, ""),
        };
        if !is_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
            return None;
        }
        let written = format!("{whole}{fraction}");
        let trimmed = written.trim_end_matches('0');
        let dropped = written.len() - trimmed.len();
        let digits = trimmed.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Decimal { negative: false, digits, exponent: 0 });
        }
        let shift = i64::try_from(dropped).ok()? - i64::try_from(fraction.len()).ok()?;
        Some(Decimal { negative, digits, exponent: power.saturating_add(shift) })
    }

    /// The value if it is whole and fits.
    pub(super) fn whole(&self) -> Option<i128> {
        let power = u32::try_from(self.exponent).ok()?;
        if self.digits.is_empty() {
            return Some(0);
        }
        // read with its sign, so that the smallest value fits as well
        let sign = if self.negative { "-" } else { "" };
        let digits: i128 = format!("{sign}{}", self.digits).parse().ok()?;
        digits.checked_mul(10_i128.checked_pow(power)?)
    }

    /// The value if it is whole, not negative, and fits.
    pub(super) fn whole_unsigned(&self) -> Option<u128> {
        let power = u32::try_from(self.exponent).ok()?;
        if self.digits.is_empty() {
            return Some(0);
        }
        let digits: u128 = self.digits.parse().ok().filter(|_| !self.negative)?;
        digits.checked_mul(10_u128.checked_pow(power)?)
    }
}

fn is_digits(text: &str) -> bool { !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) }

/// The power behind `e`; one beyond `i64` is cut to its ends, where every value is out of range alike.
fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let limit = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    is_digits(digits).then(|| text.parse().unwrap_or(limit))
}
