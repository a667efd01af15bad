// needs: deviation operation | crates: tracing
//! Events of the `tracing` crate, behind the feature of that name.

use std::time::Duration;

#[cfg(feature = "tracing")]
use tracing::{debug, warn};

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

/// Emits an event for an attempt that is to be repeated.
#[cfg(feature = "tracing")]
pub(super) fn retry(operation: &Operation, attempt: u32, wait: Duration) {
    let wait = wait.as_secs_f64();
    debug!(operation = operation.id(), attempt, wait, "an attempt failed and is repeated");
}

#[cfg(not(feature = "tracing"))]
pub(super) fn retry(_: &Operation, _: u32, _: Duration) {}
