//! A body that arrives in chunks: read the same however it is cut, and as the whole of it is read by the words of its
//! specification.
//!
//! The first byte picks a format, the second a limit for items or none, the third how many cuts follow, of two bytes
//! each. The rest is the body.

#![no_main]

#[path = "../../runtime/tests/in_memory/mod.rs"]
mod in_memory;
#[path = "../../runtime/tests/in_pieces/mod.rs"]
mod in_pieces;

use in_pieces::{Kind, hold};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [kind, limit, count, rest @ ..] = data else { return };
    let Some((cuts, body)) = rest.split_at_checked(2 * usize::from(count % 8)) else { return };
    let cuts: Vec<usize> = cuts.chunks(2).map(|pair| usize::from(pair[0]) << 8 | usize::from(pair[1])).collect();
    let kind = Kind::ALL[usize::from(*kind) % Kind::ALL.len()];
    hold(kind, (*limit < 128).then_some(usize::from(*limit)), body, &cuts);
});
