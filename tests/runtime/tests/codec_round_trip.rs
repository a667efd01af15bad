//! Generated values: what is written reads back the same, here and by `serde_json`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use runtime::models::{Dog, Group, Kind, Language, Level, Node, Pet, Rect, Shape, User};
use runtime::runtime::codec::{Codec, from_json, to_json};
use runtime::runtime::field::Field;
use runtime::runtime::value::{Number, Object, Value};

/// A source of values that is the same on every run (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 { self.next() % limit }

    fn coin(&mut self) -> bool { self.below(2) == 0 }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> { self.coin().then(|| make(self)) }

    fn field<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Field<T> {
        match self.below(3) {
            0 => Field::Absent,
            1 => Field::Null,
            _ => Field::Value(make(self)),
        }
    }

    fn list<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> String { (0..self.below(9)).map(|_| self.char()).collect() }

    fn char(&mut self) -> char {
        let limit = [0x20, 0x80, 0x800, 0x11_0000][self.below(4) as usize];
        char::from_u32(self.below(limit) as u32).unwrap_or('"')
    }

    /// Any bits that are a finite float, often small and whole.
    fn float(&mut self) -> f64 {
        let float = if self.coin() { f64::from_bits(self.next()) } else { self.below(2000) as f64 / 8.0 - 100.0 };
        if float.is_finite() { float } else { 0.5 }
    }

    fn integer(&mut self) -> i64 { (self.next() as i64) >> self.below(64) }

    fn value(&mut self, depth: u64) -> Value {
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => self.coin().into(),
            2 => self.integer().into(),
            3 => self.next().into(),
            4 => Value::Number(Number::from_f64(self.float()).unwrap()),
            5 => self.text().into(),
            6 => Value::Array(self.list(|random| random.value(depth - 1))),
            _ => Value::Object(
                self.list(|random| (random.text(), random.value(depth - 1))).into_iter().collect::<Object>(),
            ),
        }
    }

    fn group(&mut self) -> Group {
        let level = self.maybe(|random| Level::from(random.below(3) as i64 - 1));
        Group { name: self.text(), level }
    }

    fn user(&mut self) -> User {
        let extra: BTreeMap<String, Value> = self.list(|random| (random.text(), random.value(2))).into_iter().collect();
        User {
            id: self.integer(),
            email: self.text(),
            name: self.maybe(Self::text),
            r#type: if self.coin() { Kind::User } else { Kind::Other(self.text()) },
            lang: self.maybe(|random| if random.coin() { Language::De } else { Language::from(random.text()) }),
            phone: self.field(Self::text),
            groups: self.list(Self::group),
            extra: extra.into(),
        }
    }

    fn node(&mut self, depth: u64) -> Node {
        let deeper = |random: &mut Self| Box::new(random.node(depth - 1));
        Node {
            name: self.text(),
            left: if depth == 0 { None } else { self.maybe(deeper) },
            right: if depth == 0 { Field::Null } else { self.field(deeper) },
            leaf: Box::new(self.group()),
            children: if depth == 0 { Vec::new() } else { self.list(|random| random.node(depth - 1)) },
        }
    }

    fn pet(&mut self) -> Pet {
        match self.below(4) {
            0 => Pet::Dog(Dog {
                name: self.text(),
                barks: self.maybe(Self::coin),
                child: self.maybe(|random| Box::new(random.pet())),
            }),
            1 => Pet::Names(vec![self.text()]),
            2 => Pet::Count(self.integer()),
            _ => Pet::Tag(Language::En),
        }
    }

    fn shape(&mut self) -> Shape {
        Shape::Rect(Box::new(Rect { width: self.float(), next: self.maybe(|random| Box::new(random.shape())) }))
    }
}

/// Writes a value, reads it back, and writes it again; `serde_json` must read the same from it as from spaced-out text.
fn round<T: Codec + PartialEq + std::fmt::Debug>(value: &T) {
    let json = to_json(value).unwrap();
    assert_eq!(&from_json::<T>(&json).unwrap(), value, "{}", json.escape_ascii());
    let judged: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let pretty = serde_json::to_string_pretty(&judged).unwrap();
    let again = to_json(&from_json::<Value>(pretty.as_bytes()).unwrap()).unwrap();
    assert_eq!(
        serde_json::from_slice::<serde_json::Value>(&again).unwrap(),
        serde_json::from_str::<serde_json::Value>(&pretty).unwrap()
    );
}

#[test]
fn values() {
    let mut random = Random(1);
    (0..2000).for_each(|_| round(&random.value(4)));
}

#[test]
fn structs() {
    let mut random = Random(2);
    for _ in 0..500 {
        round(&random.user());
        round(&random.node(2));
    }
}

#[test]
fn unions() {
    let mut random = Random(3);
    for _ in 0..1000 {
        round(&random.pet());
        round(&random.shape());
    }
}

#[test]
fn floats() {
    let mut random = Random(4);
    for _ in 0..20_000 {
        let float = random.float();
        let json = to_json(&float).unwrap();
        assert_eq!(from_json::<f64>(&json).unwrap().to_bits(), float.to_bits(), "{}", json.escape_ascii());
        assert_eq!(from_json::<Value>(&json).unwrap().to_string().as_bytes(), json);
    }
}

#[test]
fn integers() {
    let mut random = Random(5);
    for _ in 0..5000 {
        round(&random.integer());
        round(&random.next());
        round(&(i128::from(random.integer()) * i128::from(random.integer())));
    }
}
