//! Operations combined with what they inherit from their path.

use openapiv3::{Operation, Parameter, PathItem, ReferenceOr, SecurityRequirement, Server};

use super::{Document, MAX_CHAIN, Target, origin_or_root};
use crate::source::NodeId;

/// An operation with what it inherits.
#[derive(Debug)]
pub struct OperationView<'a> {
    /// The HTTP method as sent.
    pub method: &'a str,
    /// The path template.
    pub path: &'a str,
    /// The operation.
    pub operation: &'a Operation,
    /// Its summary and description, or those of its path if it has neither.
    pub said: (Option<&'a str>, Option<&'a str>),
    /// Its parameters, those of the path first, unless it redeclares one with the same name and place.
    pub parameters: Vec<Target<'a, Parameter>>,
    /// Its security requirements, or those of the document.
    pub security: Option<&'a [SecurityRequirement]>,
    /// Its servers, or those of its path; empty if the document's apply.
    pub servers: &'a [Server],
    /// Where it was written.
    pub origin: NodeId,
}

impl Document {
    /// The operations in document order.
    pub fn operations(&self) -> Vec<OperationView<'_>> {
        let mut views = Vec::new();
        for path in self.api.paths.paths.keys() {
            if let Some((written, item)) = self.path_item(path) {
                let operations = methods(item).into_iter();
                views.extend(operations.filter_map(|(method, operation)| {
                    Some(self.view(method, path, item, operation.as_ref()?))
                }));
                let further = self.further.get(written).into_iter().flatten();
                views.extend(further.map(|(method, operation)| self.view(method, path, item, operation)));
            }
        }
        views.sort_by_key(|view| view.origin);
        views
    }

    /// The path item of a path, and the path it was written under.
    fn path_item(&self, path: &str) -> Option<(&str, &PathItem)> {
        let mut path = path;
        for _ in 0..MAX_CHAIN {
            match self.api.paths.paths.get_key_value(path)? {
                (written, ReferenceOr::Item(item)) => return Some((written, item)),
                (_, ReferenceOr::Reference { reference }) => path = reference.strip_prefix("#/paths/")?,
            }
        }
        None
    }

    fn view<'a>(
        &'a self,
        method: &'a str,
        path: &'a str,
        item: &'a PathItem,
        operation: &'a Operation,
    ) -> OperationView<'a> {
        let own: Vec<Target<'_, Parameter>> =
            operation.parameters.iter().filter_map(|one| self.parameter(one)).collect();
        let inherited = item.parameters.iter().filter_map(|one| self.parameter(one));
        let inherited = inherited.filter(|one| !own.iter().any(|other| same(one.item, other.item)));
        let parameters = inherited.chain(own.iter().copied()).collect();
        let said = (operation.summary.as_deref(), operation.description.as_deref());
        let is_silent = [said.0, said.1].into_iter().flatten().all(|text| text.trim().is_empty());
        let of_path = (item.summary.as_deref(), item.description.as_deref());
        OperationView {
            said: if is_silent { of_path } else { said },
            method,
            path,
            operation,
            parameters,
            servers: if operation.servers.is_empty() { &item.servers } else { &operation.servers },
            security: operation.security.as_deref().or(self.api.security.as_deref()),
            origin: origin_or_root(&operation.extensions),
        }
    }
}

/// The operations of a path, by method.
fn methods(item: &PathItem) -> [(&'static str, &Option<Operation>); 8] {
    [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("OPTIONS", &item.options),
        ("HEAD", &item.head),
        ("PATCH", &item.patch),
        ("TRACE", &item.trace),
    ]
}

/// Whether two parameters have the same name and place (OpenAPI 3.1 §4.8.9, `parameters`).
fn same(one: &Parameter, other: &Parameter) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
        && one.parameter_data_ref().name == other.parameter_data_ref().name
}
