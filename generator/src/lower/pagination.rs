//! Determines pagination from the configuration, checked against the schema.

use super::Lowering;
use crate::{
    config::{Located, PaginationRule},
    diagnostic::{Code, Diagnostic, Place},
    ir::{
        Access, Field, Location, Operation, Outcome, Pagination, PaginationStyle, Parameter, Payload,
        Presence, Primitive, Record, Shape, Type,
    },
};

impl<'a> Lowering<'a> {
    /// Sets the pagination of every operation that a rule names.
    pub(super) fn paginate(&mut self, operations: &mut [Operation]) {
        let config = self.schemas.config;
        for rule in &config.pagination {
            for name in &rule.operations {
                let by_place =
                    |operation: &Operation| format!("{} {}", operation.method.as_str(), operation.path);
                let named =
                    operations.iter_mut().find(|one| one.id == name.value || by_place(one) == name.value);
                let applied = match named {
                    Some(operation) => self.apply(rule, operation),
                    None => Err(Refusal::unmatched(format!("no operation is called `{}`", name.value))),
                };
                if let Err(Refusal { code, message, place }) = applied {
                    let place = place.unwrap_or_else(|| name.place.clone());
                    self.schemas.push(Diagnostic::new(code, place, message));
                }
            }
        }
    }

    fn apply(&self, rule: &PaginationRule, operation: &mut Operation) -> Result<(), Refusal> {
        let page = self.page(operation)?;
        let items = field(page, &rule.items.value)?;
        let Type::List(item) = &items.ty else {
            let message = format!("`{}` of a page of `{}` is not an array", rule.items.value, operation.id);
            return Err(Refusal::meaningless(&rule.items, message));
        };
        let total = match &rule.total {
            Some(total) => Some(self.count(page, total)?.wire.clone()),
            None => None,
        };
        let style = PaginationStyle::Offset { offset: self.parameter(operation, &rule.offset)?, total };
        let optional = match items.presence {
            Presence::Required => false,
            Presence::Nullable | Presence::Optional => true,
            Presence::ThreeState => {
                return Err(Refusal::unmatched(format!(
                    "`{}` of a page is absent or null",
                    rule.items.value
                )));
            }
        };
        let limit = rule.limit.as_ref().map(|limit| self.parameter(operation, limit)).transpose()?;
        let pagination =
            Pagination { style, items: items.wire.clone(), optional, item: (**item).clone(), limit };
        if let (Some(limit), Some(default)) = (&pagination.limit, &rule.default_limit) {
            set_default(operation, limit, default)?;
        }
        operation.pagination = Some(pagination);
        Ok(())
    }

    /// A property that counts items.
    fn count<'r>(&self, page: &'r Record, name: &Located<String>) -> Result<&'r Field, Refusal> {
        let found = field(page, &name.value)?;
        if self.is_count(&found.ty) {
            return Ok(found);
        }
        let message = format!("`{}` of a page is not a whole number, and counts nothing", name.value);
        Err(Refusal::meaningless(name, message))
    }

    /// An optional query parameter that counts items.
    fn parameter(&self, operation: &Operation, name: &Located<String>) -> Result<String, Refusal> {
        let wire = &name.value;
        let known = operation.parameters.iter().find(|known| {
            known.wire == *wire && matches!(known.location, Location::Query { .. }) && !known.required
        });
        let Some(known) = known else {
            let message = format!("`{}` has no optional query parameter `{wire}`", operation.id);
            return Err(Refusal::unmatched(message));
        };
        if self.is_count(&known.ty) {
            return Ok(wire.clone());
        }
        let message = format!("`{wire}` of `{}` is not a whole number, and counts nothing", operation.id);
        Err(Refusal::meaningless(name, message))
    }

    /// Whether a value can be a number.
    fn is_count(&self, ty: &Type) -> bool {
        match ty {
            Type::Nullable(inner) => self.is_count(inner),
            Type::Primitive(Primitive::Integer(_) | Primitive::Float) | Type::Any => true,
            Type::Scalar(scalar) => !scalar.is_text(),
            Type::Named(id) => match &self.types[id.index()].shape {
                Shape::Alias(ty) => self.is_count(ty),
                Shape::Enumeration(constants) => constants.integer().is_some(),
                Shape::Union(union) => union.variants.iter().any(|variant| self.is_count(&variant.ty)),
                Shape::Record(_) | Shape::Cases(_) | Shape::Multipart(_) => false,
            },
            Type::Primitive(Primitive::Bool | Primitive::String)
            | Type::File
            | Type::List(_)
            | Type::Map(_)
            | Type::Tuple(..) => false,
        }
    }

    /// The record that the operation returns.
    fn page(&self, operation: &Operation) -> Result<&Record, Refusal> {
        let none = || Refusal::unmatched(format!("`{}` gives no object to find items in", operation.id));
        let Outcome::One { payload: Payload::Json(Type::Named(id)), .. } = &operation.success else {
            return Err(none());
        };
        match &self.types[id.index()].shape {
            Shape::Record(record) => Ok(record),
            Shape::Enumeration(_)
            | Shape::Union(_)
            | Shape::Alias(_)
            | Shape::Cases(_)
            | Shape::Multipart(_) => Err(none()),
        }
    }
}

/// Why a rule is not applied.
struct Refusal {
    code: Code,
    message: String,
    /// The place of the problem, if it is not the operation's name.
    place: Option<Place>,
}

impl Refusal {
    /// The document lacks something that the rule names.
    fn unmatched(message: String) -> Self {
        Self { code: Code::ConfigUnused, message, place: None }
    }

    /// The document has it, but it cannot be used this way.
    fn meaningless<T>(value: &Located<T>, message: String) -> Self {
        Self { code: Code::ConfigInvalid, message, place: Some(value.place.clone()) }
    }
}

/// Makes a number what a query parameter sends if the caller sets none.
fn set_default(operation: &mut Operation, wire: &str, default: &Located<i64>) -> Result<(), Refusal> {
    let is_it =
        |known: &&mut Parameter| known.wire == wire && matches!(known.location, Location::Query { .. });
    for parameter in operation.parameters.iter_mut().filter(is_it) {
        match parameter.ty {
            Type::Primitive(Primitive::Integer(width)) if !width.holds(default.value) => {
                let message =
                    format!("{} is outside of the range of `{wire}` of `{}`", default.value, operation.id);
                return Err(Refusal::meaningless(default, message));
            }
            _ => parameter.sent_by_default = Some(default.value),
        }
    }
    Ok(())
}

fn field<'r>(page: &'r Record, wire: &str) -> Result<&'r Field, Refusal> {
    let found = page.fields.iter().find(|field| field.wire == wire && field.access != Access::WriteOnly);
    found.ok_or_else(|| Refusal::unmatched(format!("a page has no property `{wire}`")))
}
