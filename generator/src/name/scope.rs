//! A scope: the only place an identifier can come from.

use std::collections::HashSet;

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

/// Names that must differ from each other.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which nothing is taken.
    pub fn new() -> Self {
        Self::default()
    }

    /// A scope in which these are taken by fixed code.
    pub fn with_reserved<'r>(reserved: impl IntoIterator<Item = &'r str>) -> Self {
        Self { taken: reserved.into_iter().map(str::to_owned).collect() }
    }

    /// A value's name: `user_id`.
    pub fn snake(&mut self, text: &str) -> Ident {
        self.claim(words::snake(text))
    }

    /// A type's or variant's name: `UserId`.
    pub fn camel(&mut self, text: &str) -> Ident {
        self.claim(words::camel(text))
    }

    /// A type's name from the first of these texts that is free, else the last with a number.
    pub fn camel_first(&mut self, texts: &[String]) -> Ident {
        let free = texts.iter().map(|text| words::camel(text)).find(|name| !self.taken.contains(name));
        let name = free.or_else(|| texts.last().map(|text| words::camel(text))).unwrap_or_default();
        self.claim(name)
    }

    /// Whether this very name is taken.
    pub fn contains(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    fn claim(&mut self, name: String) -> Ident {
        let name = match keyword::reserved(&name) {
            keyword::Reserved::Never => format!("{name}_"),
            keyword::Reserved::No | keyword::Reserved::Raw => name,
        };
        let name = self.unique(name);
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
        let numbered = (2u32..).map(|number| format!("{stem}{separator}{number}"));
        for candidate in numbered {
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_unique_and_legal() {
        let mut scope = Scope::with_reserved(["timeout"]);
        let claimed = ["self", "type", "userId", "user_id", "timeout", "Self", ""];
        let names: Vec<_> =
            claimed.iter().map(|text| scope.snake(text).to_token_stream().to_string()).collect();
        assert_eq!(names, ["self_", "r#type", "user_id", "user_id_2", "timeout_2", "self_2", "empty"]);
    }
}
