//! What the tests of this package share.

pub mod case;
pub mod golden;
pub mod recording;
pub mod server;
pub mod workspace;
