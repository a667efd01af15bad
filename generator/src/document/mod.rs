//! The normalised tree to `openapiv3::OpenAPI`.
