//! Models that stand within themselves, by each way that there is.
#![allow(missing_docs, reason = "their fields say no more than their names")]

use std::collections::BTreeMap;

use crate::runtime::extra::Extra;
use crate::runtime::record::record;
use crate::runtime::union::union;

macro_rules! large {
    ($name:ident { $($field:ident)* }) => {
        /// A struct of many fields, in a list and behind a pointer.
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(pub $field: Option<String>,)*
            pub items: Vec<$name>,
            pub next: Option<Box<$name>>,
            pub extra: Extra,
        }
        record!($name { $($field: ?,)* items, next: ?; extra });
    };
}

large!(Branch { a b c d e f g h i j k l m n o p q r s t });

large!(Giant {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9
    e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9
    i0 i1 i2 i3 i4 i5 i6 i7 i8 i9 j0 j1 j2 j3 j4 j5 j6 j7 j8 j9 k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 l0 l1 l2 l3 l4 l5 l6 l7 l8 l9
    m0 m1 m2 m3 m4 m5 m6 m7 m8 m9 n0 n1 n2 n3 n4 n5 n6 n7 n8 n9 o0 o1 o2 o3 o4 o5 o6 o7 o8 o9 p0 p1 p2 p3 p4 p5 p6 p7 p8 p9
});

/// In a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    pub shelves: BTreeMap<String, Shelf>,
}
record!(Shelf { shelves });

/// In a union by trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Twig {
    pub trees: Vec<Tree>,
    pub tree: Option<Tree>,
    pub extra: Extra,
}
record!(Twig { trees, tree: ?; extra });

union!(pub enum Tree { Text(String), Leaf(Box<Leaf>), Twig(Box<Twig>); Unknown });

#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    pub leaf: i64,
}
record!(Leaf { leaf });

/// In a union by tag, and in a tuple.
#[derive(Clone, Debug, PartialEq)]
pub struct Crate {
    pub inner: Option<Parcel>,
    pub pair: Option<(i64, Box<Parcel>)>,
    pub kind: String,
}
record!(Crate { inner: ?, pair: ?, kind });

union!(pub enum Parcel by "kind" { Crate(Box<Crate>): "box"; Unknown });

union!(pub enum Choice { Giant(Box<Giant>), Leaf(Box<Leaf>); Unknown });
