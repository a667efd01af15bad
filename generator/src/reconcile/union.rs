//! Checks a JSON value against alternatives: the one named by its tag, or else one that fits.

use serde_json::Value;

use super::{
    Untrue,
    spot::{SpotId, Step},
    walk::Walk,
};
use crate::ir::{Dispatch, Shape, Type, TypeId, Union, Variant};

/// How many chained aliases are followed.
const MAX_NAMES: usize = 64;

impl Walk<'_, '_> {
    /// Checks a value against the alternatives of a union.
    pub(super) fn union(&mut self, id: TypeId, union: &Union, spot: SpotId, value: &Value) {
        if self.is_trial && self.known.get(&(id, std::ptr::from_ref(value))) == Some(&true) {
            return;
        }
        let before = self.findings.len();
        match &union.dispatch {
            Dispatch::Tag(name) => self.tagged(union, name, spot, value),
            Dispatch::Trial => {
                let all: Vec<&Variant> = union.variants.iter().collect();
                self.tried(&all, spot, value);
            }
        }
        if self.is_trial {
            self.known.insert((id, std::ptr::from_ref(value)), self.findings.len() == before);
        }
    }

    fn tagged(&mut self, union: &Union, name: &str, spot: SpotId, value: &Value) {
        let tag = value.as_object().map(|members| members.get(name));
        let text = match tag {
            Some(Some(Value::String(text))) => Some(text.clone()),
            Some(Some(Value::Null)) | Some(None) | None => None,
            Some(Some(other)) => Some(other.to_string()),
        };
        let named = text.as_ref().and_then(|text| union.variants.iter().find(|one| one.tags.contains(text)));
        if let Some(variant) = named {
            return self.variant(variant, spot, value);
        }
        let others = union.variants.iter().enumerate().filter(|(index, _)| union.is_fallback(*index));
        let others: Vec<&Variant> = others.map(|(_, variant)| variant).collect();
        match text {
            // A value with an unknown tag is kept whole, like an unknown constant.
            Some(_) => {}
            None if others.is_empty() => {
                let says = match tag {
                    Some(_) => format!("{} has no `{name}`, which tells its alternatives apart", self.path),
                    None => {
                        format!("{} is {}, which is not an alternative", self.path, super::kinds::noun(value))
                    }
                };
                self.find(spot, Untrue::Alternatives, says);
            }
            None => self.tried(&others, spot, value),
        }
    }

    /// Checks by trial: there is no deviation if any alternative fits. Otherwise the only one of the value's kind is
    /// meant; with several, the choice would be a guess.
    fn tried(&mut self, variants: &[&Variant], spot: SpotId, value: &Value) {
        if variants.iter().any(|variant| self.fits(variant, spot, value)) {
            return;
        }
        let kind: Vec<&&Variant> = variants.iter().filter(|one| self.is_of_kind(&one.ty, value)).collect();
        match kind.as_slice() {
            [only] => self.variant(only, spot, value),
            _ => {
                let says = format!("{} is {} that fits no alternative", self.path, super::kinds::noun(value));
                self.find(spot, Untrue::Alternatives, says);
            }
        }
    }

    fn variant(&mut self, variant: &Variant, spot: SpotId, value: &Value) {
        let part = self.spots.part(self.document.tree, spot, &Step::Variant(variant.origin));
        self.value(&variant.ty, part, value);
    }

    fn fits(&mut self, variant: &Variant, spot: SpotId, value: &Value) -> bool {
        let key = variant.ty.named().map(|id| (id, std::ptr::from_ref(value)));
        if let Some(known) = key.and_then(|key| self.known.get(&key)) {
            return *known;
        }
        let (findings, was_trial) = (std::mem::take(&mut self.findings), self.is_trial);
        self.is_trial = true;
        self.variant(variant, spot, value);
        let fits = self.findings.is_empty();
        (self.findings, self.is_trial) = (findings, was_trial);
        self.known.extend(key.map(|key| (key, fits)));
        fits
    }

    /// Whether a type allows the JSON kind of a value.
    fn is_of_kind(&self, ty: &Type, value: &Value) -> bool {
        self.kind_fits(ty, value, MAX_NAMES)
    }

    fn kind_fits(&self, ty: &Type, value: &Value, names: usize) -> bool {
        use crate::ir::{MemberValue, Primitive};
        match ty {
            Type::Any | Type::File => true,
            Type::Nullable(inner) => self.kind_fits(inner, value, names),
            Type::Primitive(Primitive::Bool) => value.is_boolean(),
            Type::Primitive(Primitive::Integer(_) | Primitive::Float) => value.is_number(),
            Type::Primitive(Primitive::String) => value.is_string(),
            Type::Scalar(scalar) if scalar.is_text() => value.is_string(),
            Type::Scalar(_) => value.is_number() || value.is_boolean(),
            Type::List(_) | Type::Tuple(..) => value.is_array(),
            Type::Map(_) => value.is_object(),
            Type::Named(id) => match &self.document.api.type_def(*id).shape {
                Shape::Record(_) => value.is_object(),
                Shape::Enumeration(constants) => {
                    match constants.members.first().map(|member| &member.value) {
                        Some(MemberValue::Integer(_)) => value.is_number(),
                        Some(MemberValue::Text(_)) | None => value.is_string(),
                    }
                }
                Shape::Union(union) => {
                    names > 0 && union.variants.iter().any(|one| self.kind_fits(&one.ty, value, names - 1))
                }
                Shape::Alias(inner) => names > 0 && self.kind_fits(inner, value, names - 1),
                Shape::Cases(_) | Shape::Multipart(_) => false,
            },
        }
    }
}
