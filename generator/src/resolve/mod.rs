//! Views of the document without references: later stages never see a reference string, nor the types of `openapiv3`.

mod store;
mod link;
mod schema;
mod content;
mod parameter;
mod body;
mod server;
mod operation;
mod webhook;
mod document;

pub use body::{RequestBodyRef, ResponseRef, Status};
pub use content::{EncodingRef, HeaderRef, MediaTypeRef, QueryStyle};
pub use document::{InfoRef, TagRef};
pub use link::LinkRef;
pub use operation::OperationRef;
pub use parameter::{CookieStyle, ParameterIn, ParameterRef, PathStyle};
pub use schema::{Additional, Constant, DiscriminatorRef, MappingEntry, Members, SchemaRef};
pub use server::{KeyLocation, SchemeKind, SecuritySchemeRef, ServerRef, VariableRef};
pub use store::Document;
pub use webhook::WebhookRef;
