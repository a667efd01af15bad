//! The normalised tree to `openapiv3::OpenAPI`.
pub mod extension {
    use crate::source::NodeId;
    pub fn origin(_: &indexmap::IndexMap<String, serde_json::Value>) -> Option<NodeId> { None }
}
