//! Views of the document without references: later stages never see a reference string, nor the types of `openapiv3`.

mod body;
mod document;
mod operation;
mod parameter;
mod schema;
mod server;

pub use body::{EncodingRef, MediaTypeRef, RequestBodyRef, ResponseRef, Status};
pub use document::{Document, InfoRef, LinkRef, TagRef};
pub use operation::OperationRef;
pub use parameter::{HeaderRef, ParameterIn, ParameterRef, PathStyle, QueryStyle};
pub use schema::{Additional, Constant, DiscriminatorRef, MappingEntry, Members, SchemaRef};
pub use server::{KeyLocation, SchemeKind, SecuritySchemeRef, ServerRef, VariableRef};
