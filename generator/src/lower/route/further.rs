//! What an `operationId` says beyond a verb and its resource.
//!
//! ```yaml
//! DELETE /depots/{depot}, operationId: depots_remove_yard            # of depots: a yard
//! DELETE /depots/{depot}/doors/{door}, operationId: depots_delete    # of depots: nothing
//! ```
//! Therefore `depots().delete()` is the second.

use super::{
    template::{Segment, statics},
    vocabulary,
};
use crate::lower::{
    noun::same_noun,
    words::{is_version, words_of},
};

/// Words that carry no meaning in an operation name.
const NOTHING: &[&str] = &["a", "all", "an", "one", "the"];

/// Whether a name says more than a verb, its object, and that the last path parameter selects it.
pub(super) fn says_more(name: &str, resources: &[String], segments: &[Segment<'_>]) -> bool {
    let last = statics(segments).pop().unwrap_or_default();
    let own: Vec<String> = resources.iter().map(String::as_str).chain([last]).flat_map(words_of).collect();
    let is_said = |word: &String| {
        NOTHING.contains(&word.as_str()) || is_version(word) || own.iter().any(|noun| same_noun(noun, word))
    };
    let words: Vec<String> = words_of(name).into_iter().filter(|word| !is_said(word)).collect();
    let words = without_verb(&words);
    !words.is_empty() && !names_parameter(words, segments)
}

/// Whether a name is only a verb.
pub(super) fn is_bare(name: &str) -> bool {
    matches!(words_of(name).as_slice(), [word] if vocabulary::is_known(word))
}

/// Removes a verb from either end of the words.
fn without_verb(words: &[String]) -> &[String] {
    match words {
        [first, rest @ ..] if vocabulary::is_known(first) => rest,
        [rest @ .., last] if vocabulary::is_known(last) => rest,
        _ => words,
    }
}

/// Whether the words name the last parameter: `by_id` of `/users/{id}`.
fn names_parameter(words: &[String], segments: &[Segment<'_>]) -> bool {
    let Some(Segment::Parameter(parameter)) = segments.last() else { return false };
    let known = words_of(parameter);
    let known = |word: &String| word == "id" || known.contains(word);
    words.split_first().is_some_and(|(by, rest)| by == "by" && rest.iter().all(known))
}

#[cfg(test)]
mod tests {
    use super::{super::template::segments, *};

    fn more(name: &str, path: &str) -> bool {
        says_more(name, &["depots".to_owned()], &segments(path))
    }

    #[test]
    fn nothing_but_verb_and_resource() {
        let names =
            ["delete", "deleteDepot", "depots_delete", "list_all_depots", "get_the_depot", "delete_v1"];
        assert!(!names.into_iter().any(|name| more(name, "/depots")));
        let names = ["getDepotById", "depots_get_by_depot", "get_by_depot_id"];
        assert!(!names.into_iter().any(|name| more(name, "/depots/{depot}")));
        assert!(is_bare("delete") && !is_bare("delete_all") && !is_bare("depots"));
    }

    #[test]
    fn another_noun() {
        let names = ["delete_yard", "yard_delete", "listDepotsOfTown", "list_my", "getDepotByName"];
        assert!(names.into_iter().all(|name| more(name, "/depots/{depot}")));
        assert!(more("getDepotById", "/depots"));
    }
}
