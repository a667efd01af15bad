//! What of a document is read and written as JSON: its component schemas, and the bodies of its operations.
//!
//! In: the IR, for the types; the document, for the schemas. Out: pairs of them.

use cratewright::{
    ir::{Api, Case, Content, Operation, Outcome, Payload, Shape, Status, Type, TypeId, Usage},
    pipeline::Output,
};
use serde_json::Value;

use super::{
    dialect::Schemas,
    document::{Document, Version, escape},
    rust_type,
};

/// A type and the schema that its values have.
#[derive(Debug)]
pub struct Target {
    /// What it is called in the ledger: the type, or the operation and which of its bodies.
    pub name: String,
    /// The type, as the driver writes it.
    pub ty: String,
    /// The number of its definition.
    pub definition: usize,
    /// Values that the document shows beside the schema.
    pub shown: Vec<Value>,
    /// Whether it is a component schema.
    pub is_component: bool,
    /// Whether `null`, if the schema allows it, is a matter of the places that use the type.
    pub leaves_null: bool,
}

/// Finds targets, each pair of type and schema once.
pub struct Finding<'f, 'd> {
    schemas: &'f mut Schemas<'d>,
    output: &'f Output,
    targets: Vec<Target>,
}

impl<'f, 'd> Finding<'f, 'd> {
    /// All targets.
    pub fn all(schemas: &'f mut Schemas<'d>, output: &'f Output) -> Vec<Target> {
        let mut finding = Self { schemas, output, targets: Vec::new() };
        output.api.type_ids().for_each(|id| finding.component(id));
        output.api.operations.iter().for_each(|operation| finding.operation(operation));
        finding.targets
    }

    fn document(&self) -> &'d Document {
        self.schemas.document
    }

    fn component(&mut self, id: TypeId) {
        let def = self.output.api.type_def(id);
        let Usage::Component(name) = &def.usage else { return };
        if matches!(def.shape, Shape::Cases(_) | Shape::Multipart(_)) {
            return;
        }
        let document = self.document();
        let named = format!("{}/{}", document.components(), escape(name));
        // What another file calls a component stands where it was written.
        let pointer = match document.root.pointer(&named) {
            Some(_) => Some(named),
            None => document.pointer(def.origin).map(str::to_owned),
        };
        let ident = self.output.names.type_def(id).ident.plain().to_owned();
        if let Some(pointer) = pointer {
            self.add(ident, &Type::Named(id), &pointer, Vec::new(), true);
            let holds_null = matches!(def.shape, Shape::Alias(Type::Nullable(_) | Type::Any));
            if let Some(target) = self.targets.last_mut() {
                target.leaves_null = !holds_null;
            }
        }
    }

    fn add(&mut self, name: String, ty: &Type, pointer: &str, shown: Vec<Value>, is_component: bool) {
        let definition = self.schemas.definition(pointer);
        let Some(ty) = rust_type::path(ty, &self.output.names, &self.output.names.library()) else { return };
        let known = |target: &&mut Target| target.ty == ty && target.definition == definition;
        match self.targets.iter_mut().find(known) {
            Some(known) => known.shown.extend(shown),
            None => {
                let target = Target { name, ty, definition, shown, is_component, leaves_null: false };
                self.targets.push(target);
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let document = self.document();
        let Some((pointer, item)) = find(document, operation) else { return };
        for body in operation.bodies() {
            let Content::Json(ty) = &body.content else { continue };
            let name = format!("{} body", operation.id);
            match document.version {
                Version::V20 => self.body_parameter(name, ty, &pointer, item),
                Version::V30 | Version::V31 => {
                    let at = format!("{pointer}/requestBody");
                    self.content(&name, ty, &at, Some(&body.media_type));
                }
            }
        }
        for outcome in [&operation.success, &operation.failure] {
            match outcome {
                Outcome::None => {}
                Outcome::One { statuses, payload } => {
                    for status in statuses {
                        self.response(operation, &pointer, *status, payload, None);
                    }
                }
                Outcome::Several(id) => self.cases(operation, &pointer, &self.output.api, *id),
            }
        }
    }

    fn cases(&mut self, operation: &Operation, pointer: &str, api: &'f Api, id: TypeId) {
        let Shape::Cases(cases) = &api.type_def(id).shape else { return };
        for Case { status, media_type, payload, .. } in cases {
            if let Some(payload) = payload {
                self.response(operation, pointer, *status, payload, media_type.as_deref());
            }
        }
    }

    fn body_parameter(&mut self, name: String, ty: &Type, operation: &str, item: &Value) {
        let document = self.document();
        let (parent, _) = operation.rsplit_once('/').unwrap_or_default();
        let lists = [(operation, Some(item)), (parent, document.root.pointer(parent))];
        for (at, owner) in lists {
            let parameters = owner.and_then(|owner| owner["parameters"].as_array()).into_iter().flatten();
            for (index, parameter) in parameters.enumerate() {
                if document.resolved(parameter)["in"] == "body" {
                    let at = document.place(&format!("{at}/parameters/{index}"));
                    self.add(name, ty, &format!("{at}/schema"), Vec::new(), false);
                    return;
                }
            }
        }
    }

    fn response(
        &mut self,
        operation: &Operation,
        pointer: &str,
        status: Status,
        payload: &Payload,
        media: Option<&str>,
    ) {
        let Payload::Json(ty) = payload else { return };
        let document = self.document();
        let keys = match status {
            Status::Exact(code) => vec![code.to_string()],
            Status::Range(digit) => vec![format!("{digit}XX"), format!("{digit}xx")],
            Status::Default => vec!["default".to_owned()],
        };
        for key in keys {
            let at = format!("{pointer}/responses/{key}");
            let Some(response) = document.root.pointer(&at) else { continue };
            let name = format!("{} {key}", operation.id);
            match document.version {
                Version::V20 => {
                    let schema = format!("{}/schema", document.place(&at));
                    let examples = document.resolved(response)["examples"].as_object();
                    let shown = examples.into_iter().flat_map(|all| all.values().cloned()).collect();
                    if document.root.pointer(&schema).is_some() {
                        self.add(name, ty, &schema, shown, false);
                    }
                }
                Version::V30 | Version::V31 => self.content(&name, ty, &at, media),
            }
        }
    }

    /// What stands in a media type, or in each that is JSON.
    fn content(&mut self, name: &str, ty: &Type, owner: &str, media_type: Option<&str>) {
        let document = self.document();
        let owner = document.place(owner);
        let at = format!("{owner}/content");
        let content = document.root.pointer(&at).and_then(Value::as_object);
        for (key, media) in content.into_iter().flatten() {
            let is_meant = media_type.map_or_else(|| key.contains("json"), |wanted| wanted == key);
            let media_at = document.place(&format!("{at}/{}", escape(key)));
            let schema = format!("{media_at}/schema");
            if is_meant && document.root.pointer(&schema).is_some() {
                self.add(name.to_owned(), ty, &schema, examples(document, document.resolved(media)), false);
            }
        }
    }
}

/// What a media type shows.
fn examples(document: &Document, media: &Value) -> Vec<Value> {
    let several = media["examples"].as_object().into_iter().flatten();
    let several = several.filter_map(|(_, example)| document.resolved(example).get("value"));
    media.get("example").into_iter().chain(several).cloned().collect()
}

/// An operation in the document, by its path and method.
pub fn find<'d>(document: &'d Document, operation: &Operation) -> Option<(String, &'d Value)> {
    let method = operation.method.as_str();
    let paths = document.root["paths"].as_object()?;
    let is_same = |path: &str| path.trim_start_matches('/') == operation.path.trim_start_matches('/');
    let path = paths.keys().find(|path| is_same(path))?;
    let item = document.place(&format!("/paths/{}", escape(path)));
    let keys = [method.to_lowercase(), format!("additionalOperations/{method}")];
    keys.iter().find_map(|key| {
        let pointer = document.place(&format!("{item}/{key}"));
        document.root.pointer(&pointer).map(|found| (pointer, found))
    })
}
