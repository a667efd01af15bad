//! What a name says beyond a verb and its object: of `depots`, `depots_remove_yard` says `yard`, and `depots_delete`
//! says nothing.

use super::{
    noun::same_noun,
    particle,
    verb::without_verb,
    words::{is_version, words_of},
};

/// Whether a name says more than a verb, its object, and what selects it; `about` are the words of the object.
pub(crate) fn says_more(name: &str, about: &[String], selector: Option<&str>) -> bool {
    let is_said = |word: &String| {
        particle::is_empty(word) || is_version(word) || about.iter().any(|noun| same_noun(noun, word))
    };
    let words: Vec<String> = words_of(name).into_iter().filter(|word| !is_said(word)).collect();
    let words = without_verb(&words);
    !words.is_empty() && !selector.is_some_and(|selector| selects(words, selector))
}

/// Whether the words say that this selects: `by_id` of `/users/{id}`.
fn selects(words: &[String], selector: &str) -> bool {
    let known = words_of(selector);
    let known = |word: &String| word == "id" || known.contains(word);
    words.split_first().is_some_and(|(by, rest)| by == "by" && rest.iter().all(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn more(name: &str, selector: Option<&str>) -> bool {
        says_more(name, &["depots".to_owned()], selector)
    }

    #[test]
    fn nothing_but_verb_and_resource() {
        let names =
            ["delete", "deleteDepot", "depots_delete", "list_all_depots", "get_the_depot", "delete_v1"];
        assert!(!names.into_iter().any(|name| more(name, None)));
        let names = ["getDepotById", "depots_get_by_depot", "get_by_depot_id"];
        assert!(!names.into_iter().any(|name| more(name, Some("depot"))));
    }

    #[test]
    fn another_noun() {
        let names = ["delete_yard", "yard_delete", "listDepotsOfTown", "list_my", "getDepotByName"];
        assert!(names.into_iter().all(|name| more(name, Some("depot"))));
        assert!(more("getDepotById", None));
    }
}
