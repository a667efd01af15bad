//! Shortens methods that repeat their resource: `users().list_users()` becomes `users().list()`.

use super::{
    noun::{PLURAL, same_name},
    particle::{is_article, is_joint, is_qualifier, may_start},
    verb::is_known,
    words::{split, words_of},
};

/// The words of a method without those of its resources; `None` if it does not repeat them, or if the rest would mean
/// something else or too little: `by_id`, `add_to`, `delete_document` of `delete_document_template`. The verbs that are
/// `bound` keep their noun.
pub(crate) fn without(action: &str, resources: &[String], bound: &[&str]) -> Option<String> {
    let words = split(action);
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let owner: Vec<Vec<String>> = resources.iter().map(|resource| words_of(resource)).collect();
    (0..owner.len()).find_map(|skipped| {
        let said = owner.get(skipped..)?.concat();
        let (start, end) = find(&lower, &said)?;
        let (before, after) = (lower.get(..start)?, lower.get(end..)?);
        let before = without_article(before);
        let is_verb = lower.get(start).is_some_and(|word| is_known(word));
        let prefix = before.is_empty() && (!is_verb || after.iter().any(|word| is_known(word)));
        (is_whole(before, after, bound) && (prefix || is_object(before))).then(|| {
            let kept = words.iter().take(before.len()).chain(words.iter().skip(end));
            kept.copied().collect::<Vec<_>>().join("_")
        })
    })
}

/// `delete` of `delete a user`.
fn without_article(before: &[String]) -> &[String] {
    match before.split_last() {
        Some((last, rest)) if is_article(last) => rest,
        Some(_) | None => before,
    }
}

/// Whether the words that follow are the object of this verb, without another candidate in between.
fn is_object(before: &[String]) -> bool {
    let qualifies = |word: &String| is_qualifier(word) || is_known(word);
    before.split_first().is_some_and(|(_, between)| between.iter().all(qualifies))
}

/// The first and shortest range of a method's words that names a thing. Compares only ranges with as many words or
/// about as many letters, so that long names stay cheap.
fn find(words: &[String], said: &[String]) -> Option<(usize, usize)> {
    let known: usize = said.iter().map(String::len).sum();
    let longest = known + PLURAL * said.len().max(1);
    (0..words.len()).find_map(|start| {
        let mut letters = 0;
        let mut within = words.iter().enumerate().skip(start).map_while(|(at, word)| {
            letters += word.len();
            (letters <= longest).then_some((at + 1, letters))
        });
        let is_said = |(end, letters): &(usize, usize)| {
            let alike = end - start == said.len() || letters.abs_diff(known) <= PLURAL;
            alike && words.get(start..*end).is_some_and(|range| same_name(range, said))
        };
        within.find(is_said).map(|(end, _)| (start, end))
    })
}

/// Whether the remaining words form a name of their own.
fn is_whole(before: &[String], after: &[String], bound: &[&str]) -> bool {
    let torn = match (before.last(), after.first()) {
        (None, None) => true,
        (None, Some(first)) => !may_start(first),
        (Some(last), None) => is_joint(last) || before.len() == 1 && bound.contains(&last.as_str()),
        (Some(last), Some(first)) => is_joint(last) || matches!(first.as_str(), "or" | "and"),
    };
    !torn
}

#[cfg(test)]
mod tests {
    use super::without;

    fn left(action: &str, resources: &[&str]) -> Option<String> {
        let resources: Vec<String> = resources.iter().map(|word| (*word).to_owned()).collect();
        without(action, &resources, &["move"]).map(|name| name.to_lowercase())
    }

    #[test]
    fn drops_the_words_of_the_resource() {
        let cases = [
            ("listUsers", "users", "list"),
            ("get_user_by_name", "users", "get_by_name"),
            ("createDeployment", "Deployment", "create"),
            ("list_deployment_statuses", "deployments", "list_statuses"),
            ("createOrUpdateUser", "user", "create_or_update"),
            ("listReadingRooms", "reading-rooms", "list"),
            ("usersList", "users", "list"),
            ("users_details", "users", "details"),
            ("user_list", "users", "list"),
            ("delete_a_user", "users", "delete"),
            ("listVMsOfUsers", "VMs", "list_of_users"),
        ];
        for (action, resource, expected) in cases {
            assert_eq!(left(action, &[resource]).as_deref(), Some(expected), "{action}");
        }
        assert_eq!(left("listOrgMembers", &["orgs", "members"]).as_deref(), Some("list"));
    }

    #[test]
    fn looks_at_long_names_once() {
        let long = "put the user ".repeat(300);
        assert_eq!(left(&long, &["depots"]), None);
        assert_eq!(left(&long, &["user the put ".repeat(301).as_str()]), None);
    }

    #[test]
    fn keeps_what_would_be_torn() {
        let cases = [
            ("users", "users"),
            ("usersById", "users"),
            ("addPetToUser", "users"),
            ("copyToUserWithKey", "users"),
            ("createUserOrGroup", "users"),
            ("moveFile", "files"),
            ("users2", "users"),
            ("listPets", "users"),
            ("tagResource", "tags"),
            ("deleteDocumentTemplates", "templates"),
            ("destroyCustomerWallet", "wallets"),
        ];
        for (action, resource) in cases {
            assert_eq!(left(action, &[resource]), None, "{action}");
        }
    }
}
