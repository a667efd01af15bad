use std::collections::HashSet;

use super::{
    brands::{NAMES, PHRASES},
    nouns::{COMPOUNDED, HISSING_ENDS, IRREGULAR, MASSES, RULES, SINGULAR_ENDS},
    particles::{ARTICLES, JOINTS, NOTHING, QUALIFIERS},
    stock::{INFLECTED_ENDS, RETURNS, STOCK},
    verbs::{CHANGES, ORDERS, OTHERS, SYNONYMS},
};
use crate::language::noun::same_noun;

/// Every list of single words.
fn lists() -> Vec<(&'static str, &'static [&'static str])> {
    let named = [
        ("ARTICLES", ARTICLES),
        ("CHANGES", CHANGES),
        ("COMPOUNDED", COMPOUNDED),
        ("HISSING_ENDS", HISSING_ENDS),
        ("JOINTS", JOINTS),
        ("MASSES", MASSES),
        ("NOTHING", NOTHING),
        ("ORDERS", ORDERS),
        ("OTHERS", OTHERS),
        ("QUALIFIERS", QUALIFIERS),
        ("RETURNS", RETURNS),
        ("SINGULAR_ENDS", SINGULAR_ENDS),
        ("STOCK", STOCK),
    ];
    named.into_iter().chain(SYNONYMS.iter().copied()).collect()
}

fn is_ordered<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    words.collect::<Vec<_>>().windows(2).all(|pair| pair[0] < pair[1])
}

#[test]
fn lists_are_small_letters_in_order() {
    for (name, words) in lists() {
        assert!(is_ordered(words.iter().copied()), "{name}: in order, and each word once");
        let letters = words.iter().flat_map(|word| word.chars());
        assert!(letters.into_iter().all(|c| c.is_ascii_lowercase()), "{name}");
    }
    assert!(is_ordered(IRREGULAR.iter().map(|(many, _)| *many)));
}

#[test]
fn names_are_mixed_case_in_order() {
    for names in [NAMES, PHRASES] {
        assert!(is_ordered(names.iter().map(|(name, _)| *name)));
        for (name, camel) in names {
            assert!(name.eq_ignore_ascii_case(camel), "{name}");
            assert!(camel.starts_with(|c: char| c.is_ascii_uppercase()), "{camel}");
            assert!(name.chars().skip(1).any(|c| c.is_ascii_uppercase()), "{name}");
        }
    }
}

#[test]
fn every_ending_can_apply() {
    let plurals: Vec<&str> = RULES.iter().map(|(ending, _)| *ending).collect();
    for ends in [plurals.as_slice(), INFLECTED_ENDS] {
        for (at, ending) in ends.iter().enumerate() {
            let hidden = ends.iter().take(at).any(|earlier| ending.ends_with(earlier));
            assert!(!hidden, "{ending}");
        }
    }
}

#[test]
fn irregular_plurals_follow_no_rule() {
    for (many, one) in IRREGULAR {
        let rule = RULES.iter().find(|(ending, _)| many.ends_with(ending));
        let regular = rule
            .filter(|_| many.len() > 3)
            .and_then(|(ending, one)| many.strip_suffix(ending).map(|stem| format!("{stem}{one}")));
        assert_ne!(regular.as_deref().unwrap_or(many), *one, "{many}");
    }
}

#[test]
fn irregular_plurals_are_known_both_ways() {
    for (many, one) in IRREGULAR {
        assert!(same_noun(many, one) && same_noun(one, many), "{many}");
    }
    let is_irregular = |word: &&str| IRREGULAR.iter().any(|(many, _)| many == word);
    assert!(COMPOUNDED.iter().all(is_irregular));
}

#[test]
fn articles_bind_and_mean_nothing() {
    assert!(ARTICLES.iter().all(|word| JOINTS.contains(word) && NOTHING.contains(word)));
}

#[test]
fn a_verb_that_changes_is_an_update() {
    let updates: HashSet<&str> = SYNONYMS
        .iter()
        .filter(|(ours, _)| *ours == "update")
        .flat_map(|(_, verbs)| *verbs)
        .copied()
        .collect();
    assert!(CHANGES.iter().all(|verb| updates.contains(verb)));
}
