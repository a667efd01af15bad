//! Nouns: irregular plurals, plurals that denote a single thing, and endings.

/// Irregular plurals, and words that only look like plurals.
pub(in crate::language) const IRREGULAR: &[(&str, &str)] = &[
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
pub(in crate::language) const RULES: &[(&str, &str)] = &[
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

/// Plurals that denote a single thing.
pub(in crate::language) const MASSES: &[&str] =
    &["analytics", "details", "metrics", "news", "preferences", "settings", "statistics", "stats"];

/// Irregular plurals that also end compounds: `salespeople`.
pub(in crate::language) const COMPOUNDED: &[&str] = &["children", "people"];

/// The endings of words that end with an `s` and are no plurals.
pub(in crate::language) const SINGULAR_ENDS: &[&str] = &["is", "ss", "us"];

/// The endings of words whose plural ends with `es`.
pub(in crate::language) const HISSING_ENDS: &[&str] = &["ch", "s", "sh", "x", "z"];
