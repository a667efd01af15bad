//! References to operations.

/// The index of an operation in an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(u32);

impl OperationId {
    /// Creates an id from an index.
    pub fn from_index(index: usize) -> Self {
        Self(
            u32::try_from(index)
                .expect("a document that fits in memory has fewer operations than u32 counts"),
        )
    }

    /// The index of this operation.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
