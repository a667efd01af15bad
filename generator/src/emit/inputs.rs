//! What the caller gives to a call: arguments of its method, and setters.

use crate::{
    ir::{Body, Location, Operation, Parameter},
    name::{Ident, OperationNames},
};

/// The parameters that are arguments: path parameters in path order, then others by name, independent of document
/// order.
pub(super) fn arguments<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> Vec<(&'a Parameter, &'a Ident)> {
    let mut found: Vec<_> = parameters(operation, names, true).collect();
    let is_of_path = |parameter: &Parameter| matches!(parameter.location, Location::Path { .. });
    let is_header = |parameter: &Parameter| matches!(parameter.location, Location::Header(_));
    found.sort_by_key(|(parameter, _)| {
        (!is_of_path(parameter)).then_some((&parameter.wire, is_header(parameter)))
    });
    found
}

/// The body that the method takes as an argument.
pub(super) fn required_body(operation: &Operation) -> Option<&Body> {
    operation.body.as_ref().filter(|body| body.required)
}

/// The alternatives to a required body, with the names of the methods that take them.
pub(super) fn other_required_bodies<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> impl Iterator<Item = (&'a Body, &'a Ident)> {
    operation.other_bodies.iter().zip(&names.other_bodies).filter(|(body, _)| body.required)
}

/// The optional bodies that setters take, with their names.
pub(super) fn optional_bodies<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
) -> impl Iterator<Item = (&'a Body, &'a Ident)> {
    let first = operation.body.iter().map(|body| (body, &names.body));
    let others = operation.other_bodies.iter().zip(&names.other_bodies);
    first.chain(others).filter(|(body, _)| !body.required)
}

/// The parameters that are arguments, or those that have setters, with their names.
pub(super) fn parameters<'a>(
    operation: &'a Operation,
    names: &'a OperationNames,
    required: bool,
) -> impl Iterator<Item = (&'a Parameter, &'a Ident)> {
    let pairs = operation.parameters.iter().zip(&names.parameters);
    pairs.filter(move |(parameter, _)| parameter.required == required && parameter.constant.is_none())
}
