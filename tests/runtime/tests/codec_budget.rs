//! What reading may cost: any text that is read can be used on a small stack, and none takes memory without bound.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::thread;

use runtime::deep_models::{Branch, Choice, Giant, Parcel, Shelf, Tree, Twig};
use runtime::models::{Nest, Node, Pet, Shape};
use runtime::runtime::budget::Allowance;
use runtime::runtime::codec::{Codec, read_into, read_json, to_json};
use runtime::runtime::value::{Object, Value};

/// The least that a thread has, in bytes.
const SMALL: usize = 128 << 10;

/// Does something on a thread with a stack of its own.
fn on_stack<T: Send>(size: usize, work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| thread::Builder::new().stack_size(size).spawn_scoped(scope, work).unwrap().join().unwrap())
}

/// Reads a text, and does all that is done with what was read.
fn use_up<T: Codec + Clone + Debug + PartialEq>(json: &[u8]) -> bool {
    let Ok((value, _)) = read_json::<T>(json) else { return false };
    let copy = value.clone();
    assert!(copy == value);
    assert!(!format!("{value:?}{value:#?}").is_empty());
    assert!(!to_json(&value).unwrap().is_empty());
    true
}

/// The text of a depth that is made by repeating two halves.
fn nested(open: &str, core: &str, close: &str, depth: usize) -> String {
    format!("{}{core}{}", open.repeat(depth), close.repeat(depth))
}

/// The greatest depth that is read, which must be at least some.
fn deepest<T: Codec + Clone + Debug + PartialEq>(open: &str, core: &str, close: &str, least: usize) {
    let is_read =
        |depth: usize| on_stack(64 << 20, || read_json::<T>(nested(open, core, close, depth).as_bytes()).is_ok());
    let depth = (1..400).take_while(|depth| is_read(*depth)).last().unwrap_or(0);
    assert!(depth >= least, "{open}: {depth}");
    let json = nested(open, core, close, depth);
    assert!(on_stack(SMALL, || use_up::<T>(json.as_bytes())), "{open}: {depth}");
    let deeper = nested(open, core, close, 100 * depth);
    assert!(!on_stack(SMALL, || use_up::<T>(deeper.as_bytes())), "{open}");
}

#[test]
fn what_is_read_can_be_used_on_a_small_stack() {
    deepest::<Value>("[", "", "]", 100);
    deepest::<Value>(r#"{"a":"#, "1", "}", 70);
    deepest::<Node>(r#"{"name":"","leaf":{"name":""},"children":[],"left":"#, "null", "}", 40);
    deepest::<Node>(r#"{"name":"","leaf":{"name":""},"children":["#, "", "]}", 30);
    deepest::<Branch>(r#"{"items":["#, "", "]}", 16);
    deepest::<Branch>(r#"{"items":[],"next":"#, "null", "}", 16);
    deepest::<Giant>(r#"{"items":["#, "", "]}", 3);
    deepest::<Giant>(r#"{"items":[],"next":"#, "null", "}", 3);
    deepest::<Shelf>(r#"{"shelves":{"a":"#, r#"{"shelves":{}}"#, "}}", 30);
    deepest::<Twig>(r#"{"trees":["#, "", "]}", 16);
    deepest::<Tree>(r#"{"trees":[],"tree":"#, "\"\"", "}", 16);
    deepest::<Parcel>(r#"{"kind":"box","inner":"#, r#"{"kind":"box"}"#, "}", 16);
    deepest::<Parcel>(r#"{"kind":"box","pair":[1,"#, r#"{"kind":"box"}"#, "]}", 16);
    deepest::<Shape>(r#"{"kind":"rect","width":1,"next":"#, "null", "}", 16);
    deepest::<Pet>(r#"{"name":"","child":"#, r#"{"name":"","barks":true}"#, "}", 8);
    deepest::<Nest>(r#"{"inner":"#, "{}", "}", 7);
}

/// Who has larger threads can read what is deeper.
#[test]
fn more_stack_can_be_allowed() {
    let json = nested("[", "", "]", 1_000);
    let read = |stack: usize| {
        let allowance = Allowance { stack, ..Allowance::DEFAULT };
        let mut value = Value::Null;
        read_into(&mut value, json.as_bytes(), allowance).map(|_| format!("{value:?}"))
    };
    assert!(read(Allowance::DEFAULT.stack).unwrap_err().to_string().contains("`ClientBuilder::stack_limit`"));
    assert!(on_stack(4 << 20, || read(1 << 20).is_ok()));
}

/// Members of other kinds than declared are kept, at every depth.
#[test]
fn what_deviates_can_be_used_on_a_small_stack() {
    deepest::<Branch>(r#"{"a":"#, "1", "}", 30);
    deepest::<Branch>(r#"{"other":["#, "1", "]}", 30);
    deepest::<Twig>(r#"{"trees":{"a":"#, "1", "}}", 30);
}

#[test]
fn a_short_text_takes_no_memory_without_bound() {
    let many = |item: &str, count: usize| format!("[{}{item}]", format!("{item},").repeat(count));
    let error = |json: &str| read_json::<Vec<Giant>>(json.as_bytes()).unwrap_err().to_string();
    let hostile = many("{}", 100_000);
    assert!(
        error(&hostile).starts_with("the values take too much memory for a text of this size"),
        "{}",
        error(&hostile)
    );
    assert!(error(&many(r#"{"next":{}}"#, 100_000)).contains("`ClientBuilder::expansion_limit`"));
    assert_eq!(read_json::<Vec<Giant>>(many("{}", 10_000).as_bytes()).unwrap().0.len(), 10_001);
    let expanding = |expansion: usize| {
        let allowance = Allowance { expansion, ..Allowance::DEFAULT };
        let mut list: Vec<Giant> = Vec::new();
        read_into(&mut list, many("{}", 40_000).as_bytes(), allowance).map(|_| list.len())
    };
    assert_eq!(expanding(4_000), Ok(40_001));
    assert!(expanding(0).is_err());
    let refused = |json: &str| read_json::<Vec<Choice>>(json.as_bytes()).is_err();
    assert!(refused(&many(r#"{"items":[]}"#, 60_000)), "what a union is tried with is charged");
    let map = |json: &str| read_json::<Vec<BTreeMap<String, Giant>>>(json.as_bytes()).is_err();
    assert!(map(&many(r#"{"a":{}}"#, 20_000)), "a map has room for more than its members");
    assert!(!map(&many(r#"{"a":{}}"#, 200)));
    // What a text of values takes is a few times its own size.
    assert!(read_json::<Value>(many("1", 4_000_000).as_bytes()).is_ok());
}

/// Each object around a tag that comes last is searched before it is read.
#[test]
fn tags_that_come_last_are_found_at_any_depth() {
    let padding = format!(r#""pad":"{}""#, "x".repeat(1 << 16));
    let json = nested(r#"{"inner":"#, &format!("{{{padding},\"kind\":\"box\"}}"), r#","kind":"box"}"#, 20);
    let (value, _) = read_json::<Parcel>(json.as_bytes()).unwrap();
    assert!(matches!(value, Parcel::Crate(_)));
}

#[test]
fn objects_are_compared_in_any_order_in_little_time() {
    let members = |order: &mut dyn Iterator<Item = usize>| -> Object {
        order.map(|number| (number.to_string(), Value::from(number as u64))).collect()
    };
    let (one, other) = (members(&mut (0..200_000)), members(&mut (0..200_000).rev()));
    assert!(one == other);
    let mut changed = other.clone();
    changed.insert("7", Value::Null);
    assert_ne!(one, changed);
    let numbered = |names: &[&str]| -> Object {
        names.iter().zip(1_u64..).map(|(name, number)| (*name, Value::from(number))).collect()
    };
    assert_ne!(numbered(&["b", "a"]), numbered(&["a", "b"]));
    assert_ne!(numbered(&["a", "b"]), numbered(&["a", "c"]));
}
