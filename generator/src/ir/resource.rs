//! The tree of resources, through which operations are reached.

use super::OperationId;

/// The index of a resource in an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(u32);

impl ResourceId {
    /// The client itself.
    pub const ROOT: Self = Self(0);

    /// Creates an id from an index.
    pub fn from_index(index: usize) -> Self {
        Self(
            u32::try_from(index).expect("a document that fits in memory has fewer resources than u32 counts"),
        )
    }

    /// The index of this resource.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A group of operations.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The words of its name; empty at the root.
    pub word: String,
    /// The description of the document's tag with this name.
    pub docs: super::Docs,
    /// The parent resource; the root is its own parent.
    pub parent: ResourceId,
    /// The child resources, in document order.
    pub children: Vec<ResourceId>,
    /// Its operations, in document order.
    pub operations: Vec<OperationId>,
}
