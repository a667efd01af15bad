//! Words that mean something only beside others.

/// Words that bind to their neighbours: a name that starts or ends with one is incomplete.
pub(in crate::language) const JOINTS: &[&str] = &[
    "a", "against", "an", "and", "as", "at", "between", "by", "for", "from", "in", "into", "non", "not",
    "of", "on", "or", "per", "sub", "the", "to", "under", "using", "via", "with", "within", "without",
];

/// Articles.
pub(in crate::language) const ARTICLES: &[&str] = &["a", "an", "the"];

/// Words that may stand between a verb and its noun, and suffice without the noun.
pub(in crate::language) const QUALIFIERS: &[&str] = &[
    "active",
    "all",
    "and",
    "available",
    "batch",
    "bulk",
    "current",
    "latest",
    "many",
    "multiple",
    "my",
    "new",
    "next",
    "one",
    "or",
    "own",
    "private",
    "public",
    "random",
    "recent",
    "single",
    "specific",
    "trending",
];

/// Words that carry no meaning in the name of a call.
pub(in crate::language) const NOTHING: &[&str] = &["a", "all", "an", "one", "the"];
