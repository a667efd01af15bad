//! What the parts of an operation are for.

use crate::ir::{OperationId, Role, Usage, UsageParent};

/// The usage of a part of an operation, or of the component it shares with others.
pub(super) fn part_of(component: Option<&str>, id: OperationId, role: Role) -> Usage {
    let parent = match component {
        Some(name) => UsageParent::Component(name.to_owned()),
        None => UsageParent::Operation(id),
    };
    Usage::Inline { parent, roles: vec![role] }
}

/// The usage of a part of an operation.
pub(super) fn inline(id: OperationId, role: Role) -> Usage {
    Usage::Inline { parent: UsageParent::Operation(id), roles: vec![role] }
}
