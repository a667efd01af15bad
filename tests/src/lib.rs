//! What the tests of this package share.

pub mod boilerplate;
pub mod case;
pub mod corpus;
pub mod debugged;
pub mod golden;
pub mod guide;
pub mod hunks;
pub mod ignorable;
pub mod jupyter;
pub mod largest;
pub mod page;
pub mod mocked;
pub mod recording;
pub mod samples;
pub mod server;
pub mod spector;
pub mod started;
pub mod surface;
pub mod values;
pub mod wasm;
pub mod workspace;
