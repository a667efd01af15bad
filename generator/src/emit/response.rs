//! Documents what a call returns, unless that is an enum with documented variants.
//!
//! Most success descriptions exist only because one is required: they say "success" or repeat the names of the method
//! and its type. Only those that say more are shown.

use std::collections::HashSet;

use super::{context::Context, docs, status};
use crate::{
    ir::{Operation, Outcome, Shape, Status, Type, TypeId},
    language::{
        stem::{begins_with_return, stems, stock},
        words::words_of,
    },
    markdown,
};

/// The description of success; empty if the method and its type already say it.
pub(super) fn about(operation: &Operation, said: &str, context: Context<'_>) -> String {
    if matches!(operation.success, Outcome::Several(_)) {
        return String::new();
    }
    let known = known_words(operation, context);
    let mut texts: Vec<(Status, String)> = operation
        .described
        .iter()
        .map(|one| (one.status, docs::compact(&one.docs)))
        .filter(|(_, text)| !stems(text).is_subset(&known))
        .collect();
    if !texts.is_empty() {
        let known = known_texts(operation, said, context);
        texts.retain(|(_, text)| !known.iter().any(|known| known.contains(&plain(text))));
    }
    match texts.as_slice() {
        [] => String::new(),
        [(_, text)] if operation.described.len() == 1 && begins_with_return(text) => text.clone(),
        [(_, text)] if operation.described.len() == 1 => docs::labelled("On success", text),
        _ => by_status(&texts),
    }
}

fn by_status(texts: &[(Status, String)]) -> String {
    texts.iter().fold(String::new(), |mut all, (status, text)| {
        markdown::append(&mut all, &docs::labelled(&format!("On `{}`", status::key(*status)), text));
        all
    })
}

/// Words known without a description of the response.
fn known_words(operation: &Operation, context: Context<'_>) -> HashSet<String> {
    let summary = operation.docs.summary.as_deref().unwrap_or_default();
    let mut words = stems(&[summary, &operation.id, &operation.path].join(" "));
    words.extend(stock().iter().cloned());
    for id in named(&operation.success) {
        words.extend(stems(context.names.type_def(id).ident.plain()));
        if let Shape::Record(record) = &context.api.type_def(id).shape {
            words.extend(record.fields.iter().flat_map(|field| stems(&field.wire)));
        }
    }
    words
}

/// Texts shown elsewhere: for the method and its types.
fn known_texts(operation: &Operation, said: &str, context: Context<'_>) -> Vec<String> {
    let types = named(&operation.success).into_iter();
    let types = types.map(|id| plain(&docs::compact(&context.api.type_def(id).docs)));
    [plain(said)].into_iter().chain(types).collect()
}

/// The declared types of a response.
fn named(outcome: &Outcome) -> Vec<TypeId> {
    outcome.json().map(named_in).unwrap_or_default()
}

/// The declared types that a type is or contains.
fn named_in(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Named(id) => vec![*id],
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named_in(inner),
        Type::Tuple(items, _) => items.iter().flat_map(named_in).collect(),
        Type::Primitive(_) | Type::Scalar(_) | Type::Any | Type::File => Vec::new(),
    }
}

/// The words of a text, for comparison.
fn plain(text: &str) -> String {
    words_of(text).into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
