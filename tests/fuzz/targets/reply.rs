//! Replies, as they may come: read or refused, told truly, and written as they came.
//!
//! The first byte picks a type, the second and third seed changes to the rest where that is JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use runtime::{
    lenient_models::{Either, Item, Keeper, Place},
    models::{Nest, Node, Payment, Pet, Shape, User},
    runtime::{
        codec::{Codec, from_json, read_json, to_json},
        value::Value,
    },
};

fn holds<T: Codec + PartialEq + std::fmt::Debug>(json: &[u8]) {
    let strict = from_json::<T>(json);
    let lenient = read_json::<T>(json);
    // another parser refuses some JSON too: numbers that no float holds, and what nests deep
    let is_broken = |error: serde_json::Error| {
        let said = error.to_string();
        !said.contains("recursion limit") && !said.contains("out of range")
    };
    if serde_json::from_slice::<serde_json::Value>(json).is_err_and(is_broken) {
        assert!(lenient.is_err(), "a text that is not JSON is refused");
    }
    let Ok((value, deviations)) = lenient else {
        assert!(strict.is_err(), "what is read strictly is read leniently");
        return;
    };
    if let Ok(strict) = strict {
        assert!(strict == value || !deviations.is_empty(), "what does not deviate is read alike");
    }
    deviations.iter().for_each(|one| assert!(one.path().starts_with('$'), "{one}"));
    let Ok(written) = to_json(&value) else { return };
    let (again, left) = read_json::<T>(&written).expect("what was written is read");
    assert!(left.len() <= deviations.len(), "writing adds no deviation: {left:?}");
    assert_eq!(to_json(&again).expect("it was written before"), written, "what was read is what is written");
}

fuzz_target!(|data: &[u8]| {
    let [kind, high, low, json @ ..] = data else { return };
    let changed = fuzz::changed(json, u32::from(*high) << 8 | u32::from(*low));
    let json = changed.as_deref().map_or(json, str::as_bytes);
    match kind % 12 {
        0 => holds::<Place>(json),
        1 => holds::<Keeper>(json),
        2 => holds::<Item>(json),
        3 => holds::<Either>(json),
        4 => holds::<Vec<Place>>(json),
        5 => holds::<User>(json),
        6 => holds::<Node>(json),
        7 => holds::<Pet>(json),
        8 => holds::<Shape>(json),
        9 => holds::<Payment>(json),
        10 => holds::<Nest>(json),
        _ => holds::<Value>(json),
    }
});
