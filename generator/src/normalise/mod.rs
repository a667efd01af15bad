//! Any version of OpenAPI to one shape: 3.0, with `x-cratewright-*` for what 3.0 cannot say. The only place that knows versions.
pub(crate) mod marker;
