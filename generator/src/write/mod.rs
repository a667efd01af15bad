//! Files to and from disk.
