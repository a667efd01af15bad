//! English nouns in singular and plural: a few rules by ending, and tables of exceptions that occur in APIs.

use super::words::words_of;

/// Irregular plurals, and words that only look like plurals.
const IRREGULAR: &[(&str, &str)] = &[
    ("ads", "ad"),
    ("alias", "alias"),
    ("aliases", "alias"),
    ("analytics", "analytics"),
    ("apis", "api"),
    ("appendices", "appendix"),
    ("atlas", "atlas"),
    ("axes", "axis"),
    ("bias", "bias"),
    ("biases", "bias"),
    ("caches", "cache"),
    ("calories", "calorie"),
    ("canvas", "canvas"),
    ("canvases", "canvas"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("cpus", "cpu"),
    ("dbs", "db"),
    ("excuses", "excuse"),
    ("feet", "foot"),
    ("fuses", "fuse"),
    ("gases", "gas"),
    ("gpus", "gpu"),
    ("halves", "half"),
    ("headaches", "headache"),
    ("https", "https"),
    ("ids", "id"),
    ("indices", "index"),
    ("ips", "ip"),
    ("knives", "knife"),
    ("kubernetes", "kubernetes"),
    ("leaves", "leaf"),
    ("lens", "lens"),
    ("lenses", "lens"),
    ("loaves", "loaf"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("menus", "menu"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("news", "news"),
    ("niches", "niche"),
    ("pcs", "pc"),
    ("people", "person"),
    ("quizzes", "quiz"),
    ("salespeople", "salesperson"),
    ("series", "series"),
    ("shelves", "shelf"),
    ("shoes", "shoe"),
    ("skus", "sku"),
    ("species", "species"),
    ("teeth", "tooth"),
    ("ties", "tie"),
    ("tvs", "tv"),
    ("uses", "use"),
    ("vertices", "vertex"),
    ("vms", "vm"),
    ("women", "woman"),
];

/// Plural endings and their singular; the first match applies.
const RULES: &[(&str, &str)] = &[
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("ies", "y"),
    ("oes", "o"),
    ("sses", "ss"),
    ("shes", "sh"),
    ("ches", "ch"),
    ("xes", "x"),
    ("yses", "ysis"),
    ("ouses", "ouse"),
    ("auses", "ause"),
    ("uses", "us"),
    ("s", ""),
];

/// The singular of a noun if it is evident, otherwise the text itself. Of several words the last is changed.
pub(crate) fn singular(text: &str) -> String {
    let (before, word) = text.split_at(last_word(text));
    let lower = word.to_ascii_lowercase();
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == lower) {
        return format!("{before}{}", in_case_of(word, one));
    }
    let rule = RULES.iter().find(|(ending, _)| lower.ends_with(ending));
    match rule.and_then(|(ending, one)| Some((word.get(..word.len().checked_sub(ending.len())?)?, one))) {
        Some((stem, one)) if word.len() > 3 => format!("{before}{stem}{one}"),
        Some(_) | None => text.to_owned(),
    }
}

/// The maximum number of letters that a plural has more than its singular.
pub(super) const PLURAL: usize = 3;

/// Plurals that denote a single thing.
const MASSES: &[&str] =
    &["analytics", "details", "metrics", "news", "preferences", "settings", "statistics", "stats"];

/// Whether two lower-case words are the same noun, in singular or plural.
pub(super) fn same_noun(one: &str, other: &str) -> bool {
    let plural = |many: &str, single: &str| {
        let end = many.strip_prefix(single);
        let changed = single.strip_suffix('y').and_then(|stem| many.strip_prefix(stem));
        matches!(end, Some("" | "s" | "es")) || changed == Some("ies")
    };
    // Otherwise it may be irregular.
    let is_alike = one.chars().next() == other.chars().next() && one.len().abs_diff(other.len()) <= PLURAL;
    let irregular = |many: &str, single: &str| IRREGULAR.contains(&(many, single));
    !one.is_empty()
        && !other.is_empty()
        && (plural(one, other)
            || plural(other, one)
            || is_alike && (irregular(one, other) || irregular(other, one)))
}

/// Whether the last word of a name is evidently a plural.
pub(super) fn is_plural(name: &str) -> bool {
    let Some(word) = words_of(name).pop().filter(|word| !MASSES.contains(&word.as_str())) else {
        return false;
    };
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    let is_irregular = IRREGULAR.iter().any(|(many, one)| *many == word && one != many);
    is_irregular
        || ends(&["people", "children"])
        || word.len() > 2 && ends(&["s"]) && !ends(&["ss", "us", "is"])
}

/// The plural of a noun.
pub(crate) fn plural(noun: &str) -> String {
    let lower = noun.to_ascii_lowercase();
    let is_after_vowel = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    match noun.strip_suffix('y') {
        Some(stem) if !is_after_vowel(stem) => format!("{stem}ies"),
        _ if singular(noun) != noun => format!("{noun} list"),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|ending| lower.ends_with(ending)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// The start of the last word: after a non-letter, or at a capital after a lower-case letter.
fn last_word(text: &str) -> usize {
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_start =
            c.is_alphabetic() && (!before.is_alphabetic() || (before.is_lowercase() && c.is_uppercase()));
        if is_start {
            start = at;
        }
        before = c;
    }
    start
}

/// Capitalises the word like the other one.
fn in_case_of(other: &str, word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if other.starts_with(char::is_uppercase) => {
            format!("{}{}", first.to_ascii_uppercase(), letters.as_str())
        }
        Some(_) | None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &[(&str, &str)] = &[
        ("addresses", "address"),
        ("aliases", "alias"),
        ("analyses", "analysis"),
        ("analysis", "analysis"),
        ("apis", "api"),
        ("archives", "archive"),
        ("areas", "area"),
        ("batches", "batch"),
        ("bonuses", "bonus"),
        ("boxes", "box"),
        ("branches", "branch"),
        ("buses", "bus"),
        ("caches", "cache"),
        ("canvases", "canvas"),
        ("cases", "case"),
        ("categories", "category"),
        ("causes", "cause"),
        ("children", "child"),
        ("classes", "class"),
        ("clauses", "clause"),
        ("cookies", "cookie"),
        ("courses", "course"),
        ("data", "data"),
        ("databases", "database"),
        ("dishes", "dish"),
        ("dns", "dns"),
        ("entries", "entry"),
        ("expenses", "expense"),
        ("files", "file"),
        ("gpus", "gpu"),
        ("groups", "group"),
        ("hashes", "hash"),
        ("heroes", "hero"),
        ("houses", "house"),
        ("images", "image"),
        ("indexes", "index"),
        ("indices", "index"),
        ("ips", "ip"),
        ("keys", "key"),
        ("leaves", "leaf"),
        ("licenses", "license"),
        ("matches", "match"),
        ("matrices", "matrix"),
        ("media", "media"),
        ("men", "man"),
        ("menus", "menu"),
        ("metadata", "metadata"),
        ("movies", "movie"),
        ("news", "news"),
        ("objectives", "objective"),
        ("people", "person"),
        ("phases", "phase"),
        ("photos", "photo"),
        ("prizes", "prize"),
        ("processes", "process"),
        ("properties", "property"),
        ("purchases", "purchase"),
        ("queries", "query"),
        ("quizzes", "quiz"),
        ("releases", "release"),
        ("responses", "response"),
        ("rows", "row"),
        ("schemas", "schema"),
        ("searches", "search"),
        ("series", "series"),
        ("shelves", "shelf"),
        ("sizes", "size"),
        ("species", "species"),
        ("specimen", "specimen"),
        ("status", "status"),
        ("statuses", "status"),
        ("switches", "switch"),
        ("taxes", "tax"),
        ("tomatoes", "tomato"),
        ("uses", "use"),
        ("users", "user"),
        ("values", "value"),
        ("vertices", "vertex"),
        ("views", "view"),
        ("viruses", "virus"),
        ("warehouses", "warehouse"),
        ("windows", "window"),
        ("women", "woman"),
        ("workflows", "workflow"),
    ];

    #[test]
    fn words() {
        for (many, one) in WORDS {
            assert_eq!(singular(many), *one, "{many}");
        }
    }

    #[test]
    fn the_last_word_counts() {
        let texts =
            ["cacheSizes", "line_items", "tax_ids", "People", "BillingAddresses", "status", "größen", ""];
        let ones = ["cacheSize", "line_item", "tax_id", "Person", "BillingAddress", "status", "größen", ""];
        assert_eq!(texts.map(singular), ones);
    }

    #[test]
    fn plurals() {
        let nouns = ["integer", "Delivery", "key", "Address", "Box", "integer list", "Users", "bytes"];
        let plurals = [
            "integers",
            "Deliveries",
            "keys",
            "Addresses",
            "Boxes",
            "integer lists",
            "Users list",
            "bytes list",
        ];
        assert_eq!(nouns.map(plural), plurals);
    }

    #[test]
    fn nouns() {
        assert!(same_noun("entry", "entries") && same_noun("boxes", "box") && same_noun("pets", "pet"));
        assert!(same_noun("person", "people") && same_noun("indices", "index"));
        assert!(!same_noun("user", "use") && !same_noun("", "s") && !same_noun("bus", "business"));
        assert!(["pets", "people", "skus", "floatingIPs"].into_iter().all(is_plural));
        assert!(!["status", "address", "user-settings", ""].into_iter().any(is_plural));
    }
}
