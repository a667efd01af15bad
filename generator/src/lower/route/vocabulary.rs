//! The verbs that documents use, and which of ours they mean.

use crate::lower::words::words_of;

/// The verbs that documents use for ours.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("list", &["all", "browse", "fetch", "find", "get", "index", "list", "read", "retrieve", "show"]),
    ("get", &["describe", "fetch", "find", "get", "lookup", "read", "retrieve", "show", "view"]),
    ("create", &["add", "create", "insert", "make", "new", "open", "post", "register", "save", "store"]),
    ("replace", &["change", "edit", "modify", "put", "replace", "save", "set", "store", "update", "upsert"]),
    ("update", &["change", "edit", "modify", "patch", "save", "set", "update"]),
    ("delete", &["delete", "destroy", "drop", "remove"]),
    ("query", &["query", "search"]),
];

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

/// Whether an `operationId` does not say something else than this verb.
pub(super) fn agrees(id: &str, verb: &str) -> bool {
    let words = words_of(id);
    let known = |word: &&String| is_known(word);
    let said = words.first().filter(known).or_else(|| words.last().filter(known));
    let same =
        |word: &String| SYNONYMS.iter().any(|(ours, verbs)| *ours == verb && verbs.contains(&word.as_str()));
    said.is_none_or(same)
}

#[cfg(test)]
mod tests {
    use super::agrees;

    #[test]
    fn ids_that_say_something_else() {
        assert!(agrees("getPets", "list") && agrees("pets", "list") && agrees("updatePet", "replace"));
        assert!(
            !agrees("searchPets", "list") && !agrees("petsSearch", "create") && !agrees("listPets", "get")
        );
        // What is cancelled or emptied is still there.
        assert!(!agrees("cancelOrder", "delete") && !agrees("basketEmpty", "delete"));
    }
}
