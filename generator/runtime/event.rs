// needs: deviation operation | crates: tracing
//! What a call tells whoever listens: events of the crate `tracing`, behind the feature of that name.

#[cfg(feature = "tracing")]
use tracing::warn;

use super::deviation::Deviation;
use super::operation::Operation;

/// An event for each place at which a body is not what the document says.
#[cfg(feature = "tracing")]
pub(super) fn deviations(deviations: &[Deviation], operation: &Operation) {
    for deviation in deviations {
        let (path, expected, found) = (deviation.path(), deviation.expected(), deviation.found());
        warn!(operation = operation.id(), path, expected, found, "a reply is not what its document says");
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) fn deviations(_: &[Deviation], _: &Operation) {}
