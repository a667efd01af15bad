//! Models that meet replies which are not what their document says.
#![allow(missing_docs, reason = "their fields say no more than their names")]

use std::collections::BTreeMap;

use crate::runtime::enumeration::text_enum;
use crate::runtime::extra::Extra;
use crate::runtime::field::Field;
use crate::runtime::record::record;
use crate::runtime::union::union;

/// Each kind of member that must be there, and some that need not.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub name: String,
    pub floor: i64,
    pub open: bool,
    pub shelves: Vec<String>,
    pub labels: BTreeMap<String, String>,
    pub kind: PlaceKind,
    pub height: f64,
    pub keeper: Box<Keeper>,
    pub next: Option<Box<Place>>,
    pub note: Option<String>,
    pub phone: Field<String>,
    pub lost: Option<Box<Keeper>>,
    pub extra: Extra,
}
record!(Place {
    name, floor, open, shelves, labels, kind, height, keeper, next: nullable, note: ?, phone: field, lost: ?; extra
});

text_enum!(pub enum PlaceKind { Hall = "hall", Attic = "attic"; Unknown });

#[derive(Clone, Debug, PartialEq)]
pub struct Keeper {
    pub id: i64,
    pub badge: Badge,
    pub extra: Extra,
}
record!(Keeper { id, badge; extra });

/// It has no place for what came instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Badge {
    pub number: i64,
    pub since: Option<String>,
}
record!(Badge { number, since: nullable });

#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    pub tag: String,
    pub pages: i64,
    pub badge: Option<Badge>,
    pub extra: Extra,
}
record!(Book { tag, pages, badge: ?; extra });

union!(pub enum Item by "tag" from { Book(Box<Book>): "book", Keeper(Box<Keeper>): "keeper"; Unknown });

union!(pub enum Either from { Book(Box<Book>), Text(String), Many(Vec<i64>); Unknown });
