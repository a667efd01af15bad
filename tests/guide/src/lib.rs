//! The client of a library, which the examples of `generator/docs/guide` call where Gcore's API has nothing for them.

mod api {
    include!(concat!(env!("OUT_DIR"), "/library.rs"));
}

pub use api::*;
