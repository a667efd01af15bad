//! Scopes, which make all identifiers.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use super::{keyword, words};

/// A Rust identifier, valid and unique in the scope that made it.
///
/// It has no `Display`: text of generated code comes from tokens, never from format strings.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident {
    text: String,
}

impl Ident {
    /// The identifier as file names and documentation write it, without `r#`.
    pub fn plain(&self) -> &str {
        self.text.strip_prefix("r#").unwrap_or(&self.text)
    }

    /// Whether `stringify!` of the identifier gives this text.
    pub fn is_exactly(&self, text: &str) -> bool {
        self.text == text
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = match self.text.strip_prefix("r#") {
            Some(word) => proc_macro2::Ident::new_raw(word, Span::call_site()),
            None => proc_macro2::Ident::new(&self.text, Span::call_site()),
        };
        tokens.append(ident);
    }
}

/// A text to be named in a scope. Of two texts with the same name, the one with the better [`fit`] gets it; the other
/// gets its second choice, or a number. So a text that equals its name keeps it, whatever is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The text of the document.
    pub text: String,
    /// The text to be named instead if the name is taken.
    pub otherwise: Option<String>,
}

/// Names that must differ from each other.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
    /// The number to try next for each name: thousands of texts may have the same one.
    numbers: HashMap<String, u32>,
}

impl Scope {
    /// Creates a scope without names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a scope in which fixed code has these names.
    pub fn with_reserved<'r>(reserved: impl IntoIterator<Item = &'r str>) -> Self {
        Self { taken: reserved.into_iter().map(str::to_owned).collect(), numbers: HashMap::new() }
    }

    /// Claims the name of a value: `user_id`.
    pub fn snake(&mut self, text: &str) -> Ident {
        self.claim(words::snake(text))
    }

    /// Claims the name of a type or variant: `UserId`.
    pub fn camel(&mut self, text: &str) -> Ident {
        self.claim(words::camel(text))
    }

    /// Claims names of values, one for each text; see [`Wanted`].
    pub(super) fn snakes(&mut self, wanted: &[Wanted]) -> Vec<Ident> {
        self.by_fit(wanted, words::snake)
    }

    /// Claims names of types or variants, one for each text; see [`Wanted`].
    pub(super) fn camels(&mut self, wanted: &[Wanted]) -> Vec<Ident> {
        self.by_fit(wanted, words::camel)
    }

    /// Claims names of constants, one for each text; see [`Wanted`].
    pub(super) fn screamings(&mut self, wanted: &[Wanted]) -> Vec<Ident> {
        self.by_fit(wanted, |text| words::snake(text).to_uppercase())
    }

    /// Claims the first free name of these, or else the last with a number. They are spelt as [`words`] spells them.
    pub(super) fn first_free(&mut self, names: &[String]) -> Ident {
        let free = names.iter().find(|name| !self.taken.contains(*name));
        self.claim(free.or(names.last()).cloned().unwrap_or_default())
    }

    /// Gives every name to the text that fits it best. The other texts come last, so that their numbered names do not
    /// take the name of a text that ends in a number.
    fn by_fit(&mut self, wanted: &[Wanted], spell: fn(&str) -> String) -> Vec<Ident> {
        let mut order: Vec<usize> = (0..wanted.len()).collect();
        order.sort_by_key(|index| (fit(&wanted[*index].text, spell), &wanted[*index].text));
        let mut found: Vec<(usize, Ident)> = Vec::with_capacity(wanted.len());
        let mut rest = Vec::new();
        for index in order {
            let name = legal(spell(&wanted[index].text));
            match self.taken.contains(&name) {
                false => found.push((index, self.claim(name))),
                true => rest.push(index),
            }
        }
        for index in rest {
            let Wanted { text, otherwise } = &wanted[index];
            found.push((index, self.claim(spell(otherwise.as_ref().unwrap_or(text)))));
        }
        found.sort_by_key(|(index, _)| *index);
        found.into_iter().map(|(_, ident)| ident).collect()
    }

    /// Whether exactly this name is taken.
    pub fn contains(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    fn claim(&mut self, name: String) -> Ident {
        let name = self.unique(legal(name));
        let text = match keyword::reserved(&name) {
            keyword::Reserved::Raw => format!("r#{name}"),
            keyword::Reserved::No | keyword::Reserved::Never => name,
        };
        Ident { text }
    }

    /// The name itself, or with the first number from 2 that makes it free.
    fn unique(&mut self, name: String) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        let separator = if name.ends_with('_') || name.chars().any(char::is_uppercase) { "" } else { "_" };
        let upper = name.chars().any(char::is_uppercase);
        let stem = if upper { name.trim_end_matches('_') } else { &name };
        let mut number = self.numbers.get(&name).copied().unwrap_or(2);
        loop {
            let candidate = format!("{stem}{separator}{number}");
            number += 1;
            if self.taken.insert(candidate.clone()) {
                self.numbers.insert(name, number);
                return candidate;
            }
        }
    }
}

/// How much a text differs from its name: 0 if it equals the name (`id`, `Asc`), 1 if it is the name in snake case
/// (`asc`), 2 otherwise (`_id`, `URL`, `ASC`).
fn fit(text: &str, spell: fn(&str) -> String) -> u8 {
    if spell(text) == text {
        0
    } else if words::snake(text) == text {
        1
    } else {
        2
    }
}

/// The name, with `_` added to a keyword without a raw form.
fn legal(name: String) -> String {
    match keyword::reserved(&name) {
        keyword::Reserved::Never => format!("{name}_"),
        keyword::Reserved::No | keyword::Reserved::Raw => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(texts: &[&str]) -> Vec<Wanted> {
        texts.iter().map(|text| Wanted { text: (*text).to_owned(), otherwise: None }).collect()
    }

    fn plain(idents: &[Ident]) -> Vec<&str> {
        idents.iter().map(Ident::plain).collect()
    }

    #[test]
    fn the_best_fit_has_the_name() {
        let names = Scope::new().snakes(&wanted(&["_id", "id", "URL", "url", "id-2", "type"]));
        assert_eq!(plain(&names), ["id_3", "id", "url_2", "url", "id_2", "type"]);
        let names = Scope::new().camels(&wanted(&["ASC", "asc", "Desc", "desc", "self"]));
        assert_eq!(plain(&names), ["Asc2", "Asc", "Desc", "Desc2", "Self_"]);
    }

    #[test]
    fn a_newcomer_takes_no_name_that_is_a_text() {
        let texts = ["id", "user_id", "url"];
        for newcomer in ["_id", "userId", "URL", "$id", "Url"] {
            for at in 0..=texts.len() {
                let mut with = texts.to_vec();
                with.insert(at, newcomer);
                let names = Scope::new().snakes(&wanted(&with));
                let mut names = plain(&names);
                names.remove(at);
                assert_eq!(names, texts, "{newcomer} at {at}");
            }
        }
    }

    #[test]
    fn what_is_taken_by_fixed_code_gets_its_second_choice() {
        let mut scope = Scope::with_reserved(["extra"]);
        let names = scope.snakes(&[
            Wanted { text: "extra".to_owned(), otherwise: Some("extra property".to_owned()) },
            Wanted { text: "extraProperty".to_owned(), otherwise: None },
        ]);
        assert_eq!(plain(&names), ["extra_property_2", "extra_property"]);
    }

    #[test]
    fn claims_are_unique_and_legal() {
        let mut scope = Scope::with_reserved(["timeout"]);
        let claimed = ["self", "type", "userId", "user_id", "timeout", "Self", ""];
        let names: Vec<_> =
            claimed.iter().map(|text| scope.snake(text).to_token_stream().to_string()).collect();
        assert_eq!(names, ["self_", "r#type", "user_id", "user_id_2", "timeout_2", "self_2", "empty"]);
    }
}
