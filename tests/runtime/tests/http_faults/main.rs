//! Servers that fail in every way we know, over real connections: nothing hangs past its limit of time, nothing is sent
//! twice that must not be, and a client that sees nothing but failures stops asking.
//!
//! `cargo test -p runtime --test http_faults -- --nocapture` prints how each fault ends.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../http_server/mod.rs"]
mod http_server;

mod budget;
mod connections;
mod limits;
mod over;
mod server;
mod table;
