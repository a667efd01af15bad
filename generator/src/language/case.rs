//! Writes the words of a text as one name: `user_id`, `UserId`, `user-id`.

use heck::ToKebabCase;

use super::{
    brand,
    spell::{spell, transliterate},
    words::{split, words_of},
};

/// `user_id` from `userId`.
pub(crate) fn snake(text: &str) -> String {
    words_of(&spell(text)).join("_")
}

/// `UserId` from `user_id`.
pub(crate) fn camel(text: &str) -> String {
    split(&spell(text)).into_iter().map(hump).collect()
}

/// `muller-shop` from `Müller Shop`. The plural of an abbreviation is two words here: `APIs` gives `ap-is`.
pub(crate) fn kebab(text: &str) -> String {
    let text = brands(&transliterate(text));
    text.replace(|c: char| !c.is_ascii_alphanumeric(), " ").to_kebab_case()
}

/// A text with the [names](brand) in it written like other words: `Oauth`.
fn brands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    for brand in brand::find(text) {
        out.push_str(text.get(start..brand.at.start).unwrap_or_default());
        out.push_str(&capitalised(brand.camel));
        start = brand.at.end;
    }
    out.push_str(text.get(start..).unwrap_or_default());
    out
}

/// A word of a type's name. A name within it has its own spelling.
fn hump(word: &str) -> String {
    let Some(brand) = brand::find(word).into_iter().next() else { return capitalised(word) };
    let (before, after) = (word.get(..brand.at.start), word.get(brand.at.end..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    format!("{}{}{}", capitalised(before), brand.camel, after.to_ascii_lowercase())
}

/// `LineItems` from `lineItems`.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// `Oauth` from `OAuth`.
fn capitalised(word: &str) -> String {
    capital(&word.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
