//! Values of any schema: what the document gives, or else what is made of the parts.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    super::{
        Schemas,
        all_of::Branch,
        class::{Class, Declared, Plain, Positions},
        merged::{Merged, Property},
    },
    number, text,
};
use crate::{
    ir::{MemberValue, Primitive, Type},
    resolve::SchemaRef,
};

/// How many bytes of JSON an example may have, so that a test stays readable.
const LONGEST: usize = 2_000;

/// How deep values may nest.
const DEEPEST: usize = 48;

/// Makes values, and knows the schemas that it is within.
pub(super) struct Maker<'s, 'a> {
    pub schemas: &'s Schemas<'a>,
    /// The places of the schemas whose values are being made, outermost first.
    within: Vec<usize>,
}

impl<'s, 'a> Maker<'s, 'a> {
    pub(super) fn new(schemas: &'s Schemas<'a>) -> Self {
        Self { schemas, within: Vec::new() }
    }

    /// A value of a schema; `None` if each value needs another of the same schema.
    pub(super) fn value(&mut self, schema: SchemaRef<'a>) -> Option<Value> {
        self.given(schema).or_else(|| {
            if self.within.contains(&schema.place()) || self.within.len() > DEEPEST {
                return None;
            }
            self.within.push(schema.place());
            let made = self.made(schema);
            self.within.pop();
            made
        })
    }

    /// A value that the document gives: an example, the default, a constant; of a list, one for its items.
    pub(super) fn given(&self, schema: SchemaRef<'a>) -> Option<Value> {
        let parts = self.parts(schema);
        let examples = parts.iter().filter_map(|part| part.example());
        let defaults = parts.iter().filter_map(|part| part.default());
        let constants = parts.iter().flat_map(|part| part.enumeration());
        let mut values = examples.chain(defaults).chain(constants).filter(|value| !value.is_null());
        let whole = values.find(|value| !is_long(value) && self.fits(schema, value)).cloned();
        whole.or_else(|| {
            let items = parts.iter().find_map(|part| part.items())?;
            let list = Value::Array(vec![self.given(items)?]);
            Some(list).filter(|list| self.fits(schema, list))
        })
    }

    /// A schema, and the branches of its `allOf`.
    pub(super) fn parts(&self, schema: SchemaRef<'a>) -> Vec<SchemaRef<'a>> {
        let branches = self.schemas.flatten_through(schema, None);
        let mut parts = vec![schema];
        parts.extend(branches.iter().map(|branch| branch.schema).filter(|part| !part.same_place(schema)));
        parts
    }

    fn made(&mut self, schema: SchemaRef<'a>) -> Option<Value> {
        match self.schemas.classify(schema) {
            Class::Same(other) => self.value(other),
            Class::Declared(Declared::Enumeration(constants)) => match &constants.members.first()?.value {
                MemberValue::Text(text) => Some(Value::from(text.as_str())),
                MemberValue::Integer(number) => i64::try_from(*number).ok().map(Value::from),
            },
            Class::Declared(Declared::Union(alternatives)) => self.alternative(&alternatives),
            Class::Declared(Declared::Record(merged)) => self.record(schema, merged),
            Class::Plain(Plain::Map(values)) => self.map(schema, &values),
            Class::Plain(Plain::List(items)) => self.list(schema, &items),
            Class::Plain(Plain::Tuple(positions)) => self.tuple(positions),
            Class::Plain(Plain::Leaf(ty)) => Some(self.leaf(schema, &ty)),
        }
    }

    fn leaf(&self, schema: SchemaRef<'a>, ty: &Type) -> Value {
        let parts = self.parts(schema);
        let limits = number::Limits::of(&parts);
        match ty {
            Type::Primitive(Primitive::Bool) => Value::Bool(true),
            Type::Primitive(Primitive::Integer(_)) => Value::from(limits.integer()),
            Type::Primitive(Primitive::Float) => Value::from(limits.number()),
            Type::Any => match parts.iter().find_map(|part| part.typ()) {
                Some("object") => Value::Object(Map::new()),
                Some("array") => Value::Array(Vec::new()),
                Some("integer" | "number") => Value::from(limits.integer()),
                Some(_) | None => Value::from(text::of(&parts)),
            },
            Type::Scalar(scalar) if !scalar.is_text() => Value::from(limits.number()),
            Type::Primitive(Primitive::String)
            | Type::Scalar(_)
            | Type::Named(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Tuple(..)
            | Type::File => Value::from(text::of(&parts)),
        }
    }

    /// An object with the required properties, and at the top those that the document gives a value for.
    fn record(&mut self, schema: SchemaRef<'a>, merged: Merged<'a>) -> Option<Value> {
        let (mut object, is_top) = (Map::new(), self.within.len() == 1);
        for (name, property) in &merged.properties {
            let is_read_only = property.schemas.iter().any(|branch| branch.schema.is_read_only());
            if is_read_only && !merged.asked.contains(name) {
                continue;
            }
            let value = match merged.required.contains(name) {
                true => Some(self.property(property)?),
                false if is_top => self.given_property(property),
                false => None,
            };
            object.extend(value.map(|value| ((*name).to_owned(), value)));
        }
        let undeclared = merged.required.iter().filter(|name| !merged.properties.contains_key(*name));
        for name in undeclared.collect::<BTreeSet<_>>() {
            let value = match merged.additional.first() {
                Some(branch) => self.value(branch.schema)?,
                None => Value::from(text::WORD),
            };
            object.insert((*name).to_owned(), value);
        }
        self.complete(schema, &merged, &mut object);
        Some(Value::Object(object))
    }

    /// Adds optional properties one by one, until the object is one that the schema allows: alternatives beside
    /// properties ask for one of several, `minProperties` for any.
    fn complete(&mut self, schema: SchemaRef<'a>, merged: &Merged<'a>, object: &mut Map<String, Value>) {
        for (name, property) in &merged.properties {
            let least = self.parts(schema).iter().filter_map(|part| part.min_properties()).max();
            let is_enough = object.len() >= least.unwrap_or(0);
            if is_enough && self.fits(schema, &Value::Object(object.clone())) {
                return;
            }
            let is_open = !object.contains_key(*name)
                && !property.schemas.iter().any(|branch| branch.schema.is_read_only());
            if let Some(value) = is_open.then(|| self.property(property)).flatten() {
                object.insert((*name).to_owned(), value);
            }
        }
    }

    /// A value of a property: one that all branches allow, if there is one.
    pub(super) fn property(&mut self, property: &Property<'a>) -> Option<Value> {
        let schemas: Vec<SchemaRef<'a>> = property.schemas.iter().map(|branch| branch.schema).collect();
        let values: Vec<Value> = schemas.iter().filter_map(|schema| self.value(*schema)).collect();
        let fits_all = |value: &&Value| schemas.iter().all(|schema| self.fits(*schema, value));
        values.iter().find(fits_all).or(values.first()).cloned()
    }

    fn given_property(&self, property: &Property<'a>) -> Option<Value> {
        let schemas = || property.schemas.iter().map(|branch| branch.schema);
        if schemas().any(SchemaRef::is_deprecated) {
            return None;
        }
        let value = schemas().find_map(|schema| self.given(schema))?;
        schemas().all(|schema| self.fits(schema, &value)).then_some(value)
    }

    /// An object with a member, if one can be made.
    fn map(&mut self, schema: SchemaRef<'a>, values: &[Branch<'a>]) -> Option<Value> {
        let least = self.parts(schema).iter().filter_map(|part| part.min_properties()).max().unwrap_or(0);
        let value = match values.first() {
            Some(branch) => self.value(branch.schema),
            None if least > 0 => Some(Value::from(text::WORD)),
            None => None,
        };
        let Some(value) = value else { return (least == 0).then(|| Value::Object(Map::new())) };
        let keys =
            (0..least.max(1)).map(|index| if index == 0 { "key".to_owned() } else { format!("key{index}") });
        Some(Value::Object(keys.map(|key| (key, value.clone())).collect()))
    }

    /// As many items as there must be, and one in any case if it can be made.
    fn list(&mut self, schema: SchemaRef<'a>, items: &[Branch<'a>]) -> Option<Value> {
        let parts = self.parts(schema);
        let least = parts.iter().filter_map(|part| part.min_items()).max().unwrap_or(0);
        let most = parts.iter().filter_map(|part| part.max_items()).min().unwrap_or(usize::MAX);
        let Some(branch) = items.first() else {
            return Some(Value::Array(vec![Value::from(text::WORD); least.min(LONGEST)]));
        };
        let count = least.max(1).min(most).min(LONGEST);
        match self.value(branch.schema) {
            Some(item) => {
                Some(Value::Array((0..count).map(|index| self.varied(branch.schema, &item, index)).collect()))
            }
            None => (least == 0).then(|| Value::Array(Vec::new())),
        }
    }

    /// An item at a position, other than those before it where that is simple.
    fn varied(&self, schema: SchemaRef<'a>, item: &Value, index: usize) -> Value {
        let constants: Vec<&Value> = self.parts(schema).iter().flat_map(|part| part.enumeration()).collect();
        let other = match item {
            _ if index == 0 => return item.clone(),
            _ if constants.len() > 1 => constants[index % constants.len()].clone(),
            Value::String(text) => Value::from(format!("{text}{index}")),
            Value::Number(number) => match number.as_i64() {
                Some(number) => Value::from(number.saturating_add(index as i64)),
                None => item.clone(),
            },
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => item.clone(),
        };
        if self.fits(schema, &other) { other } else { item.clone() }
    }

    fn tuple(&mut self, positions: Positions<'a>) -> Option<Value> {
        let items = positions.items.into_iter().map(|item| match item {
            Some(schema) => self.value(schema),
            None => Some(Value::from(text::WORD)),
        });
        items.collect::<Option<_>>().map(Value::Array)
    }
}

/// Whether a value takes much room.
pub(super) fn is_long(value: &Value) -> bool {
    value.to_string().len() > LONGEST
}
