// needs: body call codec request request_error value | crates: bytes
//! Bodies of several parts: `multipart/form-data` (RFC 7578).
//!
//! ```text
//! pub struct UploadBody { pub file: File, pub meta: Option<Meta>, pub extra: BTreeMap<String, String> }
//! multipart!(UploadBody { file: file, meta: value "application/json"; extra: value });
//! ```
//!
//! Behind the semicolon stands the field that holds the parts of all other names.
//!
//! A file is one part, several files are parts of one name. Of other values, a scalar is a part of text, an array is a
//! part for each item, and an object is a part of JSON (OpenAPI 3.1.1, section 4.8.15), unless the document gives a media
//! type of JSON, in which the value goes whole.

use bytes::Bytes;

use super::body::Body;
use super::call::Call;
use super::codec::{Codec, to_value};
use super::request::Request;
use super::request_error::{Part, RequestError};
use super::value::Value;

/// The content of a file, its name, and its media type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    content: Bytes,
    name: Option<Box<str>>,
    content_type: Option<Box<str>>,
}

impl File {
    /// A file of these bytes. Without a name it is sent as `file`, since servers tell files from text by that.
    pub fn new(content: impl Into<Bytes>) -> Self { Self { content: content.into(), name: None, content_type: None } }

    /// The same with a name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into().into());
        self
    }

    /// The same with a media type, in place of the document's, or of `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into().into());
        self
    }
}

impl From<Bytes> for File {
    fn from(content: Bytes) -> Self { File::new(content) }
}

impl From<Vec<u8>> for File {
    fn from(content: Vec<u8>) -> Self { File::new(content) }
}

/// A form in the making.
#[derive(Debug, Default)]
pub struct Form {
    parts: Vec<(String, Bytes)>,
    error: Option<RequestError>,
}

/// What can be sent as a form.
pub trait Parts {
    /// Adds its parts, in order.
    fn add_to(&self, form: &mut Form);
}

/// What becomes parts with a file name.
pub trait Files {
    /// Adds a part for each file.
    fn add_files(&self, name: &str, media_type: Option<&str>, form: &mut Form);
}

impl Files for File {
    fn add_files(&self, name: &str, media_type: Option<&str>, form: &mut Form) {
        let file_name = self.name.as_deref().unwrap_or("file");
        let media_type = self.content_type.as_deref().or(media_type).unwrap_or("application/octet-stream");
        form.part(name, Some(file_name), Some(media_type), self.content.clone());
    }
}

impl<T: Files> Files for Option<T> {
    fn add_files(&self, name: &str, media_type: Option<&str>, form: &mut Form) {
        self.iter().for_each(|file| file.add_files(name, media_type, form));
    }
}

impl<T: Files> Files for Vec<T> {
    fn add_files(&self, name: &str, media_type: Option<&str>, form: &mut Form) {
        self.iter().for_each(|file| file.add_files(name, media_type, form));
    }
}

impl Form {
    /// Adds files.
    pub fn file(&mut self, name: &str, media_type: Option<&str>, files: &dyn Files) {
        files.add_files(name, media_type, self);
    }

    /// Adds a value; nothing if it is absent or `null`.
    pub fn value(&mut self, name: &str, media_type: Option<&str>, value: &dyn Codec) {
        if value.is_absent() {
            return;
        }
        match to_value(value) {
            Ok(value) => self.json(name, media_type, &value),
            Err(error) => {
                self.error.get_or_insert(RequestError::new(Part::Body, name, &error.to_string()));
            }
        }
    }

    fn json(&mut self, name: &str, media_type: Option<&str>, value: &Value) {
        let whole = media_type.is_some_and(|name| name.contains("json"));
        match value {
            Value::Null => {}
            Value::Array(items) if !whole => {
                items.iter().for_each(|item| self.json(name, media_type, item));
            }
            Value::String(text) if !whole => self.part(name, None, media_type, Bytes::from(text.clone())),
            Value::Object(_) => {
                let media_type = media_type.unwrap_or("application/json");
                self.part(name, None, Some(media_type), Bytes::from(value.to_string()));
            }
            other => self.part(name, None, media_type, Bytes::from(other.to_string())),
        }
    }

    fn part(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>, content: Bytes) {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(media_type) = media_type {
            if media_type.contains(['\r', '\n']) {
                let error = RequestError::new(Part::Body, name, "has a media type with a line break");
                self.error.get_or_insert(error);
            }
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        self.parts.push((head, content));
    }

    /// The body. Its boundary occurs in no part.
    fn finish(self) -> Result<Option<Body>, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let boundary = self.boundary();
        let mut content = Vec::new();
        for (head, part) in &self.parts {
            content.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
            content.extend_from_slice(part);
            content.extend_from_slice(b"\r\n");
        }
        content.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        Body::bytes(&format!("multipart/form-data; boundary={boundary}"), Bytes::from(content)).map(Some)
    }

    fn boundary(&self) -> String {
        let occurs = |boundary: &String| {
            let bytes = boundary.as_bytes();
            self.parts.iter().any(|(_, part)| part.windows(bytes.len()).any(|window| window == bytes))
        };
        let mut number = 0_u64;
        loop {
            let boundary = format!("form-data-boundary-{number:016x}");
            if !occurs(&boundary) {
                return boundary;
            }
            number += 1;
        }
    }
}

/// A parameter of `Content-Disposition` as browsers write it (HTML, "multipart/form-data encoding algorithm").
fn quoted(text: &str) -> String { text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A") }

#[doc(hidden)]
impl<T, E, P> Call<'_, T, E, P> {
    /// A body of several parts.
    pub fn with_multipart(mut self, parts: &dyn Parts) -> Self {
        let request: &mut Request = self.request_mut();
        let mut form = Form::default();
        parts.add_to(&mut form);
        request.body(form.finish());
        self
    }
}

/// Says which fields of a struct are which parts; see the module.
macro_rules! multipart {
    ($name:ident {
        $($field:ident $(= $wire:literal)?: $kind:ident $($media_type:literal)?),* $(; $extra:ident: $rest:ident)?
    }) => {
        impl $crate::runtime::multipart::Parts for $name {
            fn add_to(&self, form: &mut $crate::runtime::multipart::Form) {
                $(form.$kind(
                    $crate::runtime::multipart::wire!($field $($wire)?),
                    $crate::runtime::multipart::media_type!($($media_type)?),
                    &self.$field,
                );)*
                $(self.$extra.iter().for_each(|(name, part)| form.$rest(name, ::core::option::Option::None, part));)?
            }
        }
    };
}
pub(crate) use multipart;

/// The name of a part: the field's own unless another is given.
#[allow(unused_macros, reason = "no form may name a part")]
macro_rules! wire {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}
#[allow(unused_imports, reason = "no form may name a part")]
pub(crate) use wire;

/// The media type that a document gives a part.
#[allow(unused_macros, reason = "no form may name a part")]
macro_rules! media_type {
    () => {
        ::core::option::Option::None
    };
    ($media_type:literal) => {
        ::core::option::Option::Some($media_type)
    };
}
#[allow(unused_imports, reason = "no form may name a part")]
pub(crate) use media_type;
