//! The operation whose code is emitted.

use super::scope::FileScope;
use crate::{
    ir::{Operation, OperationId},
    name::OperationNames,
};

/// An operation, its names, and the file in which its call stands.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Its names.
    pub names: &'a OperationNames,
    /// The file.
    pub scope: &'a FileScope<'a>,
}

impl<'a> Call<'a> {
    /// The call of an operation in a file.
    pub(super) fn new(id: OperationId, scope: &'a FileScope<'a>) -> Self {
        let context = scope.context();
        Self { operation: context.api.operation(id), names: context.names.operation(id), scope }
    }
}
