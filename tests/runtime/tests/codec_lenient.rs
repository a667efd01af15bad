//! Replies that are not what their document says: read all the same, told, and written as they came.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use runtime::lenient_models::{Badge, Either, Item, Keeper, Place, PlaceKind};
use runtime::runtime::codec::{Codec, from_json, read_json, to_json};
use runtime::runtime::extra::Extra;
use runtime::runtime::field::Field;
use runtime::runtime::value::Value;

const WHOLE: &str = r#"{"name":"n","floor":1,"open":true,"shelves":["a"],"labels":{"a":"b"},"kind":"hall","height":1.5,"keeper":{"id":1,"badge":{"number":2,"since":null}},"next":null}"#;

fn sent(value: &dyn Codec) -> String { String::from_utf8(to_json(value).unwrap()).unwrap() }

fn json(text: &str) -> Value { from_json(text.as_bytes()).unwrap() }

/// What is read, and what is told.
fn read<T: Codec>(text: &str) -> (T, Vec<String>) {
    let (value, deviations) = read_json::<T>(text.as_bytes()).map_err(|error| format!("{text}: {error}")).unwrap();
    (value, deviations.iter().map(ToString::to_string).collect())
}

/// `WHOLE` with another value of a member; without the member where that is empty.
fn with(member: &str, value: &str) -> String {
    let Value::Object(mut members) = json(WHOLE) else { unreachable!("an object") };
    match value {
        "" => drop(members.remove(member)),
        value => drop(members.insert(member, json(value))),
    }
    Value::Object(members).to_string()
}

#[test]
fn what_is_as_documented_deviates_nowhere() {
    let (place, told) = read::<Place>(WHOLE);
    assert_eq!(told, [""; 0]);
    assert_eq!(json(&sent(&place)), json(WHOLE));
    assert_eq!(from_json::<Place>(WHOLE.as_bytes()).unwrap(), place);
    assert!(place.extra.is_empty());
}

/// Each required member, absent and `null`.
#[test]
fn a_member_that_lacks_is_blank_and_stays_away() {
    let expected = [
        ("name", "a string"),
        ("floor", "a number"),
        ("open", "a boolean"),
        ("shelves", "an array"),
        ("labels", "an object"),
        ("kind", "a string"),
        ("height", "a number"),
        ("keeper", "an object"),
    ];
    for (member, kind) in expected {
        let absent = with(member, "");
        let (place, told) = read::<Place>(&absent);
        assert_eq!(told, [format!("expected a value, found nothing at $.{member}")]);
        assert_eq!(json(&sent(&place)), json(&absent), "{member}");
        assert!(place.extra.is_empty(), "{member}");

        let null = with(member, "null");
        let (place, told) = read::<Place>(&null);
        assert_eq!(told, [format!("expected {kind}, found null at $.{member}")]);
        assert_eq!(json(&sent(&place)), json(&null), "{member}");

        for text in [absent, null] {
            assert!(from_json::<Place>(text.as_bytes()).is_err(), "strictly, {text} is no place");
        }
    }
    let blank = read::<Place>("{}").0;
    assert_eq!(blank.name, "");
    assert_eq!(blank.kind, PlaceKind::Unknown(String::new()));
    assert_eq!((blank.floor, blank.open, blank.keeper.badge.number), (0, false, 0));
    assert_eq!(sent(&blank), "{}");
}

#[test]
fn a_member_that_must_be_there_and_may_be_null_is_missed_too() {
    let (place, told) = read::<Place>(&with("next", ""));
    assert_eq!(told, ["expected a value, found nothing at $.next"]);
    assert_eq!(place.next, None);
    assert_eq!(json(&sent(&place)), json(&with("next", "")));
    // whoever reads strictly was lenient here before
    assert!(from_json::<Place>(with("next", "").as_bytes()).is_ok());
}

#[test]
fn a_scalar_that_can_mean_one_thing_is_taken() {
    for (member, value, means) in [
        ("floor", r#""12""#, "12"),
        ("floor", r#""1.2e1""#, "12"),
        ("height", r#""1.25""#, "1.25"),
        ("open", r#""true""#, "true"),
        ("name", "12.50", r#""12.50""#),
        ("name", "true", r#""true""#),
        ("note", "7", r#""7""#),
        ("phone", "7", r#""7""#),
        ("shelves", "[1,true]", r#"["1","true"]"#),
        ("labels", r#"{"a":1}"#, r#"{"a":"1"}"#),
    ] {
        let (place, told) = read::<Place>(&with(member, value));
        assert!(!told.is_empty(), "{member}: {value}");
        assert_eq!(json(&sent(&place)), json(&with(member, means)), "{member}: {value}");
        assert!(place.extra.is_empty());
    }
}

/// What is not a scalar that can mean one thing only: kept whole, the field blank.
#[test]
fn a_value_of_another_kind_is_kept_whole() {
    let others = [
        ("name", &["[1]", "{}", r#"{"a":[1,{"b":null}]}"#][..]),
        ("floor", &[r#""twelve""#, r#""""#, "1.5", "true", "[12]", r#""0x1""#, r#"" 1""#]),
        ("open", &["1", "0", r#""yes""#, r#""True""#, "[]"]),
        ("shelves", &[r#""a""#, "{}", r#"["a",null]"#, r#"["a",["b"]]"#]),
        ("labels", &["[]", r#""x""#, r#"{"a":null}"#, r#"{"a":{"b":1}}"#]),
        ("kind", &["[]", "{}"]),
        ("height", &[r#""tall""#, r#""NaN""#, "true"]),
        ("keeper", &["1", "[]", r#""k""#]),
        ("next", &["1", "[]"]),
        ("note", &["[]", "{}"]),
        ("phone", &["{}", "[1]"]),
        ("lost", &["3", "[]", r#""x""#]),
    ];
    for (member, values) in others {
        for value in values {
            let text = with(member, value);
            let (mut place, told) = read::<Place>(&text);
            assert_eq!(told.len(), 1, "{text}");
            assert!(told[0].contains(&format!("at $.{member}")), "{told:?}");
            assert_eq!(place.extra[member], json(value));
            assert_eq!(json(&sent(&place)), json(&text), "{text}");
            // taken out by the user, it is gone; the blank is written where it must be
            place.extra.clear();
            assert_ne!(json(&sent(&place))[member], json(value), "{text}");
        }
    }
    let (place, told) = read::<Place>(&with("labels", r#"{"a":"b","c d":null}"#));
    assert_eq!(told, [r#"expected a string, found null at $.labels["c d"]"#]);
    assert!(place.labels.is_empty(), "it is blank, not half of what came");
}

#[test]
fn a_field_that_is_set_wins() {
    let (mut place, _) = read::<Place>(&with("name", "[1]"));
    place.name = "new".into();
    assert_eq!(json(&sent(&place)), json(&with("name", r#""new""#)));

    let (mut place, _) = read::<Place>(&with("name", ""));
    place.name = "new".into();
    assert_eq!(json(&sent(&place)), json(&with("name", r#""new""#)));

    let (mut place, _) = read::<Place>(&with("name", "null"));
    place.name = "new".into();
    assert_eq!(json(&sent(&place)), json(&with("name", r#""new""#)));

    let (mut place, _) = read::<Place>(&with("note", "[1]"));
    place.note = Some("new".into());
    assert_eq!(json(&sent(&place))["note"], "new".into());

    let (mut place, _) = read::<Place>(&with("phone", "[1]"));
    place.phone = Field::Null;
    assert_eq!(json(&sent(&place))["phone"], Value::Null);

    let (mut place, _) = read::<Place>(&with("next", "[1]"));
    place.next = Some(Box::new(read::<Place>(WHOLE).0));
    assert_eq!(json(&sent(&place))["next"], json(WHOLE));

    let (mut place, _) = read::<Place>(&with("keeper", ""));
    place.keeper.id = 4;
    assert_eq!(json(&sent(&place))["keeper"]["id"].as_i64(), Some(4));
}

/// Within a struct that cannot keep it, the next one outwards keeps the member that holds it.
#[test]
fn what_has_no_place_is_kept_further_out() {
    let keeper = r#"{"id":1,"badge":{"number":"x","since":null}}"#;
    let (place, told) = read::<Place>(&with("keeper", keeper));
    assert_eq!(told, ["expected a number, found a string at $.keeper.badge.number"]);
    assert_eq!(place.keeper.id, 1);
    assert_eq!(place.keeper.badge, Badge { number: 0, since: None });
    assert_eq!(place.keeper.extra["badge"], json(r#"{"number":"x","since":null}"#));
    assert_eq!(json(&sent(&place)), json(&with("keeper", keeper)));

    let keeper = r#"{"id":1,"badge":{"since":"2020"}}"#;
    let (place, told) = read::<Place>(&with("keeper", keeper));
    assert_eq!(told, ["expected a value, found nothing at $.keeper.badge.number"]);
    assert_eq!(json(&sent(&place)), json(&with("keeper", keeper)));

    // at the root it is an error
    let error = read_json::<Badge>(br#"{"number":[]}"#).unwrap_err();
    assert_eq!(error.to_string(), "expected a number, found an array at $.number (line 1, column 11)");
    assert!(read_json::<Place>(b"[]").is_err());
    assert!(read_json::<Vec<Badge>>(br#"[{"number":1},{}]"#).is_err());
    // the list holds structs that can
    let (keepers, told) = read::<Vec<Keeper>>(r#"[{"id":1,"badge":{"number":1}},{"id":null},{}]"#);
    assert_eq!(keepers.len(), 3);
    assert_eq!(
        told,
        [
            "expected a value, found nothing at $[1].badge",
            "expected a number, found null at $[1].id",
            "expected a value, found nothing at $[2].id",
            "expected a value, found nothing at $[2].badge",
        ]
    );
}

#[test]
fn the_last_of_several_counts() {
    let (place, told) = read::<Place>(&format!(
        r#"{},"name":[1],"name":"b","floor":2,"floor":{{}}}}"#,
        WHOLE.strip_suffix('}').unwrap()
    ));
    assert_eq!(place.name, "b");
    assert!(!place.extra.contains_key("name"));
    assert_eq!(place.extra["floor"], json("{}"));
    assert_eq!(told.len(), 2);
    assert_eq!(json(&sent(&place))["floor"], json("{}"));
}

#[test]
fn broken_json_is_an_error_all_the_same() {
    for end in 1..WHOLE.len() {
        assert!(read_json::<Place>(&WHOLE.as_bytes()[..end]).is_err());
    }
    for text in [r#"{"name":[1,}"#, r#"{"name":{"a":nul}}"#, "", "nul"] {
        assert!(read_json::<Place>(text.as_bytes()).is_err(), "{text}");
    }
}

/// The tag says what is meant, so that what deviates does not make it something else.
#[test]
fn a_tagged_variant_is_read_leniently() {
    let (item, told) = read::<Item>(r#"{"tag":"book","pages":"12"}"#);
    assert!(matches!(&item, Item::Book(book) if book.pages == 12));
    assert_eq!(told, ["expected a number, found a string at $.pages"]);
    let text = r#"{"tag":"keeper","id":1}"#;
    let (item, told) = read::<Item>(text);
    assert!(matches!(&item, Item::Keeper(keeper) if keeper.id == 1));
    assert_eq!(told, ["expected a value, found nothing at $.badge"]);
    assert_eq!(json(&sent(&item)), json(text));
    let (item, told) = read::<Vec<Item>>(r#"[{"tag":"film"},3]"#);
    assert!(matches!(item.as_slice(), [Item::Unknown(_), Item::Unknown(_)]));
    assert_eq!(told, [""; 0]);
}

/// Nothing lenient decides between variants; where the kind of the value leaves one, that one is meant.
#[test]
fn variants_are_tried_strictly_first() {
    assert!(matches!(read::<Either>(r#""12""#).0, Either::Text(_)));
    let (either, told) = read::<Either>(r#"{"tag":"t","pages":null}"#);
    assert!(matches!(&either, Either::Book(book) if book.tag == "t"));
    assert_eq!(told, ["expected a number, found null at $.pages"]);
    assert_eq!(sent(&either), r#"{"tag":"t","pages":null}"#);
    let (either, told) = read::<Either>(r#"["1",2]"#);
    assert_eq!(
        (either, told),
        (Either::Many(vec![1, 2]), vec!["expected a number, found a string at $[0]".to_owned()])
    );
    // as one of its shapes it cannot be read even so: it is kept whole
    let (either, told) = read::<Either>("[null]");
    assert_eq!(either, Either::Unknown(json("[null]")));
    assert_eq!(told, ["expected a number, found null at $[0]"]);
    let (either, told) = read::<Either>("12");
    assert_eq!((sent(&either), told), ("12".to_owned(), vec![]));
}

#[test]
fn places_are_found_behind_a_byte_order_mark_and_in_odd_texts() {
    let text = "\u{feff} { \"id\" : 1 ,\n \"badge\" : { \"number\" : \"ä\\u0041\" , \"since\":null } , \"x\\n\":[] }";
    let (_, told) = read::<Keeper>(text);
    assert_eq!(told, ["expected a number, found a string at $.badge.number"]);
    let (_, told) = read::<Vec<Keeper>>(
        r#"[ {"x":[[{}],{"y":[]}], "id":"1", "badge":{"number":1}} , {"id":"2","badge":{"number":true}}]"#,
    );
    assert_eq!(
        told,
        [
            "expected a number, found a string at $[0].id",
            "expected a number, found a string at $[1].id",
            "expected a number, found a boolean at $[1].badge.number",
        ]
    );
}

/// Of very many deviations the first thousand are told; all are read.
#[test]
fn very_many_deviations() {
    let text = format!("[{}]", vec![r#"{"id":"1"}"#; 20_000].join(","));
    let (keepers, deviations) = read_json::<Vec<Keeper>>(text.as_bytes()).unwrap();
    assert_eq!(keepers.len(), 20_000);
    assert_eq!(deviations.len(), 1_000);
    assert_eq!(json(&sent(&keepers)), json(&text.replace(r#""1""#, "1")));
}

/// Each level fails after what is below it was kept, over and over: the work stays within bounds.
#[test]
fn nested_deviations_end() {
    let depth = 60;
    let text = format!("{}1{}", r#"{"id":1,"badge":{"number":"x","since":"#.repeat(depth), r#"}}"#.repeat(depth));
    let start = std::time::Instant::now();
    let _ = read_json::<Keeper>(text.as_bytes());
    let text = format!("{}1{}", r#"{"next":"#.repeat(10_000), "}".repeat(10_000));
    assert!(read_json::<Place>(text.as_bytes()).is_err());
    assert!(start.elapsed().as_secs() < 300);
}

#[test]
fn equality_goes_by_what_is_written() {
    let absent = read::<Place>(&with("name", "")).0;
    let blank = read::<Place>(&with("name", r#""""#)).0;
    assert_ne!(sent(&absent), sent(&blank));
    assert_ne!(absent, blank);
    assert_eq!(absent, absent.clone());
    assert_eq!(Extra::new(), std::iter::empty::<(String, Value)>().collect());
}
