//! Determines pagination from the configuration, checked against the schema, or else from the document.

use std::collections::HashSet;

use super::{Lowering, member::segments};
use crate::{
    config::{Located, NextRule, PaginationRule, PagingRule},
    diagnostic::{Code, Diagnostic, Place},
    ir::{
        Access, Enumeration, Field, Location, MemberPath, MemberValue, Next, Operation, Pagination,
        PaginationStyle, Parameter, Primitive, Record, Shape, Type,
    },
};

impl<'a> Lowering<'a> {
    /// Sets the pagination of every operation that a rule names, and of those that plainly are paged.
    pub(super) fn paginate(&mut self, operations: &mut [Operation]) {
        let config = self.schemas.config;
        let mut said = HashSet::new();
        for rule in &config.pagination {
            for name in &rule.operations {
                let named = operations.iter_mut().find(|one| one.is_called(&name.value));
                let applied = match named {
                    Some(operation) => {
                        said.insert(operation.id.clone());
                        self.apply(rule, operation)
                    }
                    None => Err(Refusal::unmatched(format!("no operation is called `{}`", name.value))),
                };
                if let Err(Refusal { code, message, place }) = applied {
                    let place = place.unwrap_or_else(|| name.place.clone());
                    self.schemas.push(Diagnostic::new(code, place, message));
                }
            }
        }
        for operation in operations.iter_mut().filter(|one| !said.contains(&one.id)) {
            if let Some(rule) = self.paged(operation) {
                // what is found is checked as what is configured is, but a list that fails the check is just not paged
                let _ = self.apply(&rule, operation);
            }
        }
    }

    fn apply(&self, rule: &PaginationRule, operation: &mut Operation) -> Result<(), Refusal> {
        let Some(style) = self.style(rule, operation)? else { return Ok(()) };
        let (items, item) = self.items(rule, operation)?;
        let total = rule.total.as_ref().map(|total| self.count(operation, total)).transpose()?;
        let limit = rule.limit.as_ref().map(|limit| self.number(operation, limit)).transpose()?;
        if let (Some(limit), Some(default)) = (&limit, &rule.default_limit) {
            self.set_default(operation, limit, default)?;
        }
        let more = rule.more.as_ref().map(|more| self.flag(operation, more)).transpose()?;
        operation.pagination = Some(Pagination { style, items, item, total, more, limit });
        Ok(())
    }

    fn style(
        &self,
        rule: &PaginationRule,
        operation: &Operation,
    ) -> Result<Option<PaginationStyle>, Refusal> {
        Ok(Some(match &rule.style {
            PagingRule::None => return Ok(None),
            PagingRule::Offset(parameter) => PaginationStyle::Offset(self.number(operation, parameter)?),
            PagingRule::Page { parameter, first } => {
                PaginationStyle::Page { parameter: self.number(operation, parameter)?, first: *first }
            }
            PagingRule::Cursor { parameter, next } => {
                let known = optional(operation, parameter)?;
                if !self.is_scalar(&known.ty) {
                    let message = format!("`{}` of `{}` is not a scalar", known.wire, operation.id);
                    return Err(Refusal::meaningless(parameter, message));
                }
                PaginationStyle::Cursor {
                    parameter: known.wire.clone(),
                    next: self.next(next, rule, operation)?,
                }
            }
            PagingRule::Link(next) => PaginationStyle::Link(self.next(next, rule, operation)?),
        }))
    }

    fn next(&self, next: &NextRule, rule: &PaginationRule, operation: &Operation) -> Result<Next, Refusal> {
        match next {
            NextRule::Header(name) => Ok(Next::Header(name.clone())),
            NextRule::Property(path) => {
                let found = self.member(operation, path)?;
                self.token(found, path, "a page").map(Next::Member)
            }
            NextRule::LastItem(path) => {
                let (_, item) = self.items(rule, operation)?;
                let found = self.member_of("an item", &item, path)?;
                self.token(found, path, "an item").map(Next::LastItem)
            }
        }
    }

    /// A property whose value leads to the next page.
    fn token(&self, found: &Field, path: &Located<String>, of: &str) -> Result<MemberPath, Refusal> {
        if self.is_scalar(&found.ty) {
            return Ok(segments(path));
        }
        let message = format!("`{}` of {of} is not a scalar, and leads to no page", path.value);
        Err(Refusal::meaningless(path, message))
    }

    /// A property that says whether another page follows.
    fn flag(&self, operation: &Operation, path: &Located<String>) -> Result<MemberPath, Refusal> {
        let found = self.member(operation, path)?;
        if *self.resolved(&found.ty) == Type::Primitive(Primitive::Bool) {
            return Ok(segments(path));
        }
        let message = format!("`{}` of a page is not a boolean, and tells of no other page", path.value);
        Err(Refusal::meaningless(path, message))
    }

    /// Where the items are, and their type.
    fn items(
        &self,
        rule: &PaginationRule,
        operation: &Operation,
    ) -> Result<(Option<MemberPath>, Type), Refusal> {
        let Some(path) = &rule.items else {
            return match self.resolved(self.page(operation)?) {
                Type::List(item) => Ok((None, (**item).clone())),
                _ => Err(Refusal::unmatched(format!(
                    "`{}` does not give a list; name its `items`",
                    operation.id
                ))),
            };
        };
        let found = self.member(operation, path)?;
        let Type::List(item) = self.resolved(&found.ty) else {
            let message = format!("`{}` of a page of `{}` is not an array", path.value, operation.id);
            return Err(Refusal::meaningless(path, message));
        };
        Ok((Some(segments(path)), (**item).clone()))
    }

    /// A property of a page by the properties that lead to it.
    fn member<'t>(&'t self, operation: &'t Operation, path: &Located<String>) -> Result<&'t Field, Refusal> {
        self.member_of("a page", self.page(operation)?, path)
    }

    /// A property by the properties that lead to it.
    fn member_of<'t>(&'t self, of: &str, ty: &'t Type, path: &Located<String>) -> Result<&'t Field, Refusal> {
        let absent = || Refusal::unmatched(format!("{of} has no property `{}`", path.value));
        let mut within = ty;
        let mut found: Option<&Field> = None;
        for name in path.value.split('.') {
            let Some(record) = self.record(within) else {
                let message = format!("{of} has no object with `{name}`");
                return Err(Refusal::unmatched(message));
            };
            let field = record.fields.iter().find(|field| field.wire == name);
            let field = field.filter(|field| field.access != Access::WriteOnly).ok_or_else(absent)?;
            (within, found) = (&field.ty, Some(field));
        }
        found.ok_or_else(absent)
    }

    /// A property that counts items.
    fn count(&self, operation: &Operation, path: &Located<String>) -> Result<MemberPath, Refusal> {
        let found = self.member(operation, path)?;
        if self.is_count(&found.ty) {
            return Ok(segments(path));
        }
        let message = format!("`{}` of a page is not a whole number, and counts nothing", path.value);
        Err(Refusal::meaningless(path, message))
    }

    /// An optional query parameter that counts items or pages.
    fn number(&self, operation: &Operation, name: &Located<String>) -> Result<String, Refusal> {
        let known = optional(operation, name)?;
        if self.is_count(&known.ty) {
            return Ok(known.wire.clone());
        }
        let message =
            format!("`{}` of `{}` is not a whole number, and counts nothing", known.wire, operation.id);
        Err(Refusal::meaningless(name, message))
    }

    /// Sends a limit that the caller does not set.
    fn set_default(
        &self,
        operation: &mut Operation,
        wire: &str,
        default: &Located<i64>,
    ) -> Result<(), Refusal> {
        let is_it =
            |known: &&mut Parameter| known.wire == wire && matches!(known.location, Location::Query { .. });
        for parameter in operation.parameters.iter_mut().filter(is_it) {
            if !self.may_be(&parameter.ty, default.value) {
                let message =
                    format!("{} is outside of the range of `{wire}` of `{}`", default.value, operation.id);
                return Err(Refusal::meaningless(default, message));
            }
            parameter.sent_by_default = Some(default.value);
        }
        Ok(())
    }

    /// Whether a number is a value of a type.
    fn may_be(&self, ty: &Type, number: i64) -> bool {
        let is_constant = |constants: &Enumeration| {
            constants.members.iter().any(|member| member.value == MemberValue::Integer(number.into()))
        };
        self.some(ty, &|ty| match ty {
            Type::Primitive(Primitive::Integer(width)) => width.holds(number.into()),
            ty => self.constants(ty).map_or_else(|| self.counts(ty), is_constant),
        })
    }

    /// The type behind aliases. Of aliases of each other it is one of them.
    pub(super) fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut resolved = ty;
        for _ in 0..=self.types.len() {
            match resolved {
                Type::Named(id) if let Shape::Alias(ty) = &self.types[id.index()].shape => resolved = ty,
                ty => return ty,
            }
        }
        resolved
    }

    /// Whether values are written as one text.
    pub(super) fn is_scalar(&self, ty: &Type) -> bool {
        let is_scalar = |ty: &Type| matches!(ty, Type::Primitive(_) | Type::Scalar(_) | Type::Any);
        self.some(ty, &|ty| is_scalar(ty) || self.constants(ty).is_some())
    }

    /// Whether a value can be a number.
    fn is_count(&self, ty: &Type) -> bool {
        self.some(ty, &|ty| self.counts(ty))
    }

    fn counts(&self, ty: &Type) -> bool {
        match ty {
            Type::Primitive(Primitive::Integer(_) | Primitive::Float) | Type::Any => true,
            Type::Scalar(scalar) => !scalar.is_text(),
            Type::Named(_) => self.constants(ty).is_some_and(|constants| constants.integer().is_some()),
            Type::Primitive(Primitive::Bool | Primitive::String)
            | Type::File
            | Type::List(_)
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Tuple(..) => false,
        }
    }

    /// The constants of an enum.
    pub(super) fn constants(&self, ty: &Type) -> Option<&Enumeration> {
        match &self.types[ty.named()?.index()].shape {
            Shape::Enumeration(constants) => Some(constants),
            Shape::Record(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => {
                None
            }
        }
    }

    /// Whether one of the types that a value can have fits: the type without `null`, or a variant of a union.
    pub(super) fn some(&self, ty: &Type, fits: &dyn Fn(&Type) -> bool) -> bool {
        self.alternatives(ty).into_iter().any(fits)
    }

    /// The types that a value can have, behind aliases: the type without `null`, and the variants of unions.
    pub(super) fn alternatives<'t>(&'t self, ty: &'t Type) -> Vec<&'t Type> {
        let (mut due, mut met, mut found) = (vec![ty], HashSet::new(), Vec::new());
        while let Some(ty) = due.pop() {
            if let Type::Nullable(inner) = ty {
                due.push(inner);
                continue;
            }
            let shape = match ty.named() {
                Some(id) if !met.insert(id) => continue,
                id => id.map(|id| &self.types[id.index()].shape),
            };
            match shape {
                Some(Shape::Alias(ty)) => due.push(ty),
                Some(Shape::Union(union)) => due.extend(union.variants.iter().map(|variant| &variant.ty)),
                None
                | Some(Shape::Record(_) | Shape::Enumeration(_) | Shape::Cases(_) | Shape::Multipart(_)) => {
                    found.push(ty);
                }
            }
        }
        found
    }

    /// The type of a page.
    pub(super) fn page<'o>(&self, operation: &'o Operation) -> Result<&'o Type, Refusal> {
        let missing = || Refusal::unmatched(format!("`{}` gives no object to find items in", operation.id));
        operation.success.json().ok_or_else(missing)
    }

    /// The record that a type is.
    pub(super) fn record(&self, ty: &Type) -> Option<&Record> {
        let Type::Named(id) = self.resolved(ty) else { return None };
        match &self.types[id.index()].shape {
            Shape::Record(record) => Some(record),
            Shape::Enumeration(_)
            | Shape::Union(_)
            | Shape::Alias(_)
            | Shape::Cases(_)
            | Shape::Multipart(_) => None,
        }
    }
}

/// Why a rule is not applied.
pub(super) struct Refusal {
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

/// An optional query parameter.
fn optional<'o>(operation: &'o Operation, name: &Located<String>) -> Result<&'o Parameter, Refusal> {
    let known = operation.parameters.iter().find(|known| {
        known.wire == name.value && matches!(known.location, Location::Query { .. }) && !known.required
    });
    let missing = || format!("`{}` has no optional query parameter `{}`", operation.id, name.value);
    known.ok_or_else(|| Refusal::unmatched(missing()))
}
