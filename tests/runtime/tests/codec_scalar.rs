//! Scalars that other crates have types for: what is read, what is written, what is refused.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use runtime::runtime::base64::{Base64, Base64Url};
use runtime::runtime::codec::{from_json, to_json};
use runtime::runtime::reader::Reader;
use runtime::runtime::scalar::Scalar;
use runtime::runtime::writer::Writer;
use runtime::runtime::{ip, lenient, with_chrono, with_jiff, with_rust_decimal, with_time, with_url, with_uuid};

fn read<T>(scalar: &Scalar<T>, json: &str) -> Result<T, String> {
    scalar.decode(&mut Reader::new(json.as_bytes()).unwrap()).map_err(|error| error.message().to_owned())
}

fn write<T>(scalar: &Scalar<T>, value: &T) -> Option<String> {
    let mut writer = Writer::new();
    scalar.encode(value, &mut writer);
    writer.finish().ok().map(|text| String::from_utf8(text).unwrap())
}

/// Each text is written as the one beside it; a refused one is quoted in the message.
#[track_caller]
fn holds<T: Debug>(scalar: &Scalar<T>, kept: &[(&str, &str)], refused: &[&str]) {
    for (from, to) in kept {
        let value = read(scalar, &format!("{from:?}")).unwrap();
        assert_eq!(write(scalar, &value), Some(format!("{to:?}")), "{from}");
    }
    for text in refused {
        let message = read(scalar, &format!("{text:?}")).unwrap_err();
        assert!(message.contains(&format!("`{text}`")), "{message}");
    }
    assert!(read(scalar, "1").unwrap_err().contains("a string"), "a number is not text");
    assert!(write(scalar, &(scalar.blank)()).is_some(), "a blank value can be written");
}

/// A lenient reader takes each text for the one beside it, and a strict one refuses it.
#[track_caller]
fn is_near<T: Debug>(scalar: &Scalar<T>, near: &[(&str, &str)]) {
    for (from, to) in near {
        let json = format!("{from:?}");
        assert!(read(scalar, &json).is_err(), "{from}");
        let mut reader = Reader::new(json.as_bytes()).unwrap().lenient();
        let value = scalar.decode(&mut reader).unwrap();
        assert_eq!(write(scalar, &value), Some(format!("{to:?}")), "{from}");
    }
}

#[test]
fn times_without_an_offset_are_in_utc() {
    let moments = [
        ("2024-01-11T19:50:36.105448", "2024-01-11T19:50:36.105448Z"),
        ("2024-01-11 19:50:36", "2024-01-11T19:50:36Z"),
    ];
    is_near(&with_time::DATE_TIME, &moments);
    is_near(&with_chrono::DATE_TIME, &moments);
    is_near(&with_jiff::DATE_TIME, &moments[..1]);
    is_near(&with_time::DATE, &[("2024-01-11T00:00:00Z", "2024-01-11")]);
    is_near(&with_chrono::DATE, &[("2024-01-11 00:00:00", "2024-01-11")]);
}

#[test]
fn dates_and_times_are_those_of_rfc_3339() {
    let moments = [
        ("2024-02-29T12:30:00Z", "2024-02-29T12:30:00Z"),
        ("2024-02-29T12:30:00.250+02:00", "2024-02-29T12:30:00.25+02:00"),
    ];
    let wrong = ["2024-02-30T00:00:00Z", "2024-01-01T00:00:00", "2024-01-01", "2024-01-01T00:00:00+0000", ""];
    holds(&with_time::DATE_TIME, &moments, &wrong);
    let chrono = [moments[0], ("2024-02-29T12:30:00.250+02:00", "2024-02-29T12:30:00.250+02:00")];
    holds(&with_chrono::DATE_TIME, &chrono, &wrong);
    let jiff = [moments[0], ("2024-02-29T12:30:00.250+02:00", "2024-02-29T10:30:00.25Z")];
    holds(&with_jiff::DATE_TIME, &jiff, &["2024-02-30T00:00:00Z", "2024-01-01T00:00:00", ""]);

    let days = [("2024-02-29", "2024-02-29"), ("0001-01-01", "0001-01-01")];
    holds(&with_time::DATE, &days, &["2023-02-29", "24-1-1", "2024-02-29T00:00:00Z", "2024-02-29-"]);
    holds(&with_chrono::DATE, &days, &["2023-02-29", "2024-02-29T00:00:00Z"]);
    holds(&with_jiff::DATE, &days, &["2023-02-29"]);

    let hours = [("13:00:00", "13:00:00"), ("13:00", "13:00:00")];
    holds(&with_time::TIME, &hours, &["24:00:00", "13", "1:00:00", "13:00:00Z", "13:00:00.", "13:00:00.0000000001"]);
    holds(&with_time::TIME, &[("13:00:00.250", "13:00:00.25")], &[]);
    holds(&with_chrono::TIME, &hours, &["24:00:00", "13", "13:00:00Z"]);
    holds(&with_jiff::TIME, &hours, &["24:00:00"]);
    holds(&with_jiff::DURATION, &[("PT1H30M", "PT1H30M"), ("PT90S", "PT1M30S")], &["P1Y", "90", ""]);
}

#[test]
fn what_is_nearly_a_date_is_read_where_that_is_asked_for() {
    let scalar = with_time::DATE_TIME.repaired_by(lenient::date_time);
    let midnight = "2024-01-01T00:00:00Z";
    let kept = [
        ("2024-01-01 00:00:00", midnight),
        ("2024-01-01", midnight),
        (" 2024-01-01T00:00Z ", midnight),
        ("2024-01-01t00:00:00z", midnight),
        ("2024-01-01T00:00:00 UTC", midnight),
        ("2024-01-01T00:00:00.5+0200", "2024-01-01T00:00:00.5+02:00"),
        ("2024-01-01T00:00:00-05", "2024-01-01T00:00:00-05:00"),
        ("2024-01-01T00:00:00 +0000", midnight),
    ];
    holds(&scalar, &kept, &["", "soon", "2024-13-01", "01.01.2024", "T", "é"]);
    holds(&with_time::DATE.repaired_by(lenient::date), &[("2024-01-01T00:00:00Z", "2024-01-01")], &["", "soon"]);
    holds(
        &with_time::TIME.repaired_by(lenient::time),
        &[("13:00Z", "13:00:00"), ("13:00:00+02:00", "13:00:00")],
        &[""],
    );
}

#[test]
fn identifiers_addresses_and_decimals_are_typed() {
    let uuid = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    holds(&with_uuid::UUID, &[(uuid, uuid), (&uuid.to_uppercase(), uuid)], &["", "67e55044", "{}"]);
    holds(&with_url::URL, &[("https://a.example/b?c=d#e", "https://a.example/b?c=d#e")], &["", "/relative"]);
    holds(&with_rust_decimal::DECIMAL, &[("1.10", "1.10"), ("-0.5", "-0.5")], &["", "1,5", "NaN"]);
    holds::<Ipv4Addr>(&ip::IPV4, &[("192.0.2.1", "192.0.2.1")], &["192.0.2", "::1", "192.0.2.256"]);
    holds::<Ipv6Addr>(&ip::IPV6, &[("2001:DB8:0::1", "2001:db8::1")], &["192.0.2.1", ":::"]);
    holds::<IpAddr>(&ip::IP, &[("192.0.2.1", "192.0.2.1"), ("::1", "::1")], &["localhost"]);
}

#[test]
fn a_type_of_the_users_own_is_read_by_its_traits() {
    let numbers: Scalar<f64> = Scalar::literal("a `f64`");
    assert_eq!(read(&numbers, "1.5").map(|value| write(&numbers, &value)), Ok(Some("1.5".to_owned())));
    assert!(read(&numbers, "\"1.5\"").is_err(), "a string is no literal");
    assert_eq!(write(&numbers, &f64::NAN), None, "JSON has no NaN");
    let flags: Scalar<bool> = Scalar::literal("a `bool`");
    assert_eq!(read(&flags, "true").map(|value| write(&flags, &value)), Ok(Some("true".to_owned())));
    let letters: Scalar<char> = Scalar::text("a `char`");
    assert_eq!(read(&letters, "\"é\""), Ok('é'));
    assert!(read(&letters, "\"ab\"").unwrap_err().contains("`ab`"));
}

#[test]
fn bytes_are_read_in_either_alphabet_and_written_in_their_own() {
    for text in ["\"+/8=\"", "\"+/8\"", "\"-_8\"", "\"-_8=\"", "\"+/\\r\\n8=\""] {
        let bytes: Base64 = from_json(text.as_bytes()).unwrap();
        assert_eq!(bytes.as_ref(), [0xfb, 0xff], "{text}");
        assert_eq!(to_json(&bytes).unwrap(), b"\"+/8=\"");
        let bytes: Base64Url = from_json(text.as_bytes()).unwrap();
        assert_eq!(to_json(&bytes).unwrap(), b"\"-_8\"");
    }
    assert_eq!(from_json::<Base64>(b"\"\"").unwrap(), Base64::from(Vec::new()));
    assert!(from_json::<Base64>(b"\"!\"").is_err());
    assert!(from_json::<Base64>(b"\"+_8=\"").is_err(), "one alphabet at a time");
}
