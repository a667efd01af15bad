//! A small reader over `jiter` and a small writer, as the measured forms `functions`, `slots`, `index` and `visitor`
//! use them. The real ones stand in `generator/runtime/`; these are kept apart so that the figures can be repeated.

use jiter::{Jiter, NumberInt, Peek};

/// What went wrong while reading.
#[derive(Debug)]
pub struct Error(pub String);

/// The result of reading.
pub type Read<T> = Result<T, Error>;

impl From<jiter::JiterError> for Error {
    fn from(error: jiter::JiterError) -> Self {
        Error(error.to_string())
    }
}

/// Any JSON value.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    String(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// Pulls values from a complete JSON text.
pub struct Reader<'j>(Jiter<'j>);

impl<'j> Reader<'j> {
    pub fn new(json: &'j [u8]) -> Self {
        Reader(Jiter::new(json))
    }

    pub fn finish(&mut self) -> Read<()> {
        Ok(self.0.finish()?)
    }

    pub fn null(&mut self) -> Read<bool> {
        let null = self.0.peek()? == Peek::Null;
        if null {
            self.0.known_null()?;
        }
        Ok(null)
    }

    pub fn bool(&mut self) -> Read<bool> {
        Ok(self.0.next_bool()?)
    }

    pub fn i64(&mut self) -> Read<i64> {
        let NumberInt::Int(value) = self.0.next_int()?;
        Ok(value)
    }

    pub fn f64(&mut self) -> Read<f64> {
        Ok(self.0.next_float()?)
    }

    pub fn string(&mut self) -> Read<String> {
        Ok(self.0.next_str()?.to_owned())
    }

    pub fn str(&mut self) -> Read<&str> {
        Ok(self.0.next_str()?)
    }

    pub fn key(&mut self, first: &mut bool) -> Read<Option<&str>> {
        Ok(if std::mem::replace(first, false) { self.0.next_object()? } else { self.0.next_key()? })
    }

    pub fn more(&mut self, first: &mut bool) -> Read<bool> {
        let next = if std::mem::replace(first, false) { self.0.next_array()? } else { self.0.array_step()? };
        Ok(next.is_some())
    }

    pub fn array<T>(&mut self, item: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let (mut items, mut first) = (Vec::new(), true);
        while self.more(&mut first)? {
            items.push(item(self)?);
        }
        Ok(items)
    }

    pub fn nullable<T>(&mut self, value: impl Fn(&mut Self) -> Read<T>) -> Read<Option<T>> {
        if self.null()? { Ok(None) } else { value(self).map(Some) }
    }

    pub fn boxed<T>(&mut self, value: impl Fn(&mut Self) -> Read<T>) -> Read<Box<T>> {
        value(self).map(Box::new)
    }

    pub fn skip(&mut self) -> Read<()> {
        Ok(self.0.next_skip()?)
    }

    pub fn value(&mut self) -> Read<Value> {
        Ok(match self.0.peek()? {
            Peek::Null => self.0.known_null().map(|()| Value::Null)?,
            Peek::True | Peek::False => Value::Bool(self.0.next_bool()?),
            Peek::String => Value::String(self.string()?),
            Peek::Array => Value::Array(self.array(Self::value)?),
            Peek::Object => {
                let (mut members, mut first) = (Vec::new(), true);
                while let Some(key) = self.key(&mut first)?.map(str::to_owned) {
                    members.push((key, self.value()?));
                }
                Value::Object(members)
            }
            _ => match self.0.next_number()? {
                jiter::NumberAny::Int(NumberInt::Int(value)) => Value::Integer(value),
                jiter::NumberAny::Float(value) => Value::Float(value),
            },
        })
    }
}

/// The error for a member that must be there and is not.
#[cold]
pub fn missing(name: &str) -> Error {
    Error(format!("missing field `{name}`"))
}

/// Unwraps a member that must be there.
pub fn required<T>(value: Option<T>, name: &str) -> Read<T> {
    value.ok_or_else(|| missing(name))
}

/// Collects compact JSON.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    fn separate(&mut self) {
        if !matches!(self.0.last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(b',');
        }
    }

    pub fn open(&mut self, bracket: u8) {
        self.separate();
        self.0.push(bracket);
    }

    pub fn close(&mut self, bracket: u8) {
        self.0.push(bracket);
    }

    pub fn null(&mut self) {
        self.separate();
        self.0.extend_from_slice(b"null");
    }

    pub fn bool(&mut self, value: bool) {
        self.separate();
        self.0.extend_from_slice(if value { b"true" } else { b"false" });
    }

    pub fn i64(&mut self, value: i64) {
        self.separate();
        self.0.extend_from_slice(value.to_string().as_bytes());
    }

    pub fn f64(&mut self, value: f64) {
        self.separate();
        self.0.extend_from_slice(value.to_string().as_bytes());
    }

    pub fn key(&mut self, name: &str) {
        self.string(name);
        self.0.push(b':');
    }

    pub fn string(&mut self, text: &str) {
        self.separate();
        self.0.push(b'"');
        let (bytes, mut start) = (text.as_bytes(), 0);
        for (index, byte) in bytes.iter().enumerate() {
            if matches!(byte, b'"' | b'\\' | 0..=0x1f) {
                self.0.extend_from_slice(&bytes[start..index]);
                self.0.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                start = index + 1;
            }
        }
        self.0.extend_from_slice(&bytes[start..]);
        self.0.push(b'"');
    }

    pub fn array<T>(&mut self, items: &[T], item: impl Fn(&T, &mut Self)) {
        self.open(b'[');
        for value in items {
            item(value, self);
        }
        self.close(b']');
    }

    pub fn nullable<T>(&mut self, value: &Option<T>, some: impl Fn(&T, &mut Self)) {
        match value {
            Some(value) => some(value, self),
            None => self.null(),
        }
    }

    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.null(),
            Value::Bool(value) => self.bool(*value),
            Value::Integer(value) => self.i64(*value),
            Value::Float(value) => self.f64(*value),
            Value::String(value) => self.string(value),
            Value::Array(items) => self.array(items, |item, writer| writer.value(item)),
            Value::Object(members) => {
                self.open(b'{');
                for (key, value) in members {
                    self.key(key);
                    self.value(value);
                }
                self.close(b'}');
            }
        }
    }
}
