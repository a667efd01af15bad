//! Which event a request is about, by its header and its body.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use http::{HeaderMap, HeaderValue};
use runtime::models::{Circle, Rect};
use runtime::runtime::codec::{from_json, to_json};
use runtime::webhooks::{Webhook, alone, read};

const CIRCLE: &str = r#"{"kind":"circle","radius":1.5}"#;
const BARE: &str = r#"{"radius":2}"#;

fn headers(value: Option<&'static str>) -> HeaderMap {
    value.map(|value| ("x-event".parse().unwrap(), HeaderValue::from_static(value))).into_iter().collect()
}

fn event(value: Option<&'static str>, body: &str) -> Webhook { read(&headers(value), body.as_bytes()).unwrap().0 }

fn circle(kind: Option<&str>, radius: f64) -> Box<Circle> { Box::new(Circle { kind: kind.map(str::to_owned), radius }) }

fn other(json: &str) -> Webhook { Webhook::Other(from_json(json.as_bytes()).unwrap()) }

#[test]
fn the_header_leads_to_an_event() {
    assert_eq!(event(Some("erased"), CIRCLE), Webhook::Erased(circle(Some("circle"), 1.5)));
    assert_eq!(event(Some("erased"), BARE), Webhook::Erased(circle(None, 2.0)));
}

#[test]
fn a_property_tells_events_of_one_value_apart() {
    let rect = Box::new(Rect { width: 3.0, next: None });
    assert_eq!(event(Some("shape"), CIRCLE), Webhook::Drawn(circle(Some("circle"), 1.5)));
    assert_eq!(event(Some("shape"), r#"{"width":3,"kind":"square"}"#), Webhook::Cut(rect.clone()));
    assert_eq!(event(Some("shape"), BARE), other(BARE));
    assert_eq!(event(Some("moved"), CIRCLE), Webhook::Drawn(circle(Some("circle"), 1.5)));
    assert_eq!(event(Some("moved"), r#"{"width":3,"kind":"rect"}"#), Webhook::Moved(rect));
}

#[test]
fn an_event_that_is_not_known_is_kept() {
    assert_eq!(event(Some("melted"), CIRCLE), other(CIRCLE));
    assert_eq!(event(Some("Erased"), CIRCLE), other(CIRCLE));
    let kept = event(Some("melted"), r#"{"a":[1,null]}"#);
    assert_eq!(to_json(&kept).unwrap(), br#"{"a":[1,null]}"#);
}

#[test]
fn without_the_header_the_body_tells() {
    assert_eq!(event(None, CIRCLE), Webhook::Drawn(circle(Some("circle"), 1.5)));
    assert_eq!(event(None, BARE), Webhook::Erased(circle(None, 2.0)));
    let (unknown, _) = alone::read(&headers(None), CIRCLE.as_bytes()).unwrap();
    assert_eq!(unknown, other(CIRCLE));
}

#[test]
fn a_body_that_differs_is_read_and_told() {
    let (event, deviations) = read(&headers(Some("erased")), br#"{"radius":"2"}"#).unwrap();
    assert_eq!(event, Webhook::Erased(circle(None, 2.0)));
    let told: Vec<String> = deviations.iter().map(ToString::to_string).collect();
    assert_eq!(told, [r#"expected a number, found a string at $.radius"#]);
}

#[test]
fn a_body_that_is_not_json_is_an_error_with_its_place() {
    for value in [None, Some("erased"), Some("melted")] {
        let error = read(&headers(value), br#"{"kind": "circle", "radius": }"#).unwrap_err();
        assert!(error.to_string().contains("$.radius"), "{error}");
        assert!(read(&headers(value), b"").is_err());
        assert!(read(&headers(value), b"{} {}").is_err());
    }
}
