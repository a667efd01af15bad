//! What a person who sees one body would say that it holds.

use serde_json::Value;

/// Objects with more members than this, all alike, are maps: nobody writes a struct for them.
const LARGEST_STRUCT: usize = 64;

/// What stands in some place.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Nothing but `null`, or nothing at all.
    Nothing,
    /// `true` or `false`.
    Bool,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Float,
    /// Text.
    Text,
    /// Items alike.
    List(Box<Seen>),
    /// Many members alike.
    Map(Box<Seen>),
    /// Members that each have a meaning of their own.
    Struct(Vec<Member>),
    /// Values of several kinds.
    Any,
}

/// What stands in some place, and whether it is `null` sometimes.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// What it is otherwise.
    pub kind: Kind,
    /// Whether it is `null` sometimes.
    pub is_null: bool,
}

/// A member of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub seen: Seen,
    /// Whether it is absent sometimes.
    pub is_absent: bool,
}

/// What is seen in one value.
pub fn of(value: &Value) -> Seen {
    let kind = match value {
        Value::Null => Kind::Nothing,
        Value::Bool(_) => Kind::Bool,
        Value::Number(number) if number.is_i64() => Kind::Integer,
        Value::Number(_) => Kind::Float,
        Value::String(_) => Kind::Text,
        Value::Array(items) => Kind::List(Box::new(all(items))),
        Value::Object(members) => {
            let alike = all(members.values());
            if members.len() > LARGEST_STRUCT && alike.kind != Kind::Any {
                Kind::Map(Box::new(alike))
            } else {
                let member = |(name, value): (&String, &Value)| Member {
                    name: name.clone(),
                    seen: of(value),
                    is_absent: false,
                };
                Kind::Struct(members.iter().map(member).collect())
            }
        }
    };
    Seen { kind, is_null: value.is_null() }
}

fn all<'v>(values: impl IntoIterator<Item = &'v Value>) -> Seen {
    values.into_iter().map(of).fold(Seen { kind: Kind::Nothing, is_null: false }, merged)
}

/// What two places have in common.
fn merged(a: Seen, b: Seen) -> Seen {
    let is_null = a.is_null || b.is_null;
    let kind = match (a.kind, b.kind) {
        (Kind::Nothing, other) | (other, Kind::Nothing) => other,
        (Kind::Integer | Kind::Float, Kind::Float) | (Kind::Float, Kind::Integer) => Kind::Float,
        (Kind::List(a), Kind::List(b)) => Kind::List(Box::new(merged(*a, *b))),
        (Kind::Map(a), Kind::Map(b)) => Kind::Map(Box::new(merged(*a, *b))),
        (Kind::Struct(a), Kind::Struct(b)) => Kind::Struct(members(a, b)),
        (a, b) if a == b => a,
        _ => Kind::Any,
    };
    Seen { kind, is_null }
}

/// The members of two structs.
fn members(mut known: Vec<Member>, others: Vec<Member>) -> Vec<Member> {
    let is_among = |name: &str, members: &[Member]| members.iter().any(|member| member.name == name);
    for member in &mut known {
        member.is_absent |= !is_among(&member.name, &others);
    }
    for other in others {
        match known.iter_mut().find(|member| member.name == other.name) {
            Some(member) => {
                let nothing = Seen { kind: Kind::Nothing, is_null: false };
                member.seen = merged(std::mem::replace(&mut member.seen, nothing), other.seen);
                member.is_absent |= other.is_absent;
            }
            None => known.push(Member { is_absent: true, ..other }),
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Kind, Member, Seen, of};

    fn always(kind: Kind) -> Seen {
        Seen { kind, is_null: false }
    }

    #[test]
    fn items_are_one_struct() {
        let member =
            |name: &str, kind, is_absent| Member { name: name.to_owned(), seen: always(kind), is_absent };
        let item = Kind::Struct(vec![member("a", Kind::Float, false), member("b", Kind::Text, true)]);
        let seen = of(&json!([{ "a": 1, "b": "x" }, { "a": 1.5 }]));
        assert_eq!(seen, always(Kind::List(Box::new(always(item)))));
    }

    #[test]
    fn what_differs_is_any_and_null_is_no_kind() {
        assert_eq!(of(&json!([1, "x"])), always(Kind::List(Box::new(always(Kind::Any)))));
        let null_or_text = Seen { kind: Kind::Text, is_null: true };
        assert_eq!(of(&json!([null, "x"])), always(Kind::List(Box::new(null_or_text))));
    }

    #[test]
    fn many_members_alike_are_a_map() {
        let many: serde_json::Map<String, Value> = (0..65).map(|one| (one.to_string(), json!(one))).collect();
        assert_eq!(of(&Value::Object(many)), always(Kind::Map(Box::new(always(Kind::Integer)))));
    }
}
