//! `cratewright explain`

use super::{
    Status,
    arguments::{Explain, Output},
    output, project,
};
use crate::{
    diagnostic::{Code, printable},
    emit::signature,
    ir::{Origin, Shape, TypeDef, Usage},
    pipeline::{self, Run},
    source::{FileId, Pointer},
};

/// Explains a code or a place in a document.
pub(super) fn run(command: &Explain, how: &Output) -> Status {
    let subject = command.subject.trim();
    if let Some(code) = Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(subject)) {
        output::print(&format!(
            "{} ({:?}): {}\n\n{}\n",
            code.id(),
            code.severity(),
            code.title(),
            code.explanation()
        ));
        return Status::Done;
    }
    match Pointer::parse(subject) {
        Some(pointer) if subject.starts_with(['/', '#']) => place(&pointer, command, how),
        _ => {
            output::say(&format!(
                "`{subject}` is neither a code, such as CW0101, nor a JSON pointer, such as /components/schemas/User\n"
            ));
            Status::Failed
        }
    }
}

fn place(pointer: &Pointer, command: &Explain, how: &Output) -> Status {
    for request in project::requests(&command.project) {
        let run = pipeline::run(&request);
        let Some(spec) = run.spec else {
            output::diagnostics(&run, how);
            return Status::Failed;
        };
        if let Some(text) = describe(&run, spec, pointer) {
            output::print(&text);
            return Status::Done;
        }
    }
    output::say(&format!("no document has a place `{pointer}`\n"));
    Status::Failed
}

/// Describes a place and what was generated from it.
fn describe(run: &Run, spec: FileId, pointer: &Pointer) -> Option<String> {
    let node = run.files.find(spec, pointer)?;
    let location = run.files.locate(node)?;
    let path = run.files.get(spec).map(|file| file.path.clone()).unwrap_or_default();
    let pointer = pointer.to_string();
    let mut text = format!(
        "{}\n  at {}:{}:{}\n",
        printable::line(&pointer),
        printable::line(&path),
        location.line,
        location.column
    );
    for line in made_of(run, node) {
        text.push_str(&format!("  {}\n", printable::line(&line)));
    }
    Some(text)
}

/// The types, fields and calls generated from a place.
fn made_of(run: &Run, node: Origin) -> Vec<String> {
    let Some(generated) = &run.output else {
        return vec!["not generated: the document has errors".to_owned()];
    };
    let (api, names) = (&generated.api, &generated.names);
    let mut lines = Vec::new();
    for id in api.type_ids() {
        let (def, known) = (api.type_def(id), names.type_def(id));
        let is_webhook = api.webhooks.as_ref().is_some_and(|webhooks| webhooks.ty == id);
        if def.origin == node && !is_webhook {
            let shape = match def.same_as {
                Some(declared) => {
                    let declared = names.type_def(declared).ident.plain();
                    format!("another name for models::{declared}, which is the same today")
                }
                None => shape(def),
            };
            lines.push(format!("type models::{}: {shape}", known.ident.plain()));
        }
        if let Shape::Record(record) = &def.shape {
            let fields = record.fields.iter().zip(&known.parts).filter(|(field, _)| field.origin == node);
            lines.extend(fields.map(|(field, ident)| {
                let owner = known.ident.plain();
                format!("field {} of models::{owner}: {:?}", ident.plain(), field.presence)
            }));
        }
    }
    if let Some(webhooks) = &api.webhooks {
        let variants = webhooks.events.iter().zip(&names.type_def(webhooks.ty).parts);
        let made = variants.filter(|(event, _)| event.origin == node);
        lines.extend(made.map(|(_, ident)| format!("event webhooks::Webhook::{}", ident.plain())));
    }
    let calls = signature::all(api, names, &run.config).into_iter().filter(|call| call.origin == node);
    lines.extend(calls.map(|call| format!("call {} -> {}", call.call, call.returns)));
    if lines.is_empty() {
        lines.push("no type or call of its own".to_owned());
    }
    lines
}

fn shape(def: &TypeDef) -> String {
    let kind = match &def.shape {
        Shape::Record(record) => format!("a struct of {} fields", record.fields.len()),
        Shape::Enumeration(enumeration) => format!("an enum of {} constants", enumeration.members.len()),
        Shape::Union(union) => {
            format!("an enum of {} shapes, told apart by {:?}", union.variants.len(), union.dispatch)
        }
        Shape::Alias(_) => "another name for a type".to_owned(),
        Shape::Cases(cases) => format!("an enum of {} responses", cases.len()),
        Shape::Multipart(form) => format!("a form of {} parts", form.parts.len()),
    };
    match &def.usage {
        Usage::Component(name) => format!("{kind}, from the component `{name}`"),
        Usage::Inline { roles, .. } => format!("{kind}, named after its use {roles:?}"),
    }
}
