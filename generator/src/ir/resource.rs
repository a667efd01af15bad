//! The tree through which calls are reached.

use super::OperationId;

/// The number of a resource within an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResourceId(u32);

impl ResourceId {
    /// The client itself.
    pub const ROOT: Self = Self(0);

    /// The resource at this index.
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

/// A group of calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The words of its name; empty at the root.
    pub word: String,
    /// What the document's tag of that name says.
    pub docs: super::Docs,
    /// The resource it hangs under; the root hangs under itself.
    pub parent: ResourceId,
    /// Its parts, in document order.
    pub children: Vec<ResourceId>,
    /// Its calls, in document order.
    pub operations: Vec<OperationId>,
}
