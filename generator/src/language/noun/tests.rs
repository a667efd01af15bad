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
    let texts = ["cacheSizes", "line_items", "tax_ids", "People", "BillingAddresses", "status", "größen", ""];
    let ones = ["cacheSize", "line_item", "tax_id", "Person", "BillingAddress", "status", "größen", ""];
    assert_eq!(texts.map(singular), ones);
}

#[test]
fn plurals() {
    let nouns = ["integer", "Delivery", "key", "Address", "Box", "integer list", "Users", "bytes"];
    let plurals =
        ["integers", "Deliveries", "keys", "Addresses", "Boxes", "integer lists", "Users list", "bytes list"];
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

#[test]
fn names() {
    assert!(same_name(&["reading", "rooms"], &["readingroom"]));
    assert!(same_name(&["keys", "of", "users"], &["key", "of", "user"]) && !same_name(&["key"], &["user"]));
}
