// needs: call call_with codec request style upload | crates:
//! How generated methods fill a call: each takes it and gives it back, so that a call is one expression.
//!
//! The names begin with `with_`, lest they meet those of an API's own parameters.

use super::call::Call;
use super::call_with::CallWith;
use super::codec::Codec;
use super::request::Request;
use super::style::{PathStyle, PlainStyle, QueryStyle};
use super::upload::Upload;

/// What is filled: a call, with or without optional parameters.
pub trait Fill: Sized {
    /// What is sent.
    fn request(&mut self) -> &mut Request;

    /// The same after something was done to what is sent.
    fn with_request(mut self, fill: impl FnOnce(&mut Request)) -> Self {
        fill(self.request());
        self
    }

    /// A path parameter.
    fn with_path(self, name: &'static str, value: &dyn Codec) -> Self {
        self.with_request(|request| request.path(name, value))
    }

    /// A path parameter in another style.
    fn with_styled_path(self, name: &'static str, style: PathStyle, value: &dyn Codec) -> Self {
        self.with_request(|request| request.path_styled(name, style, value))
    }

    /// A path parameter with `allowReserved: true`.
    fn with_reserved_path(self, name: &'static str, style: PathStyle, value: &dyn Codec) -> Self {
        self.with_request(|request| request.path_reserved(name, style, value))
    }

    /// A query parameter in the default style.
    fn with_query(self, name: &'static str, value: &dyn Codec) -> Self {
        self.with_request(|request| request.query(name, QueryStyle::FormExplode, value))
    }

    /// A query parameter.
    fn with_styled_query(self, name: &'static str, style: QueryStyle, value: &dyn Codec) -> Self {
        self.with_request(|request| request.query(name, style, value))
    }

    /// A query parameter with `allowReserved: true`.
    fn with_reserved_query(self, name: &'static str, style: QueryStyle, value: &dyn Codec) -> Self {
        self.with_request(|request| request.query_reserved(name, style, value))
    }

    /// `name=` for a query parameter that is not set.
    fn with_empty_query(self, name: &'static str) -> Self { self.with_request(|request| request.query_empty(name)) }

    /// A header parameter in the default style.
    fn with_header(self, name: &'static str, value: &dyn Codec) -> Self {
        self.with_request(|request| request.header(name, PlainStyle::Simple, value))
    }

    /// A header parameter.
    fn with_styled_header(self, name: &'static str, style: PlainStyle, value: &dyn Codec) -> Self {
        self.with_request(|request| request.header(name, style, value))
    }

    /// A cookie parameter in the default style.
    fn with_cookie(self, name: &'static str, value: &dyn Codec) -> Self {
        self.with_request(|request| request.cookie(name, QueryStyle::FormExplode, value))
    }

    /// A cookie parameter.
    fn with_styled_cookie(self, name: &'static str, style: QueryStyle, value: &dyn Codec) -> Self {
        self.with_request(|request| request.cookie(name, style, value))
    }

    /// A JSON body.
    fn with_json(self, content_type: &'static str, value: &dyn Codec) -> Self {
        self.with_request(|request| request.json(content_type, value))
    }

    /// A form body.
    fn with_form(self, value: &dyn Codec, styles: &[(&str, QueryStyle)]) -> Self {
        self.with_request(|request| request.form(value, styles))
    }

    /// A text body.
    fn with_text(self, content_type: &str, text: String) -> Self {
        self.with_request(|request| request.text(content_type, text))
    }

    /// A text body that is a scalar.
    fn with_scalar_text(self, content_type: &str, value: &dyn Codec) -> Self {
        self.with_request(|request| request.scalar_text(content_type, value))
    }

    /// A body that is sent as it is.
    fn with_upload(self, content_type: &str, body: impl Into<Upload>) -> Self {
        self.with_request(|request| request.upload(content_type, body.into()))
    }
}

impl<T, E> Fill for Call<T, E> {
    fn request(&mut self) -> &mut Request { &mut self.request }
}

impl<T, E, P> Fill for CallWith<T, E, P> {
    fn request(&mut self) -> &mut Request { &mut self.call.request }
}
