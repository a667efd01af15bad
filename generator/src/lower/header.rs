//! Lowers the headers of responses.
//!
//! ```yaml
//! "200": { headers: { X-Rate-Limit: { description: Calls left., schema: { type: integer } } }, … }
//! ```
//! is `pub const X_RATE_LIMIT: Header<i64>`, of whichever operation the response is.

use super::{Lowering, multipart::is_token, schemas::docs};
use crate::{
    ir::{Docs, Integer, Primitive, ResponseHeader},
    resolve::{HeaderRef, SchemaRef},
};

impl Lowering<'_> {
    /// The headers of all responses, in the order in which they are met, without `Content-Type` (OpenAPI 3.1 §4.8.17).
    pub(super) fn response_headers(&self) -> Vec<ResponseHeader> {
        let mut found: Vec<ResponseHeader> = Vec::new();
        for operation in self.schemas.document.operations() {
            for (name, header) in operation.responses().into_iter().flat_map(|response| response.headers()) {
                let name = name.to_ascii_lowercase();
                if name == "content-type" || !is_token(&name) {
                    continue;
                }
                let (ty, docs) = (ty(header), docs::described(header.description()));
                match found.iter_mut().find(|known| known.name == name) {
                    Some(known) => merge(known, ty, docs),
                    None => found.push(ResponseHeader { origin: header.origin(), name, ty, docs }),
                }
            }
        }
        found
    }
}

/// Adds what another response says of a header.
fn merge(known: &mut ResponseHeader, ty: Primitive, docs: Docs) {
    if known.ty != ty {
        known.ty = Primitive::String;
    }
    if known.docs == Docs::default() {
        known.docs = docs;
    }
}

/// The scalar that a header is; a string if it is anything else, or of another media type.
fn ty(header: HeaderRef<'_>) -> Primitive {
    let is = |schema: SchemaRef<'_>, name| schema.is_type(name);
    match header.schema().filter(|_| header.content().is_none()) {
        Some(schema) if is(schema, "integer") => Primitive::Integer(Integer::I64),
        Some(schema) if is(schema, "number") => Primitive::Float,
        Some(schema) if is(schema, "boolean") => Primitive::Bool,
        Some(_) | None => Primitive::String,
    }
}
