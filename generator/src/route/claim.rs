//! What operations want to be called.

use crate::ir::OperationId;

/// The place that an operation wants.
pub(super) struct Route {
    /// The operation.
    pub(super) operation: OperationId,
    /// The names of its resources from the root.
    pub(super) resources: Vec<String>,
    /// Possible method names, best first; the last is its unique id.
    pub(super) actions: Vec<String>,
    /// Decides which of two gets the same method name, lower first: the quality of the claim, then the path length.
    pub(super) rank: (Claim, usize),
}

/// The quality of a claim to a method name, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// It is the only possible name.
    Fixed,
    /// The verb of its path, and its `operationId` says nothing more.
    Exact,
    /// The verb of its `operationId`, which says nothing more, although the path does not imply it.
    Said,
    /// The verb of its path, or its unchanged `operationId`.
    Plain,
    /// Made from its `operationId` or its path.
    Made,
}
