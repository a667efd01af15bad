//! Random bodies, cut anywhere: the fuzz target `stream` goes on where this ends.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod in_memory;
mod in_pieces;

use std::panic::{AssertUnwindSafe, catch_unwind};

use in_pieces::{Kind, hold};

/// How many bodies of each kind are tried.
const BODIES: u32 = 3_000;

/// Parts of event streams, and what looks like them.
const EVENTS: &[&[u8]] = &[
    b"data",
    b"data:",
    b"data: a",
    b"data: 1",
    b"data: {\"a\":",
    b"data:}",
    b"data: [DONE]",
    b"event: x",
    b"event",
    b"id: 7",
    b"id",
    b"id: 1\0",
    b"retry: 15",
    b"retry: 1s",
    b"retry",
    b"retry: 99999999999999999999",
    b":",
    b": c",
    b"other: 1",
    b"DATA: a",
    b" ",
    b"\n",
    b"\n",
    b"\n\n",
    b"\n\n",
    b"\r",
    b"\r\n",
    b"\r\n\r\n",
    b"\xEF\xBB\xBF",
    b"\xC3\xBC",
    b"\xC3",
    b"\xF0\x9F",
    b"\0",
    b"\x1E",
];

/// Parts of JSON texts, and what stands between them.
const TEXTS: &[&[u8]] = &[
    b"{\"a\":",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"1",
    b"-1.5e3",
    b"tru",
    b"true",
    b"null",
    b"\"",
    b"\"\\\"\"",
    b"\"x\\n\"",
    b"\\",
    b" ",
    b"\n",
    b"\n",
    b"\r\n",
    b"\r",
    b"\x1E",
    b"\n\x1E",
    b"\xEF\xBB\xBF",
    b"\xC3\xBC",
    b"\xC3",
    b"\0",
];

/// Numbers from a seed (xorshift; George Marsaglia, 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % count as u64).unwrap()
    }
}

fn hold_random(kind: Kind) {
    let parts = if matches!(kind, Kind::Events | Kind::JsonEvents) { EVENTS } else { TEXTS };
    for seed in 1..=BODIES {
        let mut random = Random(u64::from(seed) << 20 | 0x9E37_79B9);
        let body: Vec<u8> = (0..random.below(14)).flat_map(|_| parts[random.below(parts.len())]).copied().collect();
        let cuts: Vec<usize> = (0..random.below(5)).map(|_| random.below(body.len() + 1)).collect();
        let limit = (random.below(4) == 0).then(|| random.below(12));
        let held = catch_unwind(AssertUnwindSafe(|| hold(kind, limit, &body, &cuts)));
        assert!(held.is_ok(), "{kind:?}, limit {limit:?}, cut at {cuts:?}: {:?}", String::from_utf8_lossy(&body));
    }
}

#[test]
fn events_are_the_same_however_they_are_cut() { hold_random(Kind::Events); }

#[test]
fn json_events_are_the_same_however_they_are_cut() { hold_random(Kind::JsonEvents); }

#[test]
fn lines_are_the_same_however_they_are_cut() { hold_random(Kind::Lines); }

#[test]
fn records_are_the_same_however_they_are_cut() { hold_random(Kind::Records); }

#[test]
fn downloads_bring_each_byte_once() { hold_random(Kind::Download); }

/// What is read is not kept, and what is skipped is not gathered.
#[test]
fn a_long_body_has_no_limit_if_its_items_are_short() {
    for kind in Kind::ALL {
        let line: &[u8] = match kind {
            Kind::Events | Kind::JsonEvents => b": comment\ndata: 1\nid: 2\n\n",
            Kind::Lines | Kind::Download => b"{\"a\":1}\n\n",
            Kind::Records => b"\x1E{\"a\":1}\n",
        };
        hold(kind, Some(16), &line.repeat(500), &[100, 1_000, 1_001, 3_500]);
    }
}
