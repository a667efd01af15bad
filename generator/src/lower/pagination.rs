//! How to get the next page, as the configuration says and the schema confirms.

use super::Lowering;
use crate::{
    config::PaginationRule,
    diagnostic::{Code, Diagnostic},
    ir::{
        Field, Location, Operation, Outcome, Pagination, PaginationStyle, Payload, Presence, Record, Shape,
        Total, Type,
    },
};

impl<'a> Lowering<'a> {
    /// Gives every operation that a rule names its pagination.
    pub(super) fn paginate(&mut self, operations: &mut [Operation]) {
        let config = self.config;
        for rule in &config.pagination {
            for name in &rule.operations {
                let by_place =
                    |operation: &Operation| format!("{} {}", operation.method.as_str(), operation.path);
                let named =
                    operations.iter_mut().find(|one| one.id == name.value || by_place(one) == name.value);
                let applied = match named {
                    Some(operation) => self.apply(rule, operation),
                    None => Err(format!("no operation is called `{}`", name.value)),
                };
                if let Err(message) = applied {
                    self.diagnostics.push(Diagnostic::new(Code::ConfigUnused, name.place.clone(), message));
                }
            }
        }
    }

    fn apply(&self, rule: &PaginationRule, operation: &mut Operation) -> Result<(), String> {
        let page = self.page(operation)?;
        let items = field(page, &rule.items.value)?;
        let Type::List(item) = &items.ty else {
            return Err(format!("`{}` of a page of `{}` is no array", rule.items.value, operation.id));
        };
        let total = match &rule.total {
            Some(total) => Some(Total { property: field(page, &total.value)?.wire.clone() }),
            None => None,
        };
        let style = PaginationStyle::Offset { offset: parameter(operation, &rule.offset.value)?, total };
        let optional = match items.presence {
            Presence::Required => false,
            Presence::Nullable | Presence::Optional => true,
            Presence::ThreeState => {
                return Err(format!("`{}` of a page is absent or null", rule.items.value));
            }
        };
        let limit = rule.limit.as_ref().map(|limit| limit.value.clone());
        let pagination =
            Pagination { style, items: items.wire.clone(), optional, item: (**item).clone(), limit };
        if let (Some(limit), Some(default)) = (&rule.limit, rule.default_limit) {
            let wire = parameter(operation, &limit.value)?;
            let limit = operation.parameters.iter_mut().find(|known| known.wire == wire);
            if let Some(limit) = limit {
                limit.sent_by_default = Some(default.to_string());
            }
        }
        operation.pagination = Some(pagination);
        Ok(())
    }

    /// The record that the operation gives.
    fn page(&self, operation: &Operation) -> Result<&Record, String> {
        let none = || format!("`{}` gives no object to find items in", operation.id);
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

fn field<'r>(page: &'r Record, wire: &str) -> Result<&'r Field, String> {
    page.fields
        .iter()
        .find(|field| field.wire == wire)
        .ok_or_else(|| format!("a page has no property `{wire}`"))
}

fn parameter(operation: &Operation, wire: &str) -> Result<String, String> {
    let known = operation.parameters.iter().any(|known| {
        known.wire == wire && matches!(known.location, Location::Query { .. }) && !known.required
    });
    if known {
        Ok(wire.to_owned())
    } else {
        Err(format!("`{}` has no optional query parameter `{wire}`", operation.id))
    }
}
