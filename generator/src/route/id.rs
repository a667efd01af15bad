//! What the `operationId`s of a document say.
//!
//! ```yaml
//! operationId: shop.orders.list             # orders, list: the first word of all ids is left out
//! operationId: Orders_ListByCustomer        # Orders, ListByCustomer, where nearly all ids are of this form
//! operationId: get/v1/orders/{id}           # nothing beyond method and path
//! operationId: read_order_orders__id__get   # read_order, followed by method and path, perhaps with tag and number
//! ```

use super::{
    convention::{MOST_LEVELS, nearly_all},
    template::{self, Segment, segments},
};
use crate::{
    ir::{Api, Operation, OperationId},
    language::{
        id::{of_class, separated, spelt_first, spelt_last},
        noun::same_name,
        words::{is_version, joined, split, words_of},
    },
};

/// The maximum number of words after the path for the method in an id.
const FEW: usize = 3;

/// What an `operationId` says beyond method and path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Id {
    /// Nothing, or there is none.
    Missing,
    /// A method name.
    Plain(String),
    /// The resources from the root, and a method name.
    Parts(Vec<String>, String),
}

/// Interprets the ids of operations in relation to each other.
pub(super) fn ids(api: &Api) -> Vec<(OperationId, Id)> {
    let own: Vec<(&Operation, Option<String>)> =
        api.operations.iter().map(|operation| (operation, own(operation))).collect();
    let repeats = |(operation, own): &&(&Operation, Option<String>)| {
        own.as_deref().is_none_or(|own| repeats_path(own, operation))
    };
    let is_group = |(_, own): &&(&Operation, Option<String>)| own.as_deref().and_then(group).is_some();
    let paths = nearly_all(own.iter().filter(repeats).count(), own.len());
    let groups = nearly_all(own.iter().filter(is_group).count(), own.len());
    let read = |(operation, own): (&Operation, Option<String>)| match own {
        None => Id::Missing,
        Some(own) if paths && repeats_path(&own, operation) => Id::Missing,
        Some(own) => parts(&own, groups, operation.method.as_str()),
    };
    let mut ids: Vec<Id> = own.into_iter().map(read).collect();
    let urls = api.server_urls.iter().map(String::as_str);
    leave_out_api(&mut ids, &[api.info.title.as_str()].into_iter().chain(urls).collect::<Vec<_>>());
    for id in &mut ids {
        if let Id::Parts(resources, _) = id {
            resources.truncate(MOST_LEVELS);
        }
    }
    ids.into_iter().enumerate().map(|(index, id)| (OperationId::from_index(index), id)).collect()
}

/// The `operationId` without method and path; `None` if nothing is left.
fn own(operation: &Operation) -> Option<String> {
    let method = operation.method.as_str();
    let id = without_using(operation.declared_id.as_deref()?, method);
    let words = split(id);
    let is_method = |word: &&str| word.eq_ignore_ascii_case(method);
    if id.starts_with('/') || id.contains('/') && words.first().is_some_and(is_method) {
        let words = words.get(usize::from(words.first().is_some_and(is_method))..)?;
        if let Some(end) = spelt_first(words, &joined(&operation.path)) {
            let rest = words.get(end..)?.join("_");
            return (!rest.is_empty()).then_some(rest);
        }
    }
    let tags: Vec<String> = operation.tags.iter().map(|tag| joined(tag)).collect();
    let methods = words.iter().enumerate().rev().filter(|(_, word)| is_method(word)).take(FEW);
    let mut ends = methods.filter(|(at, _)| words.get(at + 1..).is_some_and(|tail| is_added(tail, &tags)));
    let start = ends.find_map(|(at, _)| {
        let before = words.get(..at)?;
        let path = |path: &str| spelt_last(before, &joined(path)).filter(|start| *start > 0);
        path(&operation.path).or_else(|| path(template::cut(&operation.path)))
    });
    Some(start.map_or_else(
        || id.to_owned(),
        |start| words.iter().take(start).copied().collect::<Vec<_>>().join("_"),
    ))
}

/// Whether words are a suffix that tools add to make an id unique: a tag, a number, or both.
fn is_added(words: &[&str], tags: &[String]) -> bool {
    let is_number = |word: &&str| word.chars().all(|c| c.is_ascii_digit());
    let rest = words.split_last().filter(|(last, _)| is_number(last)).map_or(words, |(_, rest)| rest);
    rest.is_empty() || tags.contains(&rest.concat().to_lowercase())
}

/// Reduces `listUsersUsingGET_1`, as some frameworks write it, to `listUsers`.
fn without_using<'a>(id: &'a str, method: &str) -> &'a str {
    let plain = id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
    let plain = plain.strip_suffix(method).and_then(|rest| rest.strip_suffix("Using"));
    plain.filter(|plain| !plain.is_empty()).unwrap_or(id)
}

/// Whether an id is just method and path without punctuation: `getUsersId`, `users_id_get`.
fn repeats_path(id: &str, operation: &Operation) -> bool {
    let words = words_of(id);
    let method = operation.method.as_str().to_lowercase();
    let rest = match (words.split_first(), words.split_last()) {
        (Some((first, rest)), _) if *first == method => rest.concat(),
        (_, Some((last, rest))) if *last == method => rest.concat(),
        _ => return false,
    };
    let segments = segments(&operation.path);
    let path = |parameter: fn(&str) -> String| -> String {
        let text = |segment: &Segment<'_>| match segment {
            Segment::Static(name) => joined(name),
            Segment::Parameter(name) => parameter(name),
        };
        segments.iter().map(text).collect()
    };
    let paths = [joined(&operation.path), path(joined), path(|_| "id".to_owned())];
    paths.contains(&rest)
}

/// Splits `users.list` and `repos/list-for-org`: the part before the last separator is the resource.
fn parts(id: &str, groups: bool, method: &str) -> Id {
    if let Some((resource, action)) = group(id).filter(|_| groups) {
        let plain = resource.strip_suffix("Controller").filter(|plain| !plain.is_empty());
        return Id::Parts(vec![plain.unwrap_or(resource).to_owned()], action.to_owned());
    }
    let says = |part: &&str| !is_version(part) && !part.eq_ignore_ascii_case("api");
    let names = |part: &&str| !words_of(part).is_empty() && says(part);
    let mut parts: Vec<String> = separated(id).into_iter().filter(names).map(str::to_owned).collect();
    let is_method = parts.first().is_some_and(|part| part.eq_ignore_ascii_case(method));
    let action = parts.pop();
    parts.dedup_by(|one, other| same_name(&words_of(one), &words_of(other)));
    match action {
        Some(action) if !parts.is_empty() && !is_method => Id::Parts(parts, action),
        Some(action) if !is_method => Id::Plain(action),
        Some(_) | None => Id::Plain(id.to_owned()),
    }
}

/// Splits `Orders_List`, unless the first part is an HTTP method.
fn group(id: &str) -> Option<(&str, &str)> {
    let methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"];
    let is_method = |part: &str| methods.iter().any(|method| part.eq_ignore_ascii_case(method));
    of_class(id).filter(|(resource, _)| !is_method(resource))
}

/// Removes the first part if all ids have it and it is not a resource: it is the name of the API, or the parent of
/// several resources.
fn leave_out_api(ids: &mut [Id], about: &[&str]) {
    let parts: Vec<&Vec<String>> = ids.iter().filter_map(resources).collect();
    let Some(first) = parts.first().and_then(|parts| parts.first()).cloned() else { return };
    let shared = parts.iter().all(|parts| parts.first() == Some(&first));
    let below: Vec<&String> = parts.iter().filter_map(|parts| parts.get(1)).collect();
    let several = below.iter().any(|part| Some(part) != below.first());
    let name = joined(&first);
    let called = about.iter().any(|text| joined(text).contains(&name));
    if !shared || !nearly_all(below.len(), parts.len()) || !(several || called) {
        return;
    }
    for id in ids {
        if let Id::Parts(parts, _) = id {
            parts.remove(0);
        }
    }
}

fn resources(id: &Id) -> Option<&Vec<String>> {
    match id {
        Id::Parts(resources, _) => Some(resources),
        Id::Missing | Id::Plain(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators() {
        let one = |id| parts(id, false, "GET");
        assert_eq!(one("users.keys.list"), Id::Parts(vec!["users".into(), "keys".into()], "list".into()));
        assert_eq!(one("v1.users.list"), Id::Parts(vec!["users".into()], "list".into()));
        assert_eq!(one("resource_1.0_artist"), Id::Plain("resource_1.0_artist".into()));
        assert_eq!(one("get.users"), Id::Plain("get.users".into()));
        assert_eq!(one("/ping"), Id::Plain("ping".into()));
    }

    #[test]
    fn what_frameworks_add() {
        assert_eq!(without_using("listUsersUsingGET_1", "GET"), "listUsers");
        assert_eq!(without_using("createUsingKeys", "POST"), "createUsingKeys");
        assert_eq!(without_using("list_2", "GET"), "list_2");
    }

    #[test]
    fn what_tools_add() {
        let tags = ["flowerpots".to_owned()];
        let added: [&[&str]; 4] = [&[], &["2"], &["Flower", "Pots"], &["FlowerPots", "2"]];
        assert!(added.into_iter().all(|words| is_added(words, &tags)));
        assert!(!is_added(&["seeds"], &tags) && !is_added(&["2", "FlowerPots"], &tags));
    }

    #[test]
    fn groups() {
        assert_eq!(group("Orders_ListByShop"), Some(("Orders", "ListByShop")));
        let others = ["list_orders", "Orders_List_All", "GET_Orders", "Orders", "Orders_"];
        assert!(others.into_iter().all(|id| group(id).is_none()));
        let parted = parts("OrdersController_findAll", true, "GET");
        assert_eq!(parted, Id::Parts(vec!["Orders".into()], "findAll".into()));
    }

    #[test]
    fn the_name_of_the_api() {
        let ids = |texts: &[&str], about: &str| {
            let mut ids: Vec<Id> = texts.iter().map(|text| parts(text, false, "GET")).collect();
            leave_out_api(&mut ids, &[about]);
            ids.iter().filter_map(resources).map(|parts| parts.join(".")).collect::<Vec<_>>()
        };
        assert_eq!(ids(&["shop.orders.list", "shop.carts.get"], ""), ["orders", "carts"]);
        assert_eq!(ids(&["shop.orders.list", "shop.orders.get"], "Shop API"), ["orders", "orders"]);
        assert_eq!(ids(&["users.keys.list", "users.keys.get"], "Shop"), ["users.keys", "users.keys"]);
        assert_eq!(ids(&["users.list", "users.get"], "Users"), ["users", "users"]);
    }
}
