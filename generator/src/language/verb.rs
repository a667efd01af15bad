//! The verbs that documents use, and the method names they correspond to.

use super::{
    noun::{is_plural, same_noun},
    particle::is_qualifier,
    table::verbs::{CHANGES, ORDERS, OTHERS, SYNONYMS},
    words::{is_version, words_of},
};

/// Whether a text is a verb: `search`, `download`.
pub(crate) fn is_verb(segment: &str) -> bool {
    matches!(words_of(segment).as_slice(), [word] if OTHERS.contains(&word.as_str()))
}

/// Whether a text is the name of a call: `getWeather`, `send-mail`.
pub(crate) fn is_order(segment: &str) -> bool {
    matches!(words_of(segment).as_slice(), [verb, _, ..] if ORDERS.contains(&verb.as_str()))
}

/// Whether a word is a known verb.
pub(super) fn is_known(word: &str) -> bool {
    OTHERS.contains(&word) || SYNONYMS.iter().any(|(_, verbs)| verbs.contains(&word))
}

/// Whether a name is only a verb.
pub(crate) fn is_bare(name: &str) -> bool {
    matches!(words_of(name).as_slice(), [word] if is_known(word))
}

/// Removes a verb from either end of the words.
pub(super) fn without_verb(words: &[String]) -> &[String] {
    match words {
        [first, rest @ ..] if is_known(first) => rest,
        [rest @ .., last] if is_known(last) => rest,
        _ => words,
    }
}

/// Whether a name starts or ends with a known verb.
pub(super) fn has_verb(name: &str) -> bool {
    let words = words_of(name);
    [words.first(), words.last()].into_iter().flatten().any(|word| is_known(word))
}

/// The verb for an id where this one is expected; `None` if the id says something else. `about` are the words of what
/// it is about; the id of what only reads may be a noun.
///
/// The id's own word takes precedence: a replacement that it calls an update is one, and replaces only if the id says
/// so or says nothing.
pub(crate) fn meant(id: &str, verb: &'static str, about: &[String]) -> Option<&'static str> {
    let words = words_of(id);
    let reads = matches!(verb, "get" | "list" | "query");
    let said = said(&words, about).or_else(|| unknown(&words, about).filter(|_| !reads));
    let Some(said) = said else { return Some(verb) };
    let same = SYNONYMS.iter().any(|(ours, verbs)| *ours == verb && verbs.contains(&said)).then_some(verb);
    same.or_else(|| (verb == "replace" && CHANGES.contains(&said)).then_some("update"))
}

/// The known verb of an id, before or after its object.
fn said<'w>(words: &'w [String], about: &[String]) -> Option<&'w str> {
    let start = words.iter().take_while(|word| !is_known(word) && is_about(word, about)).count();
    let end = words.len() - words.iter().rev().take_while(|word| is_version(word)).count();
    let words = words.get(start..end).unwrap_or_default();
    let known = |word: &&String| is_known(word);
    words.first().filter(known).or_else(|| words.last().filter(known)).map(String::as_str)
}

/// The first word of an id if it is probably an unknown verb: `mint` of `mintToken`.
fn unknown<'w>(words: &'w [String], about: &[String]) -> Option<&'w str> {
    let (first, rest) = words.split_first()?;
    let is_noun = is_about(first, about) || is_plural(first) || is_version(first) || is_qualifier(first);
    let is_followed = rest.first().is_some_and(|word| !is_known(word));
    (!is_noun && is_followed).then_some(first)
}

/// Whether a word is one of these, or the start of one written as a compound.
fn is_about(word: &str, about: &[String]) -> bool {
    about.iter().any(|noun| same_noun(noun, word) || noun.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::{is_bare, meant};

    #[test]
    fn verbs_alone() {
        assert!(is_bare("delete") && !is_bare("delete_all") && !is_bare("depots"));
    }

    #[test]
    fn ids_that_say_something_else() {
        let agrees = |id, verb| meant(id, verb, &[]) == Some(verb);
        assert!(agrees("getPets", "list") && agrees("pets", "list") && agrees("putPet", "replace"));
        assert!(
            !agrees("searchPets", "list") && !agrees("petsSearch", "create") && !agrees("listPets", "get")
        );
        // Something cancelled or emptied still exists.
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
