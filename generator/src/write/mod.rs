//! Files to and from disk.
pub use crate::pack::Package;
