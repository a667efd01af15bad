//! The table of names that emission looks up.

use std::collections::{BTreeMap, HashSet};

use super::scope::{Ident, Scope};
use crate::{
    analyse::{Facts, Home},
    config::Config,
    ir::{Api, OperationId, ResourceId, TypeId},
    language::case,
};

/// The name of every node that has one.
#[derive(Clone, Debug)]
pub struct Names {
    /// The package, as `Cargo.toml` writes it.
    pub package: String,
    types: Vec<Option<TypeNames>>,
    operations: Vec<Option<OperationNames>>,
    resources: Vec<Option<ResourceNames>>,
    /// The setter of each security scheme, in order.
    pub credentials: Vec<Ident>,
    /// The setter of each variable of [`Api::server_variables`], in order.
    pub variables: Vec<Ident>,
    /// The variant of each server, in order.
    pub servers: Vec<Ident>,
    /// The constants of headers, in the order of the headers.
    pub headers: Vec<Ident>,
    modules: BTreeMap<Home, Ident>,
    /// The names of types in `models`, `errors` and `responses`.
    pub(super) type_scope: Scope,
    /// The names of resources and calls in `resources`.
    pub(super) resource_scope: Scope,
    /// Those that are declared: a call without setters has no type of its own.
    resource_items: HashSet<String>,
}

/// The names of a declared type.
#[derive(Clone, Debug)]
pub struct TypeNames {
    /// The type.
    pub ident: Ident,
    /// Its fields or variants, in order.
    pub parts: Vec<Ident>,
    /// The field or variant for unknown content.
    pub open: Ident,
}

/// The names of an operation.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The method that makes the call.
    pub method: Ident,
    /// The type of its call, which has the setters.
    pub call: Ident,
    /// Its arguments and setters, in the order of its parameters.
    pub parameters: Vec<Ident>,
    /// The argument or setter of its body.
    pub body: Ident,
    /// The argument for its media type, if the caller chooses it.
    pub content_type: Ident,
    /// For each alternative body, in order: the method that takes it, or its setter if it is optional.
    pub other_bodies: Vec<Ident>,
}

/// The names of a resource.
#[derive(Clone, Debug)]
pub struct ResourceNames {
    /// The type through which its calls are made.
    pub ident: Ident,
    /// The method of its parent that returns it.
    pub accessor: Ident,
    /// Its module.
    pub module: Ident,
}

impl Names {
    pub(super) fn new(api: &Api, config: &Config) -> Self {
        Self {
            package: package(api, config),
            types: vec![None; api.types.len()],
            operations: vec![None; api.operations.len()],
            resources: vec![None; api.resources.len()],
            credentials: Vec::new(),
            variables: Vec::new(),
            servers: Vec::new(),
            headers: Vec::new(),
            modules: BTreeMap::new(),
            type_scope: Scope::new(),
            resource_scope: Scope::new(),
            resource_items: HashSet::new(),
        }
    }

    pub(super) fn set_type(&mut self, id: TypeId, names: TypeNames) {
        self.types[id.index()] = Some(names);
    }

    /// Copies the names of parts to a type from the one that is declared for it.
    pub(super) fn share_parts(&mut self, id: TypeId, declared: TypeId) {
        if let Some(of) = self.claimed(declared).filter(|_| id != declared).cloned()
            && let Some(names) = &mut self.types[id.index()]
        {
            (names.parts, names.open) = (of.parts, of.open);
        }
    }

    pub(super) fn set_operation(&mut self, id: OperationId, names: OperationNames, has_setters: bool) {
        if has_setters {
            self.resource_items.insert(names.call.plain().to_owned());
        }
        self.operations[id.index()] = Some(names);
    }

    pub(super) fn set_other_bodies(&mut self, id: OperationId, idents: Vec<Ident>) {
        if let Some(names) = &mut self.operations[id.index()] {
            names.other_bodies = idents;
        }
    }

    pub(super) fn set_resource(&mut self, id: ResourceId, names: ResourceNames) {
        self.resource_items.insert(names.ident.plain().to_owned());
        self.resources[id.index()] = Some(names);
    }

    /// Names the modules of models: after the resource that alone uses them, `webhooks`, or `shared`.
    pub(super) fn files(&mut self, api: &Api, facts: &Facts) {
        let mut scope = Scope::new();
        let mut modules = BTreeMap::new();
        for id in api.type_ids() {
            let home = facts.home(id);
            modules.entry(home).or_insert_with(|| match home {
                Home::Resource(resource) => scope.snake(self.resource(resource).module.plain()),
                Home::Shared => scope.snake("shared"),
                Home::Webhooks => scope.snake("webhooks"),
            });
        }
        self.modules = modules;
    }

    /// The name of the crate in paths.
    pub fn library(&self) -> String {
        self.package.replace('-', "_")
    }

    /// The names of a type.
    pub fn type_def(&self, id: TypeId) -> &TypeNames {
        self.types[id.index()].as_ref().expect("every type is claimed before emission")
    }

    /// The names of a type if it has any yet, while others are still being claimed.
    pub(super) fn claimed(&self, id: TypeId) -> Option<&TypeNames> {
        self.types[id.index()].as_ref()
    }

    /// The names of an operation.
    pub fn operation(&self, id: OperationId) -> &OperationNames {
        self.operations[id.index()].as_ref().expect("every operation is claimed before emission")
    }

    /// The names of a resource other than the root.
    pub fn resource(&self, id: ResourceId) -> &ResourceNames {
        self.resources[id.index()].as_ref().expect("every resource but the root is claimed before emission")
    }

    /// The modules of models, by where these are used.
    pub fn modules(&self) -> &BTreeMap<Home, Ident> {
        &self.modules
    }

    /// Whether a generated type has this name, so that another item with the name must be written with its path.
    pub fn shadows(&self, name: &str) -> bool {
        self.type_scope.contains(name) || self.is_resource_item(name)
    }

    /// Whether a resource or a call has this name.
    pub fn is_resource_item(&self, name: &str) -> bool {
        self.resource_items.contains(name)
    }
}

/// The package's name: configured, or the title in kebab case.
fn package(api: &Api, config: &Config) -> String {
    let name = config.package.name.clone().unwrap_or_else(|| case::kebab(&api.info.title));
    let valid: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let valid = single_separators(valid.trim_start_matches(['-', '_']));
    match valid.chars().next() {
        None => "api-client".to_owned(),
        Some(first) if !first.is_ascii_alphabetic() => format!("api-{valid}"),
        Some(_) => valid,
    }
}

/// Merges consecutive `-` and `_`: rustc warns of a crate name with two in a row.
fn single_separators(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let is_separator = |c: char| matches!(c, '-' | '_');
        if !(is_separator(c) && out.ends_with(is_separator)) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::single_separators;

    #[test]
    fn separators_stand_alone() {
        assert_eq!(single_separators("a--b_-c"), "a-b_c");
        assert_eq!(single_separators("my-client"), "my-client");
    }
}
