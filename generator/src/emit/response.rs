//! Documents what a call returns, unless that is an enum with documented variants.
//!
//! Most success descriptions exist only because one is required: they say "success" or repeat the names of the method
//! and its type. Only those that say more are shown.

use std::{collections::HashSet, sync::LazyLock};

use super::{Context, docs, markdown, operation::status_tokens};
use crate::{
    ir::{Operation, Outcome, Payload, Shape, Status, Type, TypeId},
    lower::words::words_of,
};

/// Words that only say that something was returned.
const STOCK: &str = "a an the this that these it its of in on for from with to by as at and or when if whether is are \
    was were be been has have had will can you your they all each any one two which \
    ok okay success succeed successful successfully error default response respond request result operation action \
    method call api http status code server client return retrieve retrieval fetch get found find show give receive \
    send sent create creation add update change modify modification save delete deletion remove removal accept \
    complete completion execute perform process handle do done invoke invocation \
    content body header payload json object array list collection set page paged field key attribute property \
    entry item record resource entity model type schema data information info detail value contain include represent \
    define named standard associate respective no non empty new current currently single multiple given specify \
    provide specified match existing valid expect reset partial multi total about";

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
        markdown::append(&mut all, &docs::labelled(&format!("On `{}`", status_tokens(*status)), text));
        all
    })
}

fn begins_with_return(said: &str) -> bool {
    matches!(words_of(said).first().map(String::as_str), Some("return" | "returns" | "returned"))
}

/// Words known without a description of the response.
fn known_words(operation: &Operation, context: Context<'_>) -> HashSet<String> {
    static STOCK_STEMS: LazyLock<HashSet<String>> = LazyLock::new(|| stems(STOCK));
    let summary = operation.docs.summary.as_deref().unwrap_or_default();
    let mut words = stems(&[summary, &operation.id, &operation.path].join(" "));
    words.extend(STOCK_STEMS.iter().cloned());
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
    match outcome {
        Outcome::One { payload: Payload::Json(ty), .. } => named_in(ty),
        Outcome::One { .. } | Outcome::None | Outcome::Several(_) => Vec::new(),
    }
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

/// Word stems that equate `create` and `created`; numbers are ignored.
fn stems(text: &str) -> HashSet<String> {
    let words = words_of(text).into_iter().filter(|word| word.chars().any(char::is_alphabetic));
    words.map(|word| stem(&word).to_owned()).collect()
}

fn stem(word: &str) -> &str {
    let ends = ["ies", "ing", "ed", "es", "s", "e", "y"];
    let mut stem = word;
    while let Some(rest) = ends.iter().find_map(|end| stem.strip_suffix(end)).filter(|rest| rest.len() > 2) {
        stem = rest;
    }
    stem
}
