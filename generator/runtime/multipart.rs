// needs: codec content fill request request_error style upload upload_file value | crates: bytes http
//! Multipart bodies: `multipart/form-data` (RFC 7578).
//!
//! ```text
//! pub struct UploadBody { pub file: File, pub meta: Option<Meta>, pub extra: BTreeMap<String, String> }
//! multipart!(UploadBody { file: file "image/png" ["X-Kind": "a"], meta: value "application/json"; extra: value });
//! ```
//!
//! After each field's name come how the field becomes parts, its media type, and headers with a constant value. After
//! the semicolon comes the field that holds the parts of all other names.
//!
//! A file is one part; several files are parts with the same name. Of other values, a scalar is a text part, an array
//! is one part per item, and an object is a JSON part (OpenAPI 3.1.1, section 4.8.15), unless the document gives a
//! JSON media type, in which the whole value is sent, or a style: `tags: value(Form)` is one part `a,b`.

use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::Bytes;
use http::HeaderName;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::codec::{Codec, to_value};
use super::content::Content;
use super::fill::Fill;
use super::request::Request;
use super::request_error::{RequestError, RequestPart};
use super::style::{QueryStyle, part_pairs};
use super::upload::Upload;
#[cfg(not(target_family = "wasm"))]
use super::upload_file as _;
use super::value::Value;

/// A file: its content, name, media type and part headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    content: Upload,
    name: Option<Box<str>>,
    content_type: Option<Box<str>>,
    headers: Vec<(Box<str>, Box<str>)>,
}

impl File {
    /// Creates a file. Without a name it is sent as `file`, because servers tell files from text by the file name.
    pub fn new(content: impl Into<Upload>) -> Self { Self { content: content.into(), ..Self::default() } }

    /// Creates a file of one of the disk, with its name; see [`Upload::from_path`].
    ///
    /// # Errors
    ///
    /// If the file cannot be opened.
    #[cfg(not(target_family = "wasm"))]
    pub fn from_path(path: impl AsRef<std::path::Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into());
        Ok(Self { name, ..Self::new(Upload::from_path(path)?) })
    }

    /// Sets the name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into().into());
        self
    }

    /// Sets the media type; by default that of the document, or `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into().into());
        self
    }

    /// Adds a header to the part, besides `Content-Disposition` and `Content-Type`. A header that is not valid makes
    /// the call fail.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into().into(), value.into().into()));
        self
    }
}

impl<T: Into<Upload>> From<T> for File {
    fn from(content: T) -> Self { File::new(content) }
}

/// A form under construction.
#[derive(Debug, Default)]
pub struct Form {
    parts: Vec<(String, Upload)>,
    error: Option<RequestError>,
}

/// A type that can be sent as a form.
pub trait Parts {
    /// Adds its parts in order.
    fn add_to(&self, form: &mut Form);
}

/// The name, media type and headers of a part.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The name of the part.
    pub name: &'a str,
    /// The media type, if the document gives one.
    pub media_type: Option<&'a str>,
    /// Headers whose value the document gives.
    pub headers: &'a [(&'a str, &'a str)],
}

impl<'a> Head<'a> {
    /// Creates a head with only a name.
    pub fn new(name: &'a str) -> Self { Self { name, media_type: None, headers: &[] } }
}

/// Values that become parts with a file name.
pub trait Files {
    /// Adds a part for each file.
    fn add_files(&self, head: Head<'_>, form: &mut Form);
}

impl Files for File {
    fn add_files(&self, head: Head<'_>, form: &mut Form) {
        let media_type = self.content_type.as_deref().or(head.media_type).unwrap_or("application/octet-stream");
        let given =
            head.headers.iter().filter(|(name, _)| !self.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)));
        let own = self.headers.iter().map(|(name, value)| (&**name, &**value));
        let headers: Vec<_> = given.copied().chain(own).collect();
        let head = Head { media_type: Some(media_type), headers: &headers, ..head };
        form.part(head, Some(self.name.as_deref().unwrap_or("file")), self.content.clone());
    }
}

impl<T: Files> Files for Option<T> {
    fn add_files(&self, head: Head<'_>, form: &mut Form) { self.iter().for_each(|file| file.add_files(head, form)); }
}

impl<T: Files> Files for Vec<T> {
    fn add_files(&self, head: Head<'_>, form: &mut Form) { self.iter().for_each(|file| file.add_files(head, form)); }
}

impl Form {
    /// Adds a part for each file.
    pub fn file(&mut self, head: Head<'_>, files: &dyn Files) { files.add_files(head, self); }

    /// Adds a value; does nothing if it is absent or `null`.
    pub fn value(&mut self, head: Head<'_>, value: &dyn Codec) {
        if let Some(value) = self.json_of(head, value) {
            self.json(head, &value);
        }
    }

    /// Adds a value in a style; does nothing if it is absent or `null`.
    pub fn styled(&mut self, head: Head<'_>, style: QueryStyle, value: &dyn Codec) {
        let Some(value) = self.json_of(head, value) else { return };
        for (name, content) in part_pairs(head.name, style, &value) {
            self.part(Head { name: &name, ..head }, None, content.into_owned().into());
        }
    }

    fn json_of(&mut self, head: Head<'_>, value: &dyn Codec) -> Option<Value> {
        if value.is_absent() {
            return None;
        }
        to_value(value).map_err(|error| self.fail(head, &error.to_string())).ok()
    }

    fn json(&mut self, head: Head<'_>, value: &Value) {
        let whole = head.media_type.is_some_and(|name| name.contains("json"));
        match value {
            Value::Null => {}
            Value::Array(items) if !whole => items.iter().for_each(|item| self.json(head, item)),
            Value::String(text) if !whole => self.part(head, None, text.clone().into()),
            Value::Object(_) => {
                let media_type = Some(head.media_type.unwrap_or("application/json"));
                self.part(Head { media_type, ..head }, None, value.to_string().into());
            }
            other => self.part(head, None, other.to_string().into()),
        }
    }

    fn part(&mut self, head: Head<'_>, file_name: Option<&str>, content: Upload) {
        let mut lines = format!("Content-Disposition: form-data; name=\"{}\"", quoted(head.name));
        if let Some(file_name) = file_name {
            lines.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(media_type) = head.media_type {
            lines.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        for (name, value) in head.headers {
            lines.push_str(&format!("\r\n{name}: {value}"));
        }
        if let Some(problem) = problem(head) {
            self.fail(head, &problem);
        }
        self.parts.push((lines, content));
    }

    fn fail(&mut self, head: Head<'_>, problem: &str) {
        self.error.get_or_insert(RequestError::new(RequestPart::Body, head.name, problem));
    }

    /// Builds the body, with a random boundary that cannot be injected through a part.
    fn finish(self) -> Result<Option<Content>, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let boundary = boundary();
        let mut pieces = Vec::with_capacity(2 * self.parts.len() + 1);
        let mut between = String::new();
        for (head, part) in self.parts {
            between.push_str(&format!("--{boundary}\r\n{head}\r\n\r\n"));
            pieces.extend([Upload::from(std::mem::take(&mut between)), part]);
            between.push_str("\r\n");
        }
        pieces.push(Upload::from(format!("{between}--{boundary}--\r\n")));
        Content::new(&format!("multipart/form-data; boundary={boundary}"), Upload::joined(pieces)).map(Some)
    }
}

/// A delimiter of 128 random bits (RFC 2046 section 5.1.1), too many to occur in a part by chance.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

/// Why the head of a part is not valid: a line break would end it or start another header.
fn problem(head: Head<'_>) -> Option<String> {
    let is_own = |name: &HeaderName| *name != CONTENT_DISPOSITION && *name != CONTENT_TYPE;
    let is_name = |name: &str| HeaderName::from_bytes(name.as_bytes()).is_ok_and(|name| is_own(&name));
    if let Some((name, _)) = head.headers.iter().find(|(name, _)| !is_name(name)) {
        return Some(format!("has a header `{}` that a part cannot have", name.escape_debug()));
    }
    let breaks = |value: &str| value.contains(['\r', '\n', '\0']);
    if head.media_type.is_some_and(breaks) {
        return Some("has a media type with a line break".to_owned());
    }
    let (name, _) = head.headers.iter().find(|(_, value)| breaks(value))?;
    Some(format!("has a header `{name}` with a line break"))
}

/// Escapes a parameter of `Content-Disposition` as browsers do (HTML, "multipart/form-data encoding algorithm").
fn quoted(text: &str) -> String { text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A") }

/// Fills calls whose body is a form.
pub trait FillForm: Fill {
    /// Sets a multipart body.
    fn with_multipart(self, parts: &dyn Parts) -> Self { self.with_request(|request| send(request, parts)) }
}

impl<F: Fill> FillForm for F {}

fn send(request: &mut Request, parts: &dyn Parts) {
    let mut form = Form::default();
    parts.add_to(&mut form);
    request.content(form.finish());
}

/// Implements `Parts` for a struct; see the module.
macro_rules! multipart {
    ($name:ident {
        $($field:ident $(= $wire:literal)?: $kind:ident $(($style:ident))? $($media_type:literal)?
            $([$($header:literal: $text:literal),*])?),* $(; $extra:ident: $rest:ident)?
    }) => {
        impl $crate::runtime::multipart::Parts for $name {
            #[inline]
            fn add_to(&self, form: &mut $crate::runtime::multipart::Form) {
                $($crate::runtime::multipart::add_part!(
                    form, $kind $(($style))?, &self.$field, $crate::runtime::multipart::Head {
                        $(media_type: ::core::option::Option::Some($media_type),)?
                        $(headers: &[$(($header, $text)),*],)?
                        ..$crate::runtime::multipart::Head::new($crate::runtime::multipart::wire!($field $($wire)?))
                    }
                );)*
                $(self.$extra.iter().for_each(|(name, part)| {
                    form.$rest($crate::runtime::multipart::Head::new(name), part);
                });)?
            }
        }
    };
}
pub(crate) use multipart;

/// Adds the parts of a field, in a style if one is given.
macro_rules! add_part {
    ($form:ident, $kind:ident, $value:expr, $head:expr) => {
        $form.$kind($head, $value)
    };
    ($form:ident, value($style:ident), $value:expr, $head:expr) => {
        $form.styled($head, $crate::runtime::style::QueryStyle::$style, $value)
    };
}
pub(crate) use add_part;

/// The name of a part: that of the field unless another is given.
macro_rules! wire {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}
pub(crate) use wire;
