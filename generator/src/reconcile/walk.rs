//! Checks a JSON value against a type at a spot of the document; finds where the generated crate would report a
//! deviation.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    Document, Finding, Untrue, format,
    kinds::{noun, whole},
    spot::{SpotId, Spots, Step},
};
use crate::ir::{
    Access, Enumeration, Field, MemberValue, Presence, Primitive, Record, Rest, Scalar, Shape, Type, TypeId,
};

/// The maximum nesting of types. JSON is read to 128 levels; unions and aliases add more.
const MAX_DEPTH: usize = 1024;

/// A check of a value in progress.
pub(super) struct Walk<'a, 'r> {
    pub document: Document<'a>,
    pub exchange: usize,
    pub spots: &'r mut Spots,
    /// The deviations found so far, in earlier replies and this one, so that each is reported once.
    pub found: &'r mut HashSet<(SpotId, Untrue)>,
    pub findings: Vec<Finding>,
    /// The current JSON path in the body: `$.items[0]`.
    pub path: String,
    /// Whether to stop at the first deviation, without recording it.
    pub is_trial: bool,
    pub depth: usize,
    /// Whether values fit types, by address: nested alternatives are checked repeatedly.
    pub known: HashMap<(TypeId, *const Value), bool>,
}

impl Walk<'_, '_> {
    /// Checks a value against a type.
    pub(super) fn value(&mut self, ty: &Type, spot: SpotId, value: &Value) {
        if self.depth > MAX_DEPTH || (self.is_trial && !self.findings.is_empty()) {
            return;
        }
        self.depth += 1;
        if !self.is_trial && !value.is_null() {
            self.spots.see(spot, value);
        }
        if value.is_null() {
            if !self.allows_null(ty) {
                self.find(spot, Untrue::NotNull, format!("{} is null", self.path));
            }
        } else {
            self.present(ty, spot, value);
        }
        self.depth -= 1;
    }

    fn present(&mut self, ty: &Type, spot: SpotId, value: &Value) {
        match ty {
            Type::Any | Type::File => {}
            Type::Nullable(inner) => self.present(inner, spot, value),
            Type::Primitive(primitive) => self.primitive(*primitive, spot, value),
            Type::Scalar(scalar) => self.scalar(scalar, spot, value),
            Type::Named(id) => self.named(*id, spot, value),
            Type::List(inner) => match value.as_array() {
                Some(items) => self.items(items, 0, spot, |walk, part, item, _| {
                    walk.value(inner, part, item);
                }),
                None => self.other_kind("an array", spot, value, false),
            },
            Type::Map(inner) => match value.as_object() {
                Some(members) => self.members(members, inner, spot),
                None => self.other_kind("an object", spot, value, false),
            },
            Type::Tuple(items, rest) => self.tuple(items, rest.as_deref(), spot, value),
        }
    }

    fn named(&mut self, id: TypeId, spot: SpotId, value: &Value) {
        let api = self.document.api;
        match &api.type_def(id).shape {
            Shape::Record(record) => self.record(record, spot, value),
            Shape::Enumeration(constants) => self.constant(constants, spot, value),
            Shape::Union(union) => self.union(id, union, spot, value),
            Shape::Alias(ty) if self.depth <= MAX_DEPTH => {
                self.depth += 1;
                self.present(ty, spot, value);
                self.depth -= 1;
            }
            Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => {}
        }
    }

    /// Whether a type allows `null`, resolving aliases.
    fn allows_null(&self, ty: &Type) -> bool {
        let mut ty = ty;
        for _ in 0..MAX_DEPTH {
            match ty {
                Type::Any | Type::Nullable(_) | Type::File => return true,
                Type::Named(id) => match &self.document.api.type_def(*id).shape {
                    Shape::Alias(inner) => ty = inner,
                    Shape::Record(_)
                    | Shape::Enumeration(_)
                    | Shape::Union(_)
                    | Shape::Cases(_)
                    | Shape::Multipart(_) => return false,
                },
                Type::Primitive(_) | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Tuple(..) => {
                    return false;
                }
            }
        }
        false
    }

    fn record(&mut self, record: &Record, spot: SpotId, value: &Value) {
        let Some(members) = value.as_object() else {
            return self.other_kind("an object", spot, value, false);
        };
        for field in record.fields.iter().filter(|field| field.access != Access::WriteOnly) {
            self.field(field, spot, members);
        }
        if let Rest::Typed(ty, _) = &record.rest {
            let named = |name: &str| record.fields.iter().any(|field| field.wire == name);
            let part = self.spots.part(self.document.tree, spot, &Step::Value);
            for (name, value) in members.iter().filter(|(name, _)| !named(name)) {
                self.at_member(name, |walk| walk.value(ty, part, value));
            }
        }
    }

    fn field(&mut self, field: &Field, spot: SpotId, members: &Map<String, Value>) {
        let may_be_absent = match field.presence {
            Presence::Required | Presence::Nullable => false,
            Presence::Optional | Presence::ThreeState => true,
        };
        let may_be_null = match field.presence {
            Presence::Nullable | Presence::ThreeState => true,
            Presence::Required | Presence::Optional => false,
        };
        let value = members.get(&field.wire);
        if (value.is_none() && may_be_absent) || (may_be_null && value.is_some_and(Value::is_null)) {
            return;
        }
        let part = self.spots.part(self.document.tree, spot, &Step::Member(field.wire.clone()));
        self.at_member(&field.wire, |walk| match value {
            Some(value) => walk.value(&field.ty, part, value),
            None => walk.find(part, Untrue::Required, format!("{} is absent", walk.path)),
        });
    }

    fn members(&mut self, members: &Map<String, Value>, inner: &Type, spot: SpotId) {
        let part = self.spots.part(self.document.tree, spot, &Step::Value);
        for (name, value) in members {
            self.at_member(name, |walk| walk.value(inner, part, value));
        }
    }

    fn items(
        &mut self,
        items: &[Value],
        from: usize,
        spot: SpotId,
        visit: impl Fn(&mut Self, SpotId, &Value, usize),
    ) {
        let part = self.spots.part(self.document.tree, spot, &Step::Item);
        for (index, item) in items.iter().enumerate().skip(from) {
            self.at_index(index, |walk| visit(walk, part, item, index));
        }
    }

    fn tuple(&mut self, positions: &[Type], rest: Option<&Type>, spot: SpotId, value: &Value) {
        let Some(items) = value.as_array() else { return self.other_kind("an array", spot, value, false) };
        if items.len() < positions.len() || (rest.is_none() && items.len() > positions.len()) {
            let says =
                format!("{} is an array of length {}, not {}", self.path, items.len(), positions.len());
            return self.find(spot, Untrue::Type { is_scalar: false }, says);
        }
        for (index, (ty, item)) in positions.iter().zip(items).enumerate() {
            let part = self.spots.part(self.document.tree, spot, &Step::Position(index));
            self.at_index(index, |walk| walk.value(ty, part, item));
        }
        if let Some(ty) = rest {
            self.items(items, positions.len(), spot, |walk, part, item, _| walk.value(ty, part, item));
        }
    }

    fn primitive(&mut self, primitive: Primitive, spot: SpotId, value: &Value) {
        match primitive {
            Primitive::Bool if value.is_boolean() => {}
            Primitive::Float if value.is_number() => {}
            Primitive::String if value.is_string() => {}
            Primitive::Bool => self.other_kind("a boolean", spot, value, true),
            Primitive::Float => self.other_kind("a number", spot, value, true),
            Primitive::String => self.other_kind("a string", spot, value, true),
            Primitive::Integer(width) => match whole(value) {
                Some(number) if width.holds(number) => {}
                Some(number) => {
                    let says = format!("{} is {number}, which is out of range", self.path);
                    self.find(spot, Untrue::Type { is_scalar: true }, says);
                }
                None if value.is_number() => {
                    let says = format!("{} is a number with a fraction, not an integer", self.path);
                    self.find(spot, Untrue::Type { is_scalar: true }, says);
                }
                None => self.other_kind("an integer", spot, value, true),
            },
        }
    }

    fn scalar(&mut self, scalar: &Scalar, spot: SpotId, value: &Value) {
        match (scalar, value) {
            (Scalar::Known(known, _), Value::String(text)) if scalar.is_text() => {
                let is_lenient = self.document.config.types.lenient_dates;
                if !format::fits(*known, text, is_lenient) {
                    let says = format!("{} is a string that is not {}", self.path, format::noun(*known));
                    self.find(spot, Untrue::Type { is_scalar: true }, says);
                }
            }
            (Scalar::Other { .. }, Value::String(_)) if scalar.is_text() => {}
            (_, _) if scalar.is_text() => self.other_kind("a string", spot, value, true),
            (_, Value::Number(_) | Value::Bool(_)) => {}
            (_, _) => self.other_kind("a number", spot, value, true),
        }
    }

    /// Checks a constant; an unknown one is allowed.
    fn constant(&mut self, constants: &Enumeration, spot: SpotId, value: &Value) {
        let of_texts = constants.members.iter().all(|member| matches!(member.value, MemberValue::Text(_)));
        match of_texts {
            true if !value.is_string() => self.other_kind("a string", spot, value, true),
            false if whole(value).is_none() => self.other_kind("an integer", spot, value, true),
            true | false => {}
        }
    }

    fn other_kind(&mut self, due: &str, spot: SpotId, value: &Value, is_scalar: bool) {
        let says = format!("{} is {}, not {due}", self.path, noun(value));
        self.find(spot, Untrue::Type { is_scalar }, says);
    }

    /// Records a deviation.
    pub(super) fn find(&mut self, spot: SpotId, untrue: Untrue, says: String) {
        if self.is_trial || self.found.insert((spot, untrue.clone())) {
            self.findings.push(Finding { exchange: self.exchange, spot, untrue, says });
        }
    }

    fn at_member(&mut self, name: &str, visit: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !name.is_empty() && name.chars().all(is_plain) && !name.starts_with(|c: char| c.is_ascii_digit()) {
            self.path.push('.');
            self.path.push_str(name);
        } else {
            self.path.push_str(&format!("[{}]", Value::from(name)));
        }
        visit(self);
        self.path.truncate(length);
    }

    fn at_index(&mut self, index: usize, visit: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(&format!("[{index}]"));
        visit(self);
        self.path.truncate(length);
    }
}
