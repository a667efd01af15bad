//! Unions: by tag, by trial, overlapping variants, shapes nobody knows.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use runtime::lenient_models::{Badge, Either, Item, Keeper};
use runtime::models::{
    Apart, CardPayment, Cat, Circle, Dog, Empty, InvoicePayment, Language, Mark, Nest, Owed, Paid, Payment, Pet, Rect,
    Round, Shape,
};
use runtime::runtime::codec::{Codec, from_json, to_json};
use runtime::runtime::extra::Extra;
use runtime::runtime::value::Value;

fn read<T: Codec>(json: &str) -> T { from_json(json.as_bytes()).unwrap() }

fn value(json: &str) -> Value { read(json) }

fn sent(value: &dyn Codec) -> String { String::from_utf8(to_json(value).unwrap()).unwrap() }

#[test]
fn by_tag() {
    let circle = Circle { kind: Some("circle".into()), radius: 1.5 };
    assert_eq!(read::<Shape>(r#"{"radius":1.5,"kind":"circle"}"#), Shape::Circle(circle));
    let rect = Shape::Rect(Box::new(Rect { width: 2.0, next: None }));
    assert_eq!(read::<Shape>(r#"{"kind":"rect","width":2}"#), rect);
    assert_eq!(read::<Shape>(r#"{"kind":"rectangle","width":2}"#), rect);
    assert_eq!(read::<Shape>(r#"{"kind":"nothing"}"#), Shape::Nothing(Empty {}));
}

#[test]
fn the_tag_is_added_where_it_lacks() {
    let rect = Rect { width: 2.0, next: Some(Box::new(Shape::Nothing(Empty {}))) };
    let expected = r#"{"kind":"rect","width":2,"next":{"kind":"nothing"}}"#;
    assert_eq!(sent(&Shape::Rect(Box::new(rect.clone()))), expected);
    let twice = vec![Shape::Rect(Box::new(rect.clone())), Shape::Rect(Box::new(rect))];
    assert_eq!(sent(&twice), format!("[{expected},{expected}]"));
    let tagged = Shape::Circle(Circle { kind: Some("own".into()), radius: 1.0 });
    assert_eq!(sent(&tagged), r#"{"kind":"own","radius":1}"#);
    let untagged = Shape::Circle(Circle { kind: None, radius: 1.0 });
    assert_eq!(sent(&untagged), r#"{"kind":"circle","radius":1}"#);
}

#[test]
fn tags_are_written_as_what_they_are() {
    let rect = || Mark::Rect(Box::new(Rect { width: 2.0, next: None }));
    assert_eq!(sent(&rect()), r#"{"code":2,"width":2}"#);
    assert_eq!(sent(&Mark::Nothing(Empty {})), r#"{"code":true}"#);
    assert_eq!(read::<Mark>(r#"{"code":-3,"width":2}"#), rect());
    assert_eq!(read::<Mark>(r#"{"code":true}"#), Mark::Nothing(Empty {}));
}

#[test]
fn unknown_tags_are_kept_whole() {
    for json in [r#"{"kind":"hexagon","n":6.00}"#, r#"{"n":[]}"#, r#"{"kind":1}"#, "null", "[1]", r#""x""#] {
        let shape = read::<Shape>(json);
        assert!(matches!(shape, Shape::Unknown(_)), "{json}");
        assert_eq!(sent(&shape), json);
    }
    let error = from_json::<Shape>(br#"{"kind":"rect","width":"w"}"#).unwrap_err();
    assert_eq!(error.path(), "$.width");
}

#[test]
fn one_variant_can_stand_for_unknown_tags() {
    for json in [r#"{"radius":2}"#, r#"{"kind":"ball","radius":2}"#, r#"{"kind":"circle","radius":2}"#] {
        let round = read::<Round>(json);
        assert!(matches!(round, Round::Circle(Circle { radius: 2.0, .. })), "{json}");
        assert_eq!(sent(&round), json);
    }
    assert!(matches!(read::<Round>(r#"{"kind":"rect","width":1}"#), Round::Rect(_)));
    for json in [r#"{"kind":"ball"}"#, "[1]"] {
        assert_eq!(read::<Round>(json), Round::Unknown(value(json)));
        assert_eq!(sent(&read::<Round>(json)), json);
    }
}

#[test]
fn a_tag_that_no_shape_has_is_written() {
    let rect = r#"{"sort":"r","width":1}"#;
    for (json, written) in [(rect, rect), (r#"{"width":1}"#, rect), (r#"{"sort":"n"}"#, r#"{"sort":"n"}"#)] {
        assert_eq!(sent(&read::<Apart>(json)), written);
    }
    assert_eq!(sent(&Apart::Rect(Box::new(Rect { width: 1.0, next: None }))), rect);
    assert_eq!(sent(&read::<Apart>("[1]")), "[1]");
}

#[test]
fn by_trial() {
    let cat = || Cat { name: "a".into(), lives: 7 };
    let dog = |barks| Dog { name: "a".into(), barks, child: None };
    for (json, expected) in [
        (r#"{"name":"a","lives":7}"#, Pet::Cat(cat())),
        (r#"{"name":"a","lives":7,"new":1}"#, Pet::Cat(cat())),
        (r#"{"name":"a"}"#, Pet::Dog(dog(None))),
        (r#"{"name":"a","barks":true,"new":{}}"#, Pet::Dog(dog(Some(true)))),
        (r#""de""#, Pet::Tag(Language::De)),
        (r#""xx""#, Pet::Tag(Language::Unknown("xx".into()))),
        ("3", Pet::Count(3)),
        ("3.5", Pet::Weight(3.5)),
        (r#"["x"]"#, Pet::Names(vec!["x".into()])),
    ] {
        assert_eq!(read::<Pet>(json), expected, "{json}");
    }
    for json in [r#"{"lives":1}"#, "null", "true", "[1]", r#"{"name":1}"#] {
        let pet = read::<Pet>(json);
        assert!(matches!(pet, Pet::Unknown(_)), "{json}");
        assert_eq!(sent(&pet), json);
    }
}

/// `Cat` and `Dog` both fit; the one that names every member is meant, whatever the order.
#[test]
fn the_variant_that_leaves_least_behind_wins() {
    let json = r#"{"name":"a","lives":7,"barks":true,"child":{"name":"b"}}"#;
    assert!(matches!(read::<Pet>(json), Pet::Dog(_)));
}

/// The word of an enum tells variants apart that are otherwise alike.
#[test]
fn constants_decide() {
    let card = CardPayment { method: Paid::Card, number: None };
    assert_eq!(read::<Payment>(r#"{"method":"card"}"#), Payment::Card(card));
    let invoice = InvoicePayment { method: Owed::Invoice, address: Some("x".into()) };
    let json = r#"{"method":"invoice","address":"x"}"#;
    assert_eq!(read::<Payment>(json), Payment::Invoice(invoice.clone()));
    assert_eq!(
        read::<Payment>(r#"{"method":"invoice"}"#),
        Payment::Invoice(InvoicePayment { address: None, ..invoice })
    );
    // neither knows the word, and nothing else tells which one it would be
    let json = r#"{"method":"cash","coins":[1]}"#;
    assert_eq!(sent(&read::<Payment>(json)), json);
    assert!(matches!(read::<Payment>(json), Payment::Unknown(_)));
}

#[test]
fn broken_json_is_an_error_and_not_an_unknown_shape() {
    for json in ["{", r#"{"name":"a""#, r#"{"name":"a",}"#, "[1", "nul", ""] {
        assert!(from_json::<Pet>(json.as_bytes()).is_err(), "{json}");
        assert!(from_json::<Shape>(json.as_bytes()).is_err(), "{json}");
    }
}

/// Each level fits both variants but for its end, which stands behind all that is inside it.
#[test]
fn nested_trials_end() {
    let depth = 20;
    let json = format!("{}{}", r#"{"inner":"#.repeat(depth), r#"{"end":1}"#) + &r#","end":"no"}"#.repeat(depth);
    let start = Instant::now();
    let nest = read::<Nest>(&json);
    assert_eq!(sent(&nest), json);
    assert!(start.elapsed() < Duration::from_secs(300), "{:?}", start.elapsed());
}

#[test]
fn nested_variants_are_found() {
    let json = r#"{"name":"a","child":{"name":"b","child":{"name":"c","lives":9}}}"#;
    let Pet::Dog(dog) = read::<Pet>(json) else { unreachable!("a dog") };
    let Some(Pet::Dog(child)) = dog.child.as_deref() else { unreachable!("a dog") };
    assert_eq!(child.child.as_deref(), Some(&Pet::Cat(Cat { name: "c".into(), lives: 9 })));
    assert_eq!(sent(&Pet::Dog(dog)), json);
}

/// Whoever makes a union needs no box.
#[test]
fn what_a_box_holds_converts_without_it() {
    let badge = Badge { number: 1, since: None };
    let keeper = Keeper { id: 1, badge, extra: Extra::new() };
    assert_eq!(Item::from(keeper.clone()), Item::Keeper(Box::new(keeper)));
    assert_eq!(Either::from("a".to_owned()), Either::Text("a".to_owned()));
}

#[test]
fn unknown_is_written_as_it_came() {
    let value = Value::from(vec![1_i64, 2]);
    assert_eq!(sent(&Pet::Unknown(value.clone())), "[1,2]");
    assert_eq!(sent(&Shape::Unknown(value)), "[1,2]");
}

#[test]
fn a_value_can_be_read_as_another_of_its_shapes() {
    let pet: Pet = read(r#"{"name":"a","lives":9}"#);
    assert!(matches!(pet, Pet::Cat(_)));
    assert_eq!(pet.read_as::<Dog>().unwrap(), Dog { name: "a".into(), barks: None, child: None });
    assert!(pet.read_as::<Vec<String>>().is_err());
}
