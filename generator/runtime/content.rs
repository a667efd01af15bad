// needs: codec percent request_error style upload value | crates: http
//! The content of a request, with its media type.

use std::fmt;

use http::HeaderValue;

use super::codec::{Codec, to_json, to_value};
use super::percent::Keep;
use super::request_error::{RequestError, RequestPart};
use super::style::{QueryStyle, query_pairs};
use super::upload::Upload;
use super::value::Value;

/// The content of a request.
#[derive(Clone)]
pub struct Content {
    pub(super) content_type: HeaderValue,
    pub(super) upload: Upload,
}

impl Content {
    /// What is sent, with its media type.
    pub fn new(content_type: &str, upload: impl Into<Upload>) -> Result<Self, RequestError> {
        let content_type = HeaderValue::from_str(content_type).map_err(|_| {
            RequestError::new(RequestPart::Header, "Content-Type", "has a value that no header can have")
        })?;
        Ok(Self { content_type, upload: upload.into() })
    }

    /// A value as JSON; `None` is `null`.
    pub fn json(content_type: &str, value: &dyn Codec) -> Result<Self, RequestError> {
        let json = to_json(value).map_err(|error| RequestError::new(RequestPart::Body, "", &error.to_string()))?;
        Self::new(content_type, json)
    }

    /// An object's members as `application/x-www-form-urlencoded`; `None` if the value is absent.
    ///
    /// Each member is written like a query parameter (OpenAPI 3.1.1, section 4.8.15): in its style in `styles`,
    /// otherwise arrays repeat the name and objects are JSON. Spaces become `%20`, which every decoder reads.
    pub fn form(value: &dyn Codec, styles: &[(&str, QueryStyle)]) -> Result<Option<Self>, RequestError> {
        if value.is_absent() {
            return Ok(None);
        }
        let value = to_value(value).map_err(|error| RequestError::new(RequestPart::Body, "", &error.to_string()))?;
        let Value::Object(members) = &value else {
            return Err(RequestError::new(RequestPart::Body, "", "only an object can be sent as a form"));
        };
        let mut form = Vec::new();
        for (name, member) in members.iter() {
            let named = styles.iter().find(|(key, _)| *key == name).map(|(_, style)| *style);
            let style = named.unwrap_or(match member {
                Value::Object(_) => QueryStyle::Json,
                _ => QueryStyle::FormExplode,
            });
            form.push(query_pairs(name, style, Keep::Unreserved, member));
        }
        form.retain(|pairs| !pairs.is_empty());
        Self::new("application/x-www-form-urlencoded", form.join("&")).map(Some)
    }
}

/// Shows the length only: the content may hold secrets.
impl fmt::Debug for Content {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?} of {:?}", self.upload, self.content_type)
    }
}
