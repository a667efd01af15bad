//! The verbs that documents use, and which of ours they mean.

use super::stutter::is_qualifier;
use crate::lower::{
    noun::{is_plural, same_noun},
    words::{is_version, words_of},
};

/// The verbs that documents use for ours.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("list", &["all", "browse", "fetch", "find", "get", "index", "list", "read", "retrieve", "show"]),
    ("get", &["describe", "fetch", "find", "get", "lookup", "read", "retrieve", "show", "view"]),
    ("create", &["add", "create", "insert", "make", "new", "open", "post", "register", "save", "store"]),
    ("replace", &["put", "replace"]),
    ("update", &["change", "edit", "modify", "patch", "save", "set", "update"]),
    ("delete", &["delete", "destroy", "drop", "remove"]),
    ("query", &["query", "search"]),
];

/// What a `PUT` is called in documents that do not tell it from a `PATCH`.
const CHANGES: &[&str] = &["change", "edit", "modify", "update"];

/// Other things that operations do; an operation that says so is not called by one of our verbs.
const OTHERS: &[&str] = &[
    "abort",
    "activate",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "batch",
    "bulk",
    "calculate",
    "cancel",
    "check",
    "clear",
    "clone",
    "close",
    "complete",
    "compute",
    "confirm",
    "copy",
    "count",
    "deactivate",
    "detach",
    "disable",
    "download",
    "empty",
    "enable",
    "ensure",
    "estimate",
    "evaluate",
    "execute",
    "export",
    "filter",
    "flush",
    "generate",
    "import",
    "invite",
    "invoke",
    "lock",
    "login",
    "logout",
    "match",
    "merge",
    "move",
    "parse",
    "ping",
    "preview",
    "process",
    "publish",
    "purge",
    "refresh",
    "reject",
    "render",
    "replay",
    "reset",
    "restart",
    "restore",
    "resume",
    "revoke",
    "rotate",
    "run",
    "search",
    "send",
    "start",
    "stop",
    "submit",
    "subscribe",
    "suggest",
    "sync",
    "tag",
    "terminate",
    "test",
    "transfer",
    "translate",
    "trigger",
    "unlock",
    "untag",
    "upload",
    "validate",
    "verify",
];

/// Whether a segment of a path is a verb: `search`, `download`.
pub(super) fn is_verb(segment: &str) -> bool {
    matches!(words_of(segment).as_slice(), [word] if OTHERS.contains(&word.as_str()))
}

/// Verbs that no noun starts with.
const ORDERS: &[&str] = &[
    "add",
    "calculate",
    "create",
    "delete",
    "fetch",
    "find",
    "generate",
    "get",
    "list",
    "remove",
    "send",
    "update",
    "validate",
    "verify",
];

/// Whether a segment of a path is the name of a call: `getWeather`, `send-mail`.
pub(super) fn is_order(segment: &str) -> bool {
    matches!(words_of(segment).as_slice(), [verb, _, ..] if ORDERS.contains(&verb.as_str()))
}

/// Whether a word is one of the verbs that documents use.
pub(super) fn is_known(word: &str) -> bool {
    OTHERS.contains(&word) || SYNONYMS.iter().any(|(_, verbs)| verbs.contains(&word))
}

/// Whether a name starts or ends with one of the verbs that documents use.
pub(super) fn has_verb(name: &str) -> bool {
    let words = words_of(name);
    [words.first(), words.last()].into_iter().flatten().any(|word| is_known(word))
}

/// What an `operationId` means where its path stands for this verb; `None` where it says something else. `about` are
/// the words of the path and of the resource; that of a reading operation may well be a noun.
///
/// The document's own word counts: a `PUT` that it calls an update is one, and replaces only where it says so or says
/// nothing.
pub(super) fn meant(id: &str, verb: &'static str, about: &[String]) -> Option<&'static str> {
    let words = words_of(id);
    let reads = matches!(verb, "get" | "list" | "query");
    let said = said(&words, about).or_else(|| unknown(&words, about).filter(|_| !reads));
    let Some(said) = said else { return Some(verb) };
    let same = SYNONYMS.iter().any(|(ours, verbs)| *ours == verb && verbs.contains(&said)).then_some(verb);
    same.or_else(|| (verb == "replace" && CHANGES.contains(&said)).then_some("update"))
}

/// The verb among the words of an id: one that we know, before or behind what it is about.
fn said<'w>(words: &'w [String], about: &[String]) -> Option<&'w str> {
    let start = words.iter().take_while(|word| !is_known(word) && is_about(word, about)).count();
    let end = words.len() - words.iter().rev().take_while(|word| is_version(word)).count();
    let words = words.get(start..end).unwrap_or_default();
    let known = |word: &&String| is_known(word);
    words.first().filter(known).or_else(|| words.last().filter(known)).map(String::as_str)
}

/// The word that an id starts with, where it is most likely a verb that we do not know: `mint` of `mintToken`.
fn unknown<'w>(words: &'w [String], about: &[String]) -> Option<&'w str> {
    let (first, rest) = words.split_first()?;
    let is_noun = is_about(first, about) || is_plural(first) || is_version(first) || is_qualifier(first);
    let is_followed = rest.first().is_some_and(|word| !is_known(word));
    (!is_noun && is_followed).then_some(first)
}

/// Whether a word, or the start of one that others write together, is one of these.
fn is_about(word: &str, about: &[String]) -> bool {
    about.iter().any(|noun| same_noun(noun, word) || noun.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn ids_that_say_something_else() {
        let agrees = |id, verb| meant(id, verb, &[]) == Some(verb);
        assert!(agrees("getPets", "list") && agrees("pets", "list") && agrees("putPet", "replace"));
        assert!(
            !agrees("searchPets", "list") && !agrees("petsSearch", "create") && !agrees("listPets", "get")
        );
        // What is cancelled or emptied is still there.
        assert!(!agrees("cancelOrder", "delete") && !agrees("basketEmpty", "delete"));
    }

    #[test]
    fn a_put_is_what_its_id_says() {
        let about = ["shop".to_owned(), "pets".to_owned()];
        let meant = |id| meant(id, "replace", &about);
        assert!(
            ["updatePet", "petEdit", "shop_update_pet", "pet_update_v1"].map(meant) == [Some("update"); 4]
        );
        assert!(
            ["replacePet", "putPet", "pet", "zoo_put_pet", "createpet"].map(meant) == [Some("replace"); 5]
        );
        assert!(["mintPet", "groom_a_pet", "lend_to_friend"].map(meant) == [None; 3]);
        assert!(["upsertPet", "setPet", "shop_save_pet"].map(meant) == [None; 3]);
    }
}
