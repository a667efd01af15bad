// needs: deviation operation | crates: tracing
//! Events of the `tracing` crate, behind the feature of that name.

#[cfg(feature = "tracing")]
use tracing::warn;

use super::deviation::Deviation;
use super::operation::Operation;

/// Emits an event for each deviation of a body from the document.
#[cfg(feature = "tracing")]
pub(super) fn deviations(deviations: &[Deviation], operation: &Operation) {
    for deviation in deviations {
        let (path, expected, found) = (deviation.path(), deviation.expected(), deviation.found());
        warn!(operation = operation.id(), path, expected, found, "a reply deviates from the document");
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) fn deviations(_: &[Deviation], _: &Operation) {}
