//! Models such as a generated crate has, one for each thing a codec can meet.
#![allow(missing_docs, reason = "their fields say no more than their names")]

use crate::runtime::enumeration::{integer_enum, text_enum};
use crate::runtime::extra::Extra;
use crate::runtime::field::Field;
use crate::runtime::record::record;
use crate::runtime::union::union;

/// Each mode of a field, and a keyword for a name.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    pub id: i64,
    pub email: String,
    pub name: Option<String>,
    pub r#type: Kind,
    pub lang: Option<Language>,
    pub phone: Field<String>,
    pub groups: Vec<Group>,
    pub extra: Extra,
}
record!(User {
    id, email = "e-mail", name: nullable, r#type = "type", lang: ?, phone = "phone-number": field, groups; extra
});

/// No extra: unknown members are passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub name: String,
    pub level: Option<Level>,
}
record!(Group { name, level: ? });

/// No fields at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Empty {}
record!(Empty {});

/// Recursion, boxed in every mode that can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub name: String,
    pub left: Option<Box<Node>>,
    pub right: Field<Box<Node>>,
    pub leaf: Box<Group>,
    pub children: Vec<Node>,
}
record!(Node { name, left: ?, right: field, leaf, children });

text_enum!(pub enum Language { De = "de", En = "en"; Unknown });

text_enum!(pub enum Kind { User = "user"; Other });

integer_enum!(pub enum Level { Below = -1, One = 1; Unknown });

/// Its tag is a field of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Circle {
    pub kind: Option<String>,
    pub radius: f64,
}
record!(Circle { kind: ?, radius });

/// Its tag is not a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Rect {
    pub width: f64,
    pub next: Option<Box<Shape>>,
}
record!(Rect { width, next: ? });

union! {
    pub enum Shape by "kind" {
        Circle(Circle): "circle", Rect(Box<Rect>): "rect" | "rectangle", Nothing(Empty): "nothing";
        Unknown
    }
}

union! {
    /// What has no tag, or none that is known, is a circle if it can be.
    pub enum Round by "kind" { Circle(Circle): "circle", Rect(Box<Rect>): "rect"; Unknown else Circle }
}

union! {
    /// Tags beside what the shapes have.
    pub enum Apart by "sort" { Rect(Box<Rect>): "r", Nothing(Empty): "n"; Unknown or Rect, Nothing }
}

union! {
    /// Tags that are no texts.
    pub enum Mark by "code" { Rect(Box<Rect>): 2 | -3, Nothing(Empty): true; Unknown }
}

/// Told from `Dog` by its required set.
#[derive(Clone, Debug, PartialEq)]
pub struct Cat {
    pub name: String,
    pub lives: i64,
}
record!(Cat { name, lives });

#[derive(Clone, Debug, PartialEq)]
pub struct Dog {
    pub name: String,
    pub barks: Option<bool>,
    pub child: Option<Box<Pet>>,
}
record!(Dog { name, barks: ?, child: ? });

union! {
    /// By trial, over every kind of value.
    pub enum Pet {
        Cat(Cat), Dog(Dog), Tag(Language), Count(i64), Weight(f64), Names(Vec<String>);
        Unknown
    }
}

text_enum!(pub enum Paid { Card = "card"; Unknown });

text_enum!(pub enum Owed { Invoice = "invoice"; Unknown });

/// Told apart by the one value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct CardPayment {
    pub method: Paid,
    pub number: Option<String>,
}
record!(CardPayment { method, number: ? });

#[derive(Clone, Debug, PartialEq)]
pub struct InvoicePayment {
    pub method: Owed,
    pub address: Option<String>,
}
record!(InvoicePayment { method, address: ? });

union! {
    pub enum Payment {
        Card(CardPayment), Invoice(InvoicePayment);
        Unknown
    }
}

/// Two variants that a text can make be read again at every level.
#[derive(Clone, Debug, PartialEq)]
pub struct Deep<const SIDE: u8> {
    pub inner: Option<Box<Nest>>,
    pub end: i64,
}
type DeepLeft = Deep<0>;
type DeepRight = Deep<1>;
record!(DeepLeft { inner: ?, end });
record!(DeepRight { inner: ?, end });

union! {
    pub enum Nest {
        Left(DeepLeft), Right(DeepRight);
        Unknown
    }
}

macro_rules! wide {
    ($($field:ident)*) => {
        /// More fields than one word has bits.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Wide {
            $(pub $field: i64,)*
        }
        record!(Wide { $($field),* });
    };
}
wide! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7
    d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 g0 g1 g2 g3 g4 g5 g6 g7 g8 g9
}
