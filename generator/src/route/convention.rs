//! When something is a convention of a document.

/// The maximum number of resources a call goes through. Deeper operations become methods of the last one. A resource's
/// name contains those above it, so without a limit the total length of names would be quadratic in the depth.
pub(super) const MOST_LEVELS: usize = 16;

/// Whether enough operations follow a convention: four in five.
pub(super) fn nearly_all(some: usize, all: usize) -> bool {
    all > 0 && some * 5 >= all * 4
}
