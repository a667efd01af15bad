//! The scenarios of TypeSpec, a mock server that holds requests to them, and what came of each.

mod environment;
pub mod ledger;
pub mod scenario;
mod server;

pub use environment::Environment;
pub use server::Server;
